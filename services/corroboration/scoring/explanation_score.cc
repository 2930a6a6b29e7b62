#include "services/corroboration/scoring/explanation_score.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "services/corroboration/scoring/posterior.h"

namespace consilience::corroboration {

double TermWeight(const WitnessTerm& term) {
  return term.confidence * term.independence() * term.agreement * term.interest * term.log_odds;
}

double LogWeight(const Explanation& explanation) {
  double weight = explanation.prior;
  for (const WitnessTerm& origin : explanation.origins) weight += TermWeight(origin);
  for (const WitnessTerm& denial : explanation.denials) weight -= TermWeight(denial);
  return weight;
}

double PosteriorOf(const Explanation& explanation) {
  std::vector<double> weights = {LogWeight(explanation)};
  for (const CompetingAnswer& answer : explanation.competing) weights.push_back(answer.log_weight);
  return PosteriorOver(weights, std::log(explanation.none_of_these)).front();
}

double ScoreOf(const Explanation& explanation, const CalibrationMap& calibration) {
  return calibration.Apply(std::min(PosteriorOf(explanation), explanation.relay_cap));
}

}  // namespace consilience::corroboration
