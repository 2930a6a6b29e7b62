// Which attributions report the words at a span, without a look at all of them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTENT_INDEX_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTENT_INDEX_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// One of the spans contains `inner`.
bool AnyContains(const Spans& spans, const Span& inner);

// From the first to the last byte of spans, of which there is at least one.
Span Hull(const Spans& spans);

// Attributions by where their content begins, so that each draft looks only at those around it.
class ContentIndex {
 public:
  explicit ContentIndex(const std::vector<AttributionMention>& attributions);

  // Calls visit(index of the attribution) for every content hull that contains `span`, from the
  // last to begin.
  template <typename Visit>
  void ForHolding(const Span& span, const Visit& visit) const {
    auto it = std::upper_bound(entries_.begin(), entries_.end(), span.begin,
                               [](size_t at, const Entry& entry) { return at < entry.hull.begin; });
    while (it != entries_.begin()) {
      --it;
      if (it->reach < span.end) return;
      if (it->hull.Contains(span)) visit(it->attribution);
    }
  }

 private:
  struct Entry {
    Span hull;
    int attribution = 0;
    size_t reach = 0;  // the farthest end of this and all entries before
  };
  std::vector<Entry> entries_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTENT_INDEX_H_
