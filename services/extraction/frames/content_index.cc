#include "services/extraction/frames/content_index.h"

namespace consilience::extraction {

bool AnyContains(const Spans& spans, const Span& inner) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return span.Contains(inner); });
}

Span Hull(const Spans& spans) {
  Span hull = spans.front();
  for (const Span& span : spans) {
    hull.begin = std::min(hull.begin, span.begin);
    hull.end = std::max(hull.end, span.end);
  }
  return hull;
}

ContentIndex::ContentIndex(const std::vector<AttributionMention>& attributions) {
  entries_.reserve(attributions.size());
  for (size_t i = 0; i < attributions.size(); ++i) {
    if (attributions[i].content.empty()) continue;
    entries_.push_back({Hull(attributions[i].content), static_cast<int>(i)});
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.hull.begin < b.hull.begin; });
  size_t reach = 0;
  for (Entry& entry : entries_) {
    reach = std::max<size_t>(reach, entry.hull.end);
    entry.reach = reach;
  }
}

}  // namespace consilience::extraction
