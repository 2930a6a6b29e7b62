// Decoding of one UTF-8 character.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_UTF8_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace consilience::extraction {

struct Utf8Character {
  int32_t code = -1;  // -1: not UTF-8
  size_t size = 1;    // bytes; 1 when not UTF-8
};

// The character at `at` < text.size(). Over-long forms, surrogates and values past U+10FFFF are not
// UTF-8.
inline Utf8Character DecodeUtf8(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return {};
  int32_t code = lead & (0xFF >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte & 0x3F);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return overlong || surrogate || code > 0x10FFFF ? Utf8Character{} : Utf8Character{code, size};
}

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_UTF8_H_
