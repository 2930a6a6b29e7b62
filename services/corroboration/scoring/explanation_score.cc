#include "services/corroboration/scoring/explanation_score.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "services/corroboration/scoring/posterior.h"

namespace consilience::corroboration {

double TermWeight(const WitnessTerm& term) {
  return term.confidence * term.independence() * term.agreement * term.interest * term.log_odds;
}

namespace {

constexpr size_t kNone = SIZE_MAX;

double LogWeightWithout(const Explanation& explanation, size_t origin) {
  double weight = explanation.prior;
  for (size_t o = 0; o < explanation.origins.size(); ++o) {
    if (o != origin) weight += TermWeight(explanation.origins[o]);
  }
  for (const WitnessTerm& denial : explanation.denials) weight -= TermWeight(denial);
  return weight;
}

}  // namespace

double LogWeight(const Explanation& explanation) { return LogWeightWithout(explanation, kNone); }

double PosteriorOf(const Explanation& explanation) { return PosteriorWithout(explanation, kNone); }

double PosteriorWithout(const Explanation& explanation, size_t origin) {
  std::vector<double> weights = {LogWeightWithout(explanation, origin)};
  for (const CompetingAnswer& answer : explanation.competing) weights.push_back(answer.log_weight);
  return PosteriorOver(weights, std::log(explanation.none_of_these)).front();
}

double ScoreOf(const Explanation& explanation, const CalibrationMap& calibration) {
  return calibration.Apply(std::min(PosteriorOf(explanation), explanation.relay_cap));
}

}  // namespace consilience::corroboration
