// Well-formed UTF-8 (Unicode 15, table 3-7).
#ifndef CONSILIENCE_SERVICES_COMMON_TEXT_UTF8_H_
#define CONSILIENCE_SERVICES_COMMON_TEXT_UTF8_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace consilience::common {

// The offset of the first byte that does not begin a well-formed sequence; nothing when all of
// `bytes` is UTF-8. Overlong forms, surrogates and values above U+10FFFF are ill-formed.
std::optional<size_t> FindInvalidUtf8(std::string_view bytes);

// The longest prefix of well-formed `text` of at most `max_bytes` bytes that ends on a code-point
// boundary.
std::string_view PrefixOnBoundary(std::string_view text, size_t max_bytes);

bool IsCodePointBoundary(std::string_view text, size_t offset);

// Code points in well-formed `text`.
size_t CountCodePoints(std::string_view text);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TEXT_UTF8_H_
