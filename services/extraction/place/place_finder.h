// Finds the places that a text names.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_FINDER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_FINDER_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/model/mention.h"
#include "services/extraction/place/gazetteer.h"
#include "services/extraction/place/place_cues.h"
#include "services/extraction/place/unlisted_places.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

struct FoundPlace {
  PlaceMention mention;
  uint32_t begin = 0;  // tokens, with the words that narrow the name: "rebel-held eastern Aleppo"
  uint32_t end = 0;
  int place = -1;  // index in the gazetteer, -1 when the name is not in it
};

// Thread-safe once loaded. The gazetteer must outlive it.
class PlaceFinder {
 public:
  // Reads cues.tsv and unlisted.tsv of `rules`/places.
  static absl::StatusOr<PlaceFinder> Load(const std::filesystem::path& rules,
                                          const Gazetteer& gazetteer, Vocabulary& vocabulary);

  // In the order of the text, without overlap. The id of a part of a place is "C1007/east", that of
  // what lies outside it "C1007~north-of": another place, whose name is "north of Aleppo". A name
  // that could mean several places takes the one that its words and the rest of the text speak for;
  // the others are kept as candidates.
  std::vector<FoundPlace> Find(const Text& text) const;

  // The kind of place that a word says: "town", "refugee camp"; kNone for other words.
  Cue KindAt(const Text& text, size_t token, size_t limit) const;
  // The same of any word around a name.
  Cue CueAt(const Text& text, size_t token, size_t limit) const;

  const Gazetteer& gazetteer() const { return *gazetteer_; }

 private:
  friend class PlaceScan;
  explicit PlaceFinder(const Gazetteer& gazetteer) : gazetteer_(&gazetteer) {}

  const Gazetteer* gazetteer_;
  Lexicon cues_;  // payload: Cue
  UnlistedPlaces unlisted_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_FINDER_H_
