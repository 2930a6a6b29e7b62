// How likely a claim is, given how many sources support it, contradict it or only mention it.
//
//   logit P(true) = bias + supports · ln(1 + S) + contradicts · ln(1 + C) + denial · min(1, C) +
//   mentions · ln(1 + M)
//
// S, C and M are effective numbers of independent sources. The logarithms say that each further
// outlet adds less, because outlets follow one another; `denial` is what the first contradiction
// weighs over and above its number, for a denial is rare and somebody went and checked.
//
// Text format, tab-separated, '#' starts a comment line:
//   schema     consilience.stance/1
//   version    NAME
//   fitted_on  WHAT
//   weight     NAME   NUMBER     bias, supports (≥ 0), contradicts (≤ 0), denial (≤ 0), mentions;
//   each once
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_MODEL_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_MODEL_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace consilience::corroboration {

// Effective numbers of independent sources.
struct StanceCounts {
  double supports = 0.0;
  double contradicts = 0.0;
  double mentions = 0.0;
};

inline constexpr std::size_t kStanceWeights = 5;
inline constexpr std::array<std::string_view, kStanceWeights> kStanceWeightNames = {
    "bias", "supports", "contradicts", "denial", "mentions"};

// -1: must not be positive, 1: must not be negative, 0: either. A supporter may never lower a score
// nor a contradictor raise it.
inline constexpr std::array<int, kStanceWeights> kStanceSigns = {0, 1, -1, -1, 0};

struct StanceModel {
  std::array<double, kStanceWeights> weights{};  // in the order of kStanceWeightNames
  std::string version;
  std::string fitted_on;

  double Probability(const StanceCounts& counts) const;
  std::string ToText() const;
};

// What the weights multiply.
std::array<double, kStanceWeights> StanceFeatures(const StanceCounts& counts);

// InvalidArgument names `file`, line and rule. The signs are part of the format: a supporter may
// never lower a score nor a contradictor raise it.
absl::StatusOr<StanceModel> ParseStanceModel(std::string_view text, const std::string& file);

// The one that is built in.
const StanceModel& ShippedStanceModel();

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_MODEL_H_
