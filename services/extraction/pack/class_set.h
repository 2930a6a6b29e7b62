// The classes of a unit: what words and phrases it may stand for in a pattern.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_CLASS_SET_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_CLASS_SET_H_

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace consilience::extraction {

using ClassId = uint16_t;

// The packs in force may use this many classes together.
inline constexpr size_t kMaxClasses = 512;
using ClassSet = std::bitset<kMaxClasses>;

// Classes that the cascade gives, in the order of PhraseClassNames().
enum PhraseClass : ClassId {
  kPeople,    // people with a number: "at least 45 people", "a child"
  kPop,       // people without one: "rebel fighters"
  kToll,      // people with a number out of the dead: "five of the dead"
  kNumber,    // a quantity that does not count people
  kFraction,  // "almost a third", "some or all"
  kPlace,
  kTime,
  kParty,
  kName,    // capitalised words that no lexicon knows
  kComma,   // "," "(" ")" and dashes
  kStrong,  // ";" ":" and the end of a sentence
  kQuote,   // quotation marks
  kWord,    // any word
  kFiller,  // what may stand between the parts of a pattern without changing them
  kOne,     // a PEOPLE of one that an article tells and not a number: "a child"
  kSkip,    // what patterns pass over: times, adverbs, quotation marks
  kPhraseClasses,
};

std::vector<std::string_view> PhraseClassNames();

// Names of all classes: phrase classes first, then word classes ("$killed.pp") and literal words
// ("'toll"). Not thread-safe while classes are added.
class ClassTable {
 public:
  ClassTable();

  // The id of `name`, a new one if it is not there; kMaxClasses when the table is full.
  ClassId Intern(std::string_view name);
  // The id of `name`, or kMaxClasses.
  ClassId Find(std::string_view name) const;
  std::string_view Name(ClassId id) const { return names_[id]; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, ClassId> ids_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_CLASS_SET_H_
