#include "services/ingest/readers/http_message.h"

#include <algorithm>
#include <charconv>

#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/gzip.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kFormat = "message/http";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

std::string ToLower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

// Takes a line off `rest`, its line end dropped; nothing when no line ends.
std::optional<std::string_view> TakeLine(std::string_view& rest) {
  const size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Chunked transfer coding (RFC 9112, section 7.1). Many crawlers undo it and leave the header.
absl::StatusOr<std::string> Dechunk(std::string_view body, size_t base) {
  std::string result;
  std::string_view rest = body;
  for (;;) {
    const Place place{kFormat, base + body.size() - rest.size()};
    const std::optional<std::string_view> line = TakeLine(rest);
    size_t size = 0;
    const std::string_view digits = Trim(line.value_or("").substr(0, line.value_or("").find(';')));
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) {
      if (result.empty() && place.offset == base) return std::string(body);
      return Malformed(place, "not the length of a chunk");
    }
    if (size == 0) return result;
    if (size > rest.size()) return Truncated(place, "the body ends within a chunk");
    result.append(rest.substr(0, size));
    rest.remove_prefix(size);
    static_cast<void>(TakeLine(rest));
  }
}

}  // namespace

bool AddHeader(std::string_view line, Headers& headers, std::string& last) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    const auto found = headers.find(last);
    if (found == headers.end()) return false;
    found->second.append(" ").append(Trim(line));
    return true;
  }
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  last = ToLower(Trim(line.substr(0, colon)));
  headers.emplace(last, Trim(line.substr(colon + 1)));
  return true;
}

std::string_view HeaderOr(const Headers& headers, std::string_view name) {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<uint64_t> ParseLength(std::string_view digits) {
  uint64_t length = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return length;
}

std::string MediaTypeOf(std::string_view content_type) {
  return ToLower(Trim(content_type.substr(0, content_type.find(';'))));
}

std::string CharsetOf(std::string_view content_type) {
  const std::string lower = ToLower(content_type);
  const size_t at = lower.find("charset=");
  if (at == std::string::npos) return "";
  std::string_view value = Trim(std::string_view(lower).substr(at + 8));
  value = value.substr(0, value.find(';'));
  while (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"' ")));
}

absl::StatusOr<HttpAnswer> ParseHttpAnswer(std::string_view bytes, const Limits& limits) {
  HttpAnswer answer;
  std::string_view rest = bytes;
  const std::optional<std::string_view> status = TakeLine(rest);
  if (!status.has_value() || !status->starts_with("HTTP/")) {
    return Malformed({kFormat, 0}, "an HTTP status line should stand here");
  }
  const std::string_view code = status->substr(std::min(status->find(' ') + 1, status->size()));
  std::from_chars(code.data(), code.data() + code.size(), answer.code);
  std::string last;
  for (;;) {
    const size_t at = bytes.size() - rest.size();
    const std::optional<std::string_view> line = TakeLine(rest);
    if (!line.has_value()) return Truncated({kFormat, at}, "the answer ends within its headers");
    if (line->empty()) break;
    if (!AddHeader(*line, answer.headers, last)) return Malformed({kFormat, at}, "not a header");
  }
  const size_t base = bytes.size() - rest.size();
  answer.body = rest;
  if (ToLower(HeaderOr(answer.headers, "transfer-encoding")).find("chunked") != std::string::npos) {
    absl::StatusOr<std::string> body = Dechunk(rest, base);
    if (!body.ok()) return body.status();
    answer.body = *std::move(body);
  }
  const std::string encoding = ToLower(HeaderOr(answer.headers, "content-encoding"));
  if ((encoding == "gzip" || encoding == "x-gzip") && !IsGzip(answer.body)) return answer;
  if (encoding == "gzip" || encoding == "x-gzip" || encoding == "deflate") {
    absl::StatusOr<std::string> body = Inflate(answer.body, limits);
    if (!body.ok()) return MovedBy(body.status(), base);
    answer.body = *std::move(body);
  } else if (!encoding.empty() && encoding != "identity") {
    return Malformed({kFormat, base}, "content encoding " + encoding + " is not known");
  }
  return answer;
}

}  // namespace consilience::ingest
