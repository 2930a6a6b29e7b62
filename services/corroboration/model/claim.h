// Questions, the claims that answer them, and how far each is corroborated.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_CLAIM_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_CLAIM_H_

#include <optional>
#include <string>
#include <vector>

#include "services/extraction/model/assertion.h"

namespace consilience::corroboration {

// The first that applies, top to bottom, is a claim's state.
enum class ClaimState {
  kUnspecified,
  kWithdrawn,
  kSuperseded,
  kContradicted,
  kDisputed,
  kCorroborated,
  kSingleOrigin,
};

enum class QuestionState { kUnspecified, kSettled, kDisputed, kEvolving, kSingleOrigin };

enum class Stance { kSupports, kContradicts, kMentions };

// Absent ends are open.
struct ValueRange {
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> best;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// How one claim stands to another, or one assertion to another.
enum class RelationType {
  kUnrelated,  // another matter
  kSame,       // the same answer from the same words
  kAgrees,     // compatible answers
  kPartOf,     // a part (day, district, group) of what the other counts
  kUpdates,    // a later answer over a growing window
  kCompetes,   // both cannot hold
  kDenies,     // one denies the other
};

struct ClaimRelation {
  std::string claim;  // the other one
  RelationType type = RelationType::kUnrelated;
  std::string reason;
  friend bool operator==(const ClaimRelation&, const ClaimRelation&) = default;
};

// How far a claim is corroborated, at one revision.
struct Corroboration {
  ClaimState state = ClaimState::kUnspecified;
  double score = 0.0;              // calibrated probability, in [0, 1]
  double effective_origins = 0.0;  // Σ of independence: what the support is worth in witnesses
  int origin_count = 0;
  int document_count = 0;
  int outlet_count = 0;
  double effective_origins_against = 0.0;
  int origin_count_against = 0;
  int document_count_against = 0;
  ValueRange range;
  friend bool operator==(const Corroboration&, const Corroboration&) = default;
};

struct ClaimMember {
  std::string assertion;
  Stance stance = Stance::kSupports;
  std::vector<std::string> reasons;  // why it was matched here
};

struct Claim {
  std::string id;
  std::string question;
  std::string display_name;
  std::string value;   // the answer in words: "more than 140", "captured by government"
  std::string leader;  // id of the assertion that it is told by
  std::optional<extraction::Quantity> quantity;
  extraction::Population population;
  extraction::PlaceMention place;
  extraction::DayRange time;
  Corroboration corroboration;
  std::vector<ClaimMember> members;      // sorted by assertion
  std::vector<ClaimRelation> relations;  // sorted by claim
};

struct Question {
  std::string id;
  std::string display_name;
  extraction::Kind kind = extraction::Kind::kUnspecified;
  std::string measure;
  extraction::Population population;
  extraction::PlaceMention place;
  extraction::DayRange window;
  bool cumulative = false;
  QuestionState state = QuestionState::kUnspecified;
  std::vector<Claim> claims;  // best supported first
  ValueRange range;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_CLAIM_H_
