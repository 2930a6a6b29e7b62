#include <algorithm>
#include <cstdlib>
#include <optional>

#include "services/extraction/frames/context.h"

namespace consilience::extraction {
namespace {

// Places before an assertion in which the one it inherits is looked for.
constexpr size_t kPlacesBack = 32;

// A dateline stands before the body: among the first segments.
constexpr size_t kDatelineSegments = 8;

struct Inherited {
  int place = -1;
  const char* from = "";
};

// A country tells less of where something was than any place in it, and often stands for its
// government.
bool IsLocal(const FoundPlace& place) { return place.mention.precision != PlacePrecision::kRegion; }

// The place of places[first, last) whose tokens are nearest to `token`; those after it are
// preferred, since English says where after it says what.
int Nearest(const Scene& scene, size_t first, size_t last, size_t token, bool local) {
  int best = -1;
  size_t best_distance = 0;
  for (size_t i = first; i < last; ++i) {
    const FoundPlace& place = scene.places()[i];
    if (local && !IsLocal(place)) continue;
    const size_t distance = place.begin >= token ? place.begin - token : 2 * (token - place.begin);
    if (best < 0 || distance < best_distance) {
      best = static_cast<int>(i);
      best_distance = distance;
    }
  }
  return best;
}

// The last place of places[first, last), or -1.
int Last(const Scene& scene, size_t first, size_t last, bool local) {
  // Lists of countries are short; a bound keeps hostile text linear.
  const size_t stop = last - std::min(last - first, kPlacesBack);
  for (size_t i = last; i-- > stop;) {
    if (!local || IsLocal(scene.places()[i])) return static_cast<int>(i);
  }
  return -1;
}

// Index of the first place that starts at or after a token.
size_t FirstFrom(const Scene& scene, size_t token) {
  const auto it =
      std::lower_bound(scene.places().begin(), scene.places().end(), token,
                       [](const FoundPlace& place, size_t at) { return place.begin < at; });
  return static_cast<size_t>(it - scene.places().begin());
}

// The place of a dateline before the `first` place of the sentence, or -1.
int FromDateline(const Scene& scene, size_t first) {
  const auto segments = scene.text().segments();
  for (const Segment& segment : segments.first(std::min(segments.size(), kDatelineSegments))) {
    if (segment.kind != SegmentKind::kDateline) continue;
    const size_t place = FirstFrom(scene, segment.begin);
    if (place < first && scene.places()[place].begin < segment.end) return static_cast<int>(place);
  }
  return -1;
}

// Clause and sentence, then paragraph, then the dateline, then what the text named last.
Inherited FromContext(const Scene& scene, const Draft& draft, bool local) {
  const Text& text = scene.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const size_t first = FirstFrom(scene, sentence.begin);
  const size_t last = FirstFrom(scene, sentence.end);
  if (const int place = Nearest(scene, first, last, draft.trigger, local); place >= 0) {
    return {place, "sentence"};
  }
  const Paragraph& paragraph = text.paragraphs()[sentence.paragraph];
  const size_t paragraph_first = FirstFrom(scene, paragraph.begin);
  if (const int place = Last(scene, paragraph_first, first, local); place >= 0) {
    return {place, "paragraph"};
  }
  if (last < scene.places().size() && scene.places()[last].begin < paragraph.end &&
      (!local || IsLocal(scene.places()[last]))) {
    return {static_cast<int>(last), "paragraph"};
  }
  if (const int place = FromDateline(scene, first); place >= 0) return {place, "dateline"};
  if (const int place = Last(scene, 0, first, local); place >= 0) return {place, "the text before"};
  if (!local && last < scene.places().size()) return {static_cast<int>(last), "the text after"};
  return {};
}

}  // namespace

void ResolvePlaces(const Scene& scene, std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    PlaceMention& place = draft.assertion.place;
    if (!place.name.empty()) continue;
    const size_t first = FirstFrom(scene, draft.begin);
    const size_t last = FirstFrom(scene, draft.end);
    int own = Nearest(scene, first, last, draft.trigger, true);
    if (own < 0) own = Nearest(scene, first, last, draft.trigger, false);
    if (own >= 0) {
      place = scene.places()[static_cast<size_t>(own)].mention;
      continue;
    }
    Inherited inherited = FromContext(scene, draft, true);
    if (inherited.place < 0) inherited = FromContext(scene, draft, false);
    if (inherited.place < 0) continue;
    place = scene.places()[static_cast<size_t>(inherited.place)].mention;
    place.span = {};
    place.inherited = true;
    place.reason =
        std::string("inherited from ") + (inherited.from[0] == 't' ? "" : "the ") + inherited.from;
  }
}

}  // namespace consilience::extraction
