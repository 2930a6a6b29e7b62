#include "services/corroboration/scoring/posterior.h"

#include <algorithm>
#include <cmath>

#include "services/corroboration/scoring/log_math.h"

namespace consilience::corroboration {

double OriginWeight(double accuracy, double false_values, double cap) {
  return std::clamp(std::log(false_values) + Logit(AwayFromCertain(accuracy)), 0.0, cap);
}

double TermScore(const OriginTerm& term, double false_values, double cap) {
  return term.confidence * term.independence * term.agreement *
         OriginWeight(term.accuracy, false_values, cap);
}

double NoneOfTheseLogMass(double false_values, double stated, double floor) {
  return std::log(std::max(false_values + 1.0 - stated, floor));
}

std::vector<double> PosteriorOver(std::span<const double> scores, double none_log_mass) {
  double top = none_log_mass;
  for (const double score : scores) top = std::max(top, score);
  double total = std::exp(none_log_mass - top);
  std::vector<double> result(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    result[i] = std::exp(scores[i] - top);
    total += result[i];
  }
  for (double& p : result) p /= total;
  return result;
}

}  // namespace consilience::corroboration
