#include "services/ingest/readers/json_lines_reader.h"

#include <fmt/format.h>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"
#include "services/ingest/readers/json.h"
#include "services/ingest/readers/json_record.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n";

// The first thing that is not white space.
std::string_view SkipSpace(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  const size_t begin = bytes.find_first_not_of(kSpace);
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

// A key follows the brace, or the object is empty.
bool OpensObject(std::string_view bytes) {
  if (!bytes.starts_with('{')) return false;
  const std::string_view inside = SkipSpace(bytes.substr(1));
  return inside.empty() || inside.front() == '"' || inside.front() == '}';
}

// "batch.jsonl", also within what it was packed with: "batch.jsonl.gz".
bool HasLinesName(std::string_view label) {
  for (const std::string_view packing : {".gz", ".bz2", ".xz", ".zst"}) {
    if (label.ends_with(packing)) label.remove_suffix(packing.size());
  }
  return label.ends_with(".jsonl") || label.ends_with(".ndjson");
}

}  // namespace

Match JsonLinesReader::Recognise(const Head& head) const {
  const std::string_view bytes = SkipSpace(head.bytes);
  if (!OpensObject(bytes)) return HasLinesName(head.label) ? Match::kLikely : Match::kNo;
  const size_t end = bytes.find('\n');
  // The first object ends with its line, or its line does not end within the head.
  const std::string_view line = bytes.substr(0, end);
  const size_t last = line.find_last_not_of(kSpace);
  const bool ends_with_line = end == std::string_view::npos || line[last] == '}';
  if (HasLinesName(head.label)) return Match::kCertain;
  return ends_with_line ? Match::kLikely : Match::kNo;
}

bool JsonLinesReader::Read(Input& input, const Request& request, const ReadOptions& options,
                           const ItemCallback& callback) const {
  for (uint64_t number = 1;; ++number) {
    const auto line = input.ReadLine(options.limits.line_bytes);
    if (!line.ok()) return Deliver(line.status(), request.label, format(), callback);
    if (!line->has_value()) return true;
    const std::string label = fmt::format("{}:{}", request.label, number);
    const uint64_t offset = (*line)->offset;
    if ((*line)->too_long) {
      const auto error = LineTooLong({format(), offset}, options.limits.line_bytes);
      if (!Deliver(error, label, format(), callback)) return false;
      continue;
    }
    std::string_view bytes = (*line)->bytes;
    const size_t mark =
        number == 1 && bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    bytes.remove_prefix(mark);
    if (SkipSpace(bytes).empty()) continue;
    Request item = request;
    item.label = label;
    const absl::StatusOr<JsonValue> value = ParseJson(bytes, format(), options.limits);
    const bool go_on =
        value.ok() ? ReadRecord({bytes, *value, format(), offset + mark}, item, options, callback)
                   : Deliver(MovedBy(value.status(), offset + mark), label, format(), callback);
    if (!go_on) return false;
  }
}

Match JsonReader::Recognise(const Head& head) const {
  const std::string_view bytes = SkipSpace(head.bytes);
  if (bytes.starts_with('[')) {
    const std::string_view inside = SkipSpace(bytes.substr(1));
    return OpensObject(inside) || inside.starts_with(']') ? Match::kLikely : Match::kNo;
  }
  return OpensObject(bytes) ? Match::kLikely : Match::kNo;
}

bool JsonReader::Read(Input& input, const Request& request, const ReadOptions& options,
                      const ItemCallback& callback) const {
  const auto whole = input.PeekWhole(format(), options.limits.document_bytes);
  if (!whole.ok()) return Deliver(whole.status(), request.label, format(), callback);
  std::string_view bytes = *whole;
  const size_t mark = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  bytes.remove_prefix(mark);
  const absl::StatusOr<JsonValue> value = ParseJson(bytes, format(), options.limits);
  if (!value.ok()) {
    return Deliver(MovedBy(value.status(), mark), request.label, format(), callback);
  }
  if (!value->is(JsonValue::Type::kArray)) {
    return ReadRecord({bytes, *value, format(), mark}, request, options, callback);
  }
  for (size_t i = 0; i < value->items.size(); ++i) {
    Request item = request;
    item.label = fmt::format("{}#{}", request.label, i + 1);
    if (!ReadRecord({bytes, value->items[i], format(), mark}, item, options, callback)) {
      return false;
    }
  }
  return true;
}

}  // namespace consilience::ingest
