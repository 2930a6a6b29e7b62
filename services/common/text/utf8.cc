#include "services/common/text/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace consilience::common {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080ULL;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool EightAsciiBytesAt(std::string_view text, size_t at) {
  if (at + sizeof(uint64_t) > text.size()) return false;
  uint64_t word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return (word & kHighBits) == 0;
}

// Bytes of the well-formed sequence that begins at `at`, or 0.
size_t SequenceLength(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto in = [](unsigned value, unsigned low, unsigned high) {
    return low <= value && value <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80U) return 1;
  if (in(lead, 0xC2U, 0xDFU)) return in(byte(1), 0x80U, 0xBFU) ? 2 : 0;
  if (in(lead, 0xE0U, 0xEFU)) {
    const unsigned low = lead == 0xE0U ? 0xA0U : 0x80U;   // no overlong forms
    const unsigned high = lead == 0xEDU ? 0x9FU : 0xBFU;  // no surrogates
    return in(byte(1), low, high) && in(byte(2), 0x80U, 0xBFU) ? 3 : 0;
  }
  if (in(lead, 0xF0U, 0xF4U)) {
    const unsigned low = lead == 0xF0U ? 0x90U : 0x80U;   // no overlong forms
    const unsigned high = lead == 0xF4U ? 0x8FU : 0xBFU;  // nothing above U+10FFFF
    return in(byte(1), low, high) && in(byte(2), 0x80U, 0xBFU) && in(byte(3), 0x80U, 0xBFU) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<size_t> FindInvalidUtf8(std::string_view bytes) {
  size_t at = 0;
  while (at < bytes.size()) {
    if (EightAsciiBytesAt(bytes, at)) {
      at += sizeof(uint64_t);
      continue;
    }
    const size_t length = SequenceLength(bytes, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

std::string_view PrefixOnBoundary(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  while (end > 0 && IsContinuation(text[end])) --end;
  return text.substr(0, end);
}

bool IsCodePointBoundary(std::string_view text, size_t offset) {
  return offset == text.size() || (offset < text.size() && !IsContinuation(text[offset]));
}

size_t CountCodePoints(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

}  // namespace consilience::common
