#include "services/common/text/offset_map.h"

#include <algorithm>

#include "services/common/text/utf8.h"

namespace consilience::common {

OffsetMap::OffsetMap(std::string_view text) : text_(text) {
  before_.reserve(text.size() / kStride + 1);
  uint32_t count = 0;
  for (size_t at = 0; at <= text.size(); at += kStride) {
    before_.push_back(count);
    count += static_cast<uint32_t>(CountCodePoints(text.substr(at, kStride)));
  }
}

size_t OffsetMap::CodePointAt(size_t byte) const {
  byte = std::min(byte, text_.size());
  const size_t block = byte / kStride;
  const size_t from = block * kStride;
  return before_[block] + CountCodePoints(text_.substr(from, byte - from));
}

Span OffsetMap::ToCodePoints(Span bytes) const {
  return {CodePointAt(bytes.begin), CodePointAt(bytes.end)};
}

}  // namespace consilience::common
