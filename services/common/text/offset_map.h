// From byte offsets to code-point offsets of one text.
#ifndef CONSILIENCE_SERVICES_COMMON_TEXT_OFFSET_MAP_H_
#define CONSILIENCE_SERVICES_COMMON_TEXT_OFFSET_MAP_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "services/common/text/span.h"

namespace consilience::common {

// Holds a view of the text, which must outlive it. Immutable, so safe to share between threads.
// Takes one count for every 256 bytes; a lookup reads at most that many bytes.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);

  // Code points before byte `byte`; offsets beyond the end count as the end.
  size_t CodePointAt(size_t byte) const;
  // The same range in code points.
  Span ToCodePoints(Span bytes) const;

 private:
  static constexpr size_t kStride = 256;

  std::string_view text_;
  std::vector<uint32_t> before_;  // before_[i]: code points that begin before byte i * kStride
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TEXT_OFFSET_MAP_H_
