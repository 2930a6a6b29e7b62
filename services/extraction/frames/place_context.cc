#include <algorithm>
#include <cstdlib>
#include <optional>

#include "services/extraction/frames/context.h"

namespace consilience::extraction {
namespace {

struct Inherited {
  int place = -1;
  const char* from = "";
};

// The place of places[first, last) whose tokens are nearest to `token`; those after it are
// preferred, since English says where after it says what.
int Nearest(const Scene& scene, size_t first, size_t last, size_t token) {
  int best = -1;
  size_t best_distance = 0;
  for (size_t i = first; i < last; ++i) {
    const FoundPlace& place = scene.places()[i];
    const size_t distance = place.begin >= token ? place.begin - token : 2 * (token - place.begin);
    if (best < 0 || distance < best_distance) {
      best = static_cast<int>(i);
      best_distance = distance;
    }
  }
  return best;
}

// Index of the first place that starts at or after a token.
size_t FirstFrom(const Scene& scene, size_t token) {
  const auto it =
      std::lower_bound(scene.places().begin(), scene.places().end(), token,
                       [](const FoundPlace& place, size_t at) { return place.begin < at; });
  return static_cast<size_t>(it - scene.places().begin());
}

Inherited FromContext(const Scene& scene, const Draft& draft) {
  const Text& text = scene.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const size_t first = FirstFrom(scene, sentence.begin);
  const size_t last = FirstFrom(scene, sentence.end);
  if (const int place = Nearest(scene, first, last, draft.trigger); place >= 0) {
    return {place, "sentence"};
  }
  const Paragraph& paragraph = text.paragraphs()[sentence.paragraph];
  const size_t paragraph_first = FirstFrom(scene, paragraph.begin);
  if (paragraph_first < first) return {static_cast<int>(first) - 1, "paragraph"};
  if (last < scene.places().size() && scene.places()[last].begin < paragraph.end) {
    return {static_cast<int>(last), "paragraph"};
  }
  if (first > 0) {
    for (const Segment& segment : text.segments()) {
      if (segment.kind != SegmentKind::kDateline) continue;
      const size_t place = FirstFrom(scene, segment.begin);
      if (place < first && scene.places()[place].begin < segment.end) {
        return {static_cast<int>(place), "dateline"};
      }
    }
    return {static_cast<int>(first) - 1, "the text before"};
  }
  if (last < scene.places().size()) return {static_cast<int>(last), "the text after"};
  return {};
}

}  // namespace

void ResolvePlaces(const Scene& scene, std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    PlaceMention& place = draft.assertion.place;
    if (!place.name.empty()) continue;
    const size_t first = FirstFrom(scene, draft.begin);
    const size_t last = FirstFrom(scene, draft.end);
    if (const int own = Nearest(scene, first, last, draft.trigger); own >= 0) {
      place = scene.places()[static_cast<size_t>(own)].mention;
      continue;
    }
    const Inherited inherited = FromContext(scene, draft);
    if (inherited.place < 0) continue;
    place = scene.places()[static_cast<size_t>(inherited.place)].mention;
    place.span = {};
    place.inherited = true;
    place.reason =
        std::string("inherited from ") + (inherited.from[0] == 't' ? "" : "the ") + inherited.from;
  }
}

}  // namespace consilience::extraction
