// The places that the service knows by name, how they lie within one another, and what they are
// called.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PLACE_GAZETTEER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PLACE_GAZETTEER_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

enum class PlaceLevel { kCountry, kProvince, kSubprovince, kRegion, kCity, kTown, kNeighbourhood };

// How freely a name may be taken for a place.
enum class NameUse : uint8_t { kFree, kAfterPreposition, kWithCue };

struct Place {
  std::string id;
  std::string name;
  PlaceLevel level = PlaceLevel::kCity;
  int parent = -1;  // index, -1 for countries
  double latitude = 0;
  double longitude = 0;
  uint32_t population = 0;  // 0 when unknown
};

// Files under `rules`/places: places.tsv, aliases.tsv, stopwords.tsv. Thread-safe once loaded.
class Gazetteer {
 public:
  static absl::StatusOr<Gazetteer> Load(const std::filesystem::path& rules, Vocabulary& vocabulary);

  const Place& at(int place) const { return places_[static_cast<size_t>(place)]; }
  size_t size() const { return places_.size(); }

  // Index of a place, or -1.
  int Find(std::string_view id) const;

  // `inner` is `outer` or lies within it. Ids that PlaceFinder derives for a part of a place
  // ("C1007/east") lie within the place before the "/". Unknown ids contain only themselves.
  bool Contains(std::string_view outer, std::string_view inner) const;
  bool Contains(int outer, int inner) const;

  // The country of a place, or the place itself.
  int CountryOf(int place) const;

  // Neither place lies in the other, and no province holds both. Unknown ids are apart from
  // nothing.
  bool AreApart(std::string_view a, std::string_view b) const;

  // The country that most of the places lie in, of several the one met first; -1 of none.
  int CountryOfMost(std::span<const int> places) const;

  struct Match {
    uint32_t end = 0;  // token after the name
    std::span<const int> places;
    NameUse use = NameUse::kFree;
  };
  // The longest name that starts at token `at` and ends at or before `limit`.
  std::optional<Match> Longest(const Text& text, size_t at, size_t limit) const;

 private:
  struct Name {
    std::string text;  // lower-cased; empty for a spelling key
    std::vector<int> places;
    NameUse use = NameUse::kFree;
  };

  absl::Status LoadPlaces(const std::filesystem::path& file);
  absl::Status LoadAliases(const std::filesystem::path& file);
  absl::Status LoadStopwords(const std::filesystem::path& file);
  void RestrictTowns();
  void AddName(const std::string& name, int place);
  void AddSpelling(const std::string& name, int place);
  absl::Status Index(Vocabulary& vocabulary);

  std::vector<Place> places_;
  absl::flat_hash_map<std::string, int> by_id_;
  absl::flat_hash_map<std::string, int> by_name_;  // lower-cased name → names_
  std::vector<Name> names_;
  Lexicon exact_;                                      // payload: names_
  absl::flat_hash_map<std::string, int> by_spelling_;  // key of a detailed place → names_
  std::vector<bool> may_start_spelling_;               // by WordId, of the words known when indexed
  absl::flat_hash_map<std::string, bool> first_keys_;  // keys of the first words in by_spelling_
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PLACE_GAZETTEER_H_
