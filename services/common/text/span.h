// A half-open range of bytes in a stored text.
#ifndef CONSILIENCE_SERVICES_COMMON_TEXT_SPAN_H_
#define CONSILIENCE_SERVICES_COMMON_TEXT_SPAN_H_

#include <compare>
#include <cstddef>
#include <string_view>

namespace consilience::common {

// Offsets are UTF-8 bytes into the stored, normalised text of one document; `begin` is included,
// `end` is not. Both lie on code-point boundaries.
struct Span {
  size_t begin = 0;
  size_t end = 0;

  size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view In(std::string_view text) const { return text.substr(begin, size()); }

  friend auto operator<=>(const Span&, const Span&) = default;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TEXT_SPAN_H_
