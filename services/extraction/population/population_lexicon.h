// Words for people and for the parties they belong to.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_POPULATION_POPULATION_LEXICON_H_
#define CONSILIENCE_SERVICES_EXTRACTION_POPULATION_POPULATION_LEXICON_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

struct PopulationTerm {
  std::string label;  // what such people are called: "fighters", "people" for "Syrians"
  PopulationGroups groups;
  bool singular = false;
  bool plural = false;
  bool loaded = false;
  bool toll = false;        // "deaths", "bodies": says what became of them, not who they were
  bool pupil = false;       // "students": children where a school is spoken of
  bool collective = false;  // "family", "crew": one of them is several people
  bool generic = false;     // "people", "members": the words around it say who they were
};

// What people are called whom no word tells apart.
inline constexpr char kPeopleLabel[] = "people";

// How many of a whole a word such as "most" leaves: bounds of a share of it, or of a count.
struct PartWord {
  std::optional<double> least;
  std::optional<double> most;  // neither bound: nobody says how many
  bool share = false;
  bool of = false;      // stands before "of": "none of the 12"
  bool noun = false;    // stands before a noun: "no civilians"
  bool counts = false;  // stands before a noun that counts what became of people: "no casualties"
  bool alone = false;   // stands alone: "nobody"
  bool except = false;  // the number of those left out follows: "all but two of the 33"
};

// Words before a noun for people that has no number.
enum class PeopleDeterminer : uint8_t {
  kArticle,     // makes one of them: "a woman"
  kPossessive,  // makes a relative of whom the text has just named: "his wife"
};

struct Party {
  std::string id;
  std::string name;
  bool armed = false;
  std::string state;       // gazetteer id of the country whose government it is; empty for others
  bool any_state = false;  // "the army": of whichever country is spoken of
};

// Files: terms.tsv, suffixes.tsv, parts.tsv and determiners.tsv of `rules`/population,
// `rules`/party/parties.tsv.
// Thread-safe once loaded.
struct PopulationLexicon {
  static absl::StatusOr<PopulationLexicon> Load(const std::filesystem::path& rules,
                                                Vocabulary& vocabulary);

  Lexicon terms;  // payload: index into term
  std::vector<PopulationTerm> term;
  std::vector<std::pair<std::string, PopulationTerm>>
      suffixes;   // of plurals that terms does not have
  Lexicon parts;  // payload: index into part
  std::vector<PartWord> part;
  Lexicon determiners;  // payload: PeopleDeterminer
  Lexicon parties;      // payload: index into party
  std::vector<Party> party;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_POPULATION_POPULATION_LEXICON_H_
