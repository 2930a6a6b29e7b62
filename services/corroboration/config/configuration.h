// Everything that is tuned about matching and scoring, read from one versioned data file.
//
// The file is JSON; its schema is the fields below under the same names, and an unknown or missing
// key is an error. The compiled-in default is rules/corroboration.json.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_CONFIG_CONFIGURATION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_CONFIG_CONFIGURATION_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/corroboration/model/source.h"
#include "services/corroboration/scoring/dependence.h"
#include "services/corroboration/scoring/independence.h"
#include "services/corroboration/scoring/quantity_kernel.h"
#include "services/extraction/model/assertion.h"

namespace consilience::corroboration {

// How the answers to a family of questions are compared.
enum class AnswerType {
  kCount,    // numbers, by kernels
  kControl,  // who holds a place, and how much of it
  kStatus,   // a category
  kOnce,     // something that happens once: answers differ in when
  kSpeech,   // what somebody said: answers are compared by their words
};

// A family of questions whose claims are comparable and whose sources err alike.
struct FamilyRule {
  std::string family;
  extraction::Kind kind = extraction::Kind::kUnspecified;
  std::vector<std::string> measures;  // empty: every measure of the kind not named by another rule
  AnswerType answer = AnswerType::kCount;
  std::string label;          // words for a person: "killed"; empty: the measure in lower case
  double window_days = 1.0;   // starts of one window may differ by this many days …
  double window_share = 0.0;  // … or by this share of the shorter window, whichever is more
  // Days by which answers of one time may differ, where that is less than of one question: a truce
  // and its end are one question for weeks, and two answers from one day to the next. Negative:
  // as the window.
  double period_days = -1.0;
  double false_values = 20.0;  // n: plausible false answers
  bool state = false;          // describes a state at a time, not a sum over a window
  bool by_measure = false;     // every measure is a family of its own
  KernelOptions kernel;        // with this family's tolerance
  std::map<std::string, std::string> statuses;               // measure → category
  std::set<std::pair<std::string, std::string>> compatible;  // categories that can both hold
  std::map<std::string, int> implies;                        // how many of those a category implies
  std::vector<std::string> lasting;  // measures that tell how things stood, not that they changed
  // Measures of bare figures, of which nothing says what is counted ("41 percent", "two"): equal
  // ones of a place and time may be of one thing, others say nothing of each other.
  std::vector<std::string> bare;
};

struct InferenceOptions {
  double dominant = 0.9;        // confidence when one source has all the attributed figures
  double same_document = 0.95;  // … when that source gives the same answer in the same document
  double same_figure = 0.6;     // … when another source gives exactly this figure there
  double described = 0.8;       // … when "a monitoring group" gives what one monitor gives
  double min_share = 0.5;       // of the attributed figures, to dominate a document
};

// Copy detection between sources, over the questions that both answer.
struct CopyingOptions {
  CopyModel model;
  double min_false_values = 3.0;  // families with fewer plausible errors say nothing
  int most_sources = 32;          // a question of more sources says nothing of their pairs
};

struct QuoteOptions {
  double utterance_similarity = 0.8;
  int utterance_min_words = 3;
  double passage_similarity = 0.9;
  int passage_min_words = 8;
  double same_words_similarity = 0.6;
};

struct Configuration {
  std::string version;
  std::string digest;  // of the file's bytes
  std::vector<FamilyRule> families;
  std::map<std::string, std::string> target_classes;
  std::set<std::string> determiners;  // words before a target that do not tell it apart
  std::map<std::string, std::string> compass_words;
  std::set<std::string> vicinity_words;  // before a place: "near"
  // Words and pairs of words of a headline, and what sort of event they tell of: "ferry" →
  // "vessel". None for what goes on for days, such as shelling.
  std::map<std::string, std::string> happenings;
  // Sorts of event of which only questions of these families are told by headlines: marches come
  // once a day, but people die in protests every day. A sort that is not named here tells of all.
  std::map<std::string, std::vector<std::string>> happening_families;
  // What people are called at last, and the crowd that they are counted in, apart from other people
  // and fighters: "journalists" → "JOURNALIST", "police officers" → "POLICE".
  std::map<std::string, std::string> apart;
  // Offices that every country has one of: "interior ministry". One without its country is that of
  // the country reported on.
  std::set<std::string> domestic_sources;
  std::map<std::string, std::string> country_words;  // "hungarian" → the country's name
  std::set<std::string> nameless;  // words that tell what speaks but not who: "organisers"
  // Words after which an acronym is no name by itself: "ministry of IT".
  std::set<std::string> joining_words;
  std::set<std::string> event_roles;  // unnamed speakers of whom an event has one: "organisers"
  // What an unnamed speaker is called at last, and the kind of source that is: "monitoring group".
  std::map<std::string, SourceKind> described_kinds;
  std::set<std::string> voice_roles;  // a person of this role speaks for the organisation
  std::map<SourceKind, double> accuracy_by_kind;
  double accuracy_prior_strength = 20.0;
  CopyingOptions copying;
  RelayModel relay;
  double log_odds_cap = 5.0;
  int most_assertions = 5000;  // of one question; a document that would bring more is refused
  double none_floor = 1.0;
  double denial_factor = 1.5;  // a denial is rarer than an assertion and weighs this much more
  double hedge_factor = 0.5;   // what is only alleged or suspected weighs this much
  double interest_factor = 1.25;
  bool interest_enabled = true;
  double dispute_share = 0.25;  // a rival of this share of a claim's weight disputes it
  double contradicted_below = 0.2;
  double contradicted_origins = 2.0;
  double corroborated_above = 0.8;
  double corroborated_origins = 2.0;
  InferenceOptions inferred;
  QuoteOptions quotes;

  // The rule for an assertion; never null: the last resort is an undirected STATUS rule.
  const FamilyRule& RuleFor(extraction::Kind kind, std::string_view measure) const;
  double PriorAccuracy(SourceKind kind) const;
  // n of a family by its name, which may carry a measure ("attack/AIRSTRIKE").
  double FalseValuesOf(std::string_view family) const;
};

// InvalidArgument names `file`, the key, its value and what is allowed.
absl::StatusOr<Configuration> ParseConfiguration(std::string_view json, const std::string& file);

// The configuration that is compiled in.
const Configuration& DefaultConfiguration();

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_CONFIG_CONFIGURATION_H_
