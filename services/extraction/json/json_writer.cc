#include "services/extraction/json/json_writer.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <iterator>

namespace consilience::extraction {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
// Integers up to here are exact in a double.
constexpr double kExactIntegers = 9007199254740992.0;

// Length of the well-formed UTF-8 sequence at the front of `text`, 0 if there is none.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  size_t length = 0;
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) length = 2;
  if (lead >= 0xE0 && lead < 0xF0) length = 3;
  if (lead >= 0xF0 && lead < 0xF5) length = 4;
  if (length == 0 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
      (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) {
    return 0;
  }
  return length;
}

// By byte: ASCII that stands for itself in a JSON string.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();
constexpr bool IsPlain(char c) { return kPlain[static_cast<unsigned char>(c)]; }

}  // namespace

void JsonWriter::Separate() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

JsonWriter& JsonWriter::Open(char bracket) {
  Separate();
  out_.push_back(bracket);
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::Close(char bracket) {
  out_.push_back(bracket);
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::String(std::string_view value) {
  Separate();
  if (value.empty()) {  // as nearly half of all are
    out_ += "\"\"";
  } else {
    Escape(value);
  }
  return *this;
}

JsonWriter& JsonWriter::Number(double value) {
  Separate();
  if (!std::isfinite(value)) {
    out_ += "null";
  } else if (std::abs(value) < kExactIntegers && value == std::floor(value)) {
    const fmt::format_int digits(static_cast<int64_t>(value));
    out_.append(digits.data(), digits.size());
  } else {
    fmt::format_to(std::back_inserter(out_), "{}", value);
  }
  return *this;
}

JsonWriter& JsonWriter::Number(uint32_t value) {
  Separate();
  const fmt::format_int digits(value);
  out_.append(digits.data(), digits.size());
  return *this;
}

JsonWriter& JsonWriter::Number(int32_t value) {
  Separate();
  const fmt::format_int digits(value);
  out_.append(digits.data(), digits.size());
  return *this;
}

JsonWriter& JsonWriter::Bool(bool value) {
  Separate();
  out_ += value ? "true" : "false";
  return *this;
}

void JsonWriter::Escape(std::string_view value) {
  out_.push_back('"');
  for (size_t i = 0; i < value.size();) {
    size_t plain = i;
    while (plain < value.size() && IsPlain(value[plain])) ++plain;
    out_.append(value.substr(i, plain - i));
    i = plain;
    if (i == value.size()) break;
    const char c = value[i];
    if (c == '"' || c == '\\') {
      out_.push_back('\\');
      out_.push_back(c);
      ++i;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<int>(c));
      ++i;
    } else if (const size_t length = SequenceLength(value.substr(i)); length > 0) {
      out_.append(value.substr(i, length));
      i += length;
    } else {
      out_ += kReplacement;
      ++i;
    }
  }
  out_.push_back('"');
}

}  // namespace consilience::extraction
