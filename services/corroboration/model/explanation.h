// A score, term by term. The computation can be redone from this value alone:
//
//   C(v)  = prior + Σ over its origins of weight − Σ over its denials of weight
//   P(v)  = e^C(v) / (Σ over all candidates e^C + none-of-these mass)
//   score = calibration applied to min(P, cap of the relays)
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_EXPLANATION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_EXPLANATION_H_

#include <map>
#include <string>
#include <vector>

#include "services/corroboration/model/claim.h"

namespace consilience::corroboration {

enum class MergeBasis {
  kSameSource,
  kSameUtterance,
  kSharedPassage,
  kHouseCopy,
  kSameOwner,
  kInferredSource,
};

// Why two assertions are one witness.
struct Merge {
  MergeBasis basis = MergeBasis::kSameSource;
  std::string assertion;
  std::string other_assertion;
  std::string evidence;
  double confidence = 1.0;  // in (0, 1]; 1 for a hard merge
};

// One witness and what it adds to C(v).
struct WitnessTerm {
  std::string id;            // stable within the claim
  std::string display_name;  // "a senior rebel official (to Reuters)"
  std::string source;        // id of the source, when the witness is one
  double accuracy = 0.5;
  double dependence_factor = 1.0;  // Π (1 − c·P(g~g′)) over the origins before it
  double relay_factor = 1.0;       // (1 − ρ)^(k − 1) for the k-th through one relay
  double confidence = 1.0;         // q: the best extraction confidence among its assertions
  double agreement = 1.0;          // how far its words fit this answer, in [0, 1]
  double interest = 1.0;           // factor for the interest of its party
  double log_odds = 0.0;           // clamp(ln(n·A/(1−A)), 0, cap)
  double weight = 0.0;             // the product of the factors and log_odds
  double score_without = 0.0;      // the score if this witness had said nothing
  std::string relay;               // what it alone reaches us through; empty when there are several
  std::string relay_display_name;
  std::string inferred_source;  // the named source it takes its figure from, by inference
  double inferred_confidence = 0.0;
  std::string
      depends_on;  // name of the origin before it that it most seems to copy, or be copied by
  double dependence = 0.0;              // how far, in [0, 1]
  std::vector<std::string> assertions;  // sorted
  std::vector<Merge> merges;

  double independence() const { return dependence_factor * relay_factor; }
};

// Another answer to the same question that cannot hold together with this one.
struct CompetingAnswer {
  std::string claim;
  std::string display_name;
  double log_weight = 0.0;  // C of that answer
  double score = 0.0;
  double effective_origins = 0.0;
  double overlap = 0.0;  // of the two kernels, in [0, 1]
  bool compatible_as_bounds = false;
};

struct Explanation {
  std::string claim;
  Corroboration corroboration;
  double prior = 0.0;
  std::vector<WitnessTerm> origins;  // by weight, greatest first
  std::vector<WitnessTerm> denials;
  std::vector<CompetingAnswer> competing;
  double none_of_these = 0.0;  // e^C of the answers that nobody gave
  double posterior = 0.0;      // P(v) before relay cap and calibration
  double relay_cap = 1.0;
  std::string relay_cap_reason;
  std::map<std::string, double> parameters;
  std::vector<std::string> summary;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_EXPLANATION_H_
