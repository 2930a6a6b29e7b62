// What the cascade understands below the level of an assertion: quantities, times, places,
// attributions.
//
// Every mention carries its exact span in the stored text. Spans are bytes; code points are
// computed only when a result is written out.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_MODEL_MENTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_MODEL_MENTION_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/common/text/span.h"

namespace consilience::extraction {

using common::Span;

// An interval over the number line. "at least 45" is [45, ∞); "more than 140" is (140, ∞); "dozens"
// is a documented interval with `vague` set. An absent bound is unbounded.
struct Quantity {
  Span span;    // the number with the words that bound it: "more than 140"
  Span number;  // the number alone: "140"
  std::optional<double> lower;
  std::optional<double> upper;
  bool lower_open = false;
  bool upper_open = false;
  bool approximate = false;  // "around", "some", "about", "almost"
  bool vague = false;        // "dozens", "hundreds", "several"
  bool additional = false;   // "another 87": disjoint from the count before it
  bool fraction = false;     // "a third", "half": a share in [0, 1]
  bool percent = false;      // "40 percent": value in percent
  std::string unit;          // "", "USD", "km" …; empty for a plain count
};

enum class NumberForm { kInteger, kDecimal, kFraction, kPower, kOrdinal };

// What a number is there for. Only kCount, kShare, kPercent, kMoney and kMeasure become a Quantity.
enum class NumberRole {
  kCount,
  kShare,
  kPercent,
  kMoney,
  kMeasure,      // with a unit: "30 km"
  kOrdinal,      // "the third attack"
  kTime,         // part of a date, a time of day or a duration
  kAge,          // "Ali, 34," "a 12-year-old"
  kDesignation,  // "T-72", "Route 4", "82 mm", "Resolution 2254", "Group of Seven"
  kScore,        // "won 3-1", a vote of "12 to 3"
  kAddress,      // telephone, IP address, version
  kPronoun,      // "one of them", "the one"
};

struct NumberMention {
  Span span;
  double value = 0;
  NumberForm form = NumberForm::kInteger;
  NumberRole role = NumberRole::kCount;
};

enum class TimeType { kDate, kTime, kDuration, kSet };

// Calendar days, ISO 8601 ("2016-11-22"), both ends included. Empty means unknown or unbounded.
struct DayRange {
  std::string from;
  std::string to;
  bool empty() const { return from.empty() && to.empty(); }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// A TIMEX3-compatible time expression.
struct TimeMention {
  Span span;
  TimeType type = TimeType::kDate;
  std::string
      value;        // TIMEX3 value: "2016-11-22", "2016-W47", "P4Y", "PAST_REF", "" when unresolved
  std::string mod;  // TIMEX3 mod: APPROX, START, END, MORE_THAN … or empty
  std::string quant;  // for SET: EVERY …
  std::string freq;
  DayRange days;  // the calendar days meant; empty when unresolved
  bool resolved =
      false;  // the value is anchored; false when it needs a publication date that is not known
  bool since = false;  // opens a window that runs to the publication date: "since 19 September"
  bool weekday_mismatch = false;  // "Tuesday, 23 November 2016", which was a Wednesday
  std::string rule;
};

// How sharply a place is known.
enum class PlacePrecision { kUnknown = 0, kExact = 1, kNear = 2, kRegion = 3 };

struct PlaceMention {
  Span span;                            // empty when the place was inherited
  std::string id;                       // gazetteer id; empty when the name is not in it
  std::string name;                     // canonical name
  std::vector<std::string> candidates;  // ids of other places the words could mean, best first
  PlacePrecision precision = PlacePrecision::kUnknown;
  bool inherited =
      false;  // taken from clause, sentence, paragraph or dateline, not from the claim's own words
  std::string reason;  // where an inherited or ambiguous place was taken from
};

enum class SpeakerType { kUnknown, kPerson, kOrganisation, kUnnamed, kWire, kOutlet, kDocument };

// One link in the chain of somebody's word.
struct Speaker {
  std::string
      name;  // canonical name when the lexicon knows it, else as written; empty when unnamed
  std::string description;   // "a senior rebel official"; empty when named without one
  std::string organisation;  // the organisation a person or unnamed speaker speaks for, canonical
  std::string role;          // "head", "foreign minister"
  SpeakerType type = SpeakerType::kUnknown;
  Span span;
};

enum class AttributionMode {
  kOutletVoice,  // nobody is named
  kDirect,       // the words are quoted
  kMixed,        // partly quoted
  kIndirect,     // "said that …"
  kAccordingTo,
  kDocument,   // "a statement said"
  kAgentless,  // "was accused of", "reported killed"
  kNested,     // "the Observatory said medical officials suspected"
};

// Mostly one.
using Spans = absl::InlinedVector<Span, 2>;

// Who says what by which words. `source`, `cue` and `content` may each be discontinuous.
struct AttributionMention {
  Spans source;
  Spans cue;
  Spans content;
  // From the deepest speaker outwards: {"a rebel official" , "Reuters"}.
  std::vector<Speaker> chain;
  AttributionMode mode = AttributionMode::kOutletVoice;
  bool reports =
      true;  // the content is said or held to be so; false for mere attitudes: "backed by"
  bool points = false;    // the content only points at something known: "condemned the attack"
  bool denial = false;    // the cue denies the content
  bool hedged = false;    // "suspected", "believed", "alleged"
  int parent = -1;        // index of the enclosing attribution when nested
  std::string_view rule;  // good for as long as the program runs
};

// A credit to a news agency, and the bytes of the text that it covers: all of it, or a paragraph.
struct WireCredit {
  Speaker wire;
  Span scope;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_MODEL_MENTION_H_
