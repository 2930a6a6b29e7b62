// From offsets in a normalised text back to the bytes that it was read from.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_SOURCE_MAP_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_SOURCE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/common/text/span.h"

namespace consilience::ingest {

// A piecewise linear, non-decreasing function. Within a run, every `stored_unit` bytes of the text
// came from `original_unit` bytes of the source: 1 and 1 for bytes that were kept, 1 and 2 for
// ASCII that stood in UTF-16. Without runs the map is the identity. Texts under 4 GiB.
class SourceMap {
 public:
  struct Run {
    uint32_t stored = 0;
    uint32_t original = 0;
    uint16_t stored_unit = 1;
    uint16_t original_unit = 1;

    friend bool operator==(const Run&, const Run&) = default;
  };

  // Says that text from `stored` on came from `original` on. Calls come with ascending `stored`;
  // a run that goes on as the one before it adds nothing.
  void Add(size_t stored, size_t original, size_t stored_unit = 1, size_t original_unit = 1);

  size_t ToOriginal(size_t stored) const;
  common::Span ToOriginal(common::Span stored) const {
    return {ToOriginal(stored.begin), ToOriginal(stored.end)};
  }

  // This map, followed by the one from its source to the source's own source.
  SourceMap Then(const SourceMap& inner) const;

  bool identity() const { return runs_.empty(); }
  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::vector<Run> runs_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_SOURCE_MAP_H_
