// One document saying one thing, on someone's word, at an exact span of its text.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_MODEL_ASSERTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_MODEL_ASSERTION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

enum class Kind {
  kUnspecified,
  kCasualty,      // measure KILLED, INJURED, MISSING, DETAINED, RESCUED
  kDisplacement,  // DISPLACED
  kPopulation,    // TRAPPED, PRESENT
  kControl,  // CAPTURED, RECAPTURED, LOST, HELD, CONTESTED, ADVANCE, BESIEGED, SIEGE_LIFTED; share
             // of the area in `quantity`
  kAttack,   // AIRSTRIKE, SHELLING, BOMBING, …
  kWeaponUse,  // CHEMICAL, BARREL_BOMB, …
  kFacility,   // OUT_OF_SERVICE, DAMAGED, OPERATING
  kAgreement,  // CEASEFIRE, TALKS, …
  kStatement,
  kDenial,
  kNumericFact,  // the general pack: any attributed quantity
};

enum class PopulationGroup { kPerson, kCivilian, kCombatant, kChild, kWoman };

// Mostly one.
using PopulationGroups = absl::InlinedVector<PopulationGroup, 4>;

struct Population {
  Span span;
  std::string label;  // what they are called, "rebel fighters"; what a mere number counts, "camps"
  PopulationGroups groups;
  std::string party;    // canonical party id when the words name one
  bool loaded = false;  // the speaker's label ("terrorists"); never splits a claim
};

struct Subgroup {
  Quantity quantity;
  Population population;
};

enum class Polarity { kAsserted, kDenied };
enum class Modality { kFact, kAlleged, kSuspected, kPlanned, kHypothetical, kQuotedOnly };

struct Assertion {
  Kind kind = Kind::kUnspecified;
  std::string measure;  // upper snake, of the kind's vocabulary
  Span span;            // the words that say it; the quote is exactly these bytes
  std::optional<Quantity> quantity;
  Population population;
  std::vector<Subgroup> subgroups;  // parts of `quantity`: "including 18 children"
  DayRange time;                    // the window the assertion is about; empty when unresolved
  bool cumulative = false;          // a running count since `time.from`
  PlaceMention place;
  std::string actor;     // who did it, canonical party or name, empty when not said
  std::string target;    // what it was done to: facility type, object; empty when not said
  int attribution = -1;  // index into Analysis::attributions; -1 is the outlet's own voice
  std::vector<Speaker>
      chain;  // resolved chain, deepest speaker first; empty is the outlet's own voice
  AttributionMode mode = AttributionMode::kOutletVoice;
  Polarity polarity = Polarity::kAsserted;
  Modality modality = Modality::kFact;
  int denies = -1;          // index of the assertion in this document that this one denies
  int confirms = -1;        // index of the one that this says over again without its terms
  double confidence = 0.0;  // of the extraction, in (0, 1]
  std::string rule;         // "pack/rule" that made it
};

// Everything that was understood of one document.
struct Analysis {
  std::vector<TimeMention> times;
  std::vector<NumberMention> numbers;
  std::vector<Quantity> quantities;
  std::vector<PlaceMention> places;
  std::vector<AttributionMention> attributions;
  std::vector<Assertion> assertions;
  std::string rules_digest;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_MODEL_ASSERTION_H_
