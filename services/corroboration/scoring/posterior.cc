#include "services/corroboration/scoring/posterior.h"

#include <algorithm>
#include <cmath>

#include "services/corroboration/scoring/log_math.h"

namespace consilience::corroboration {

double OriginWeight(double accuracy, double false_values, double cap) {
  return std::clamp(std::log(false_values) + Logit(AwayFromCertain(accuracy)), 0.0, cap);
}

double SmoothOriginWeight(double accuracy, double false_values, double cap) {
  constexpr double kSharpness = 3.0;
  const double log_odds = std::log(false_values) + Logit(AwayFromCertain(accuracy));
  if (log_odds >= cap) return cap;
  return std::min(cap, std::log1p(std::exp(kSharpness * log_odds)) / kSharpness);
}

double NoneOfTheseLogMass(double false_values, double stated, double floor) {
  return std::log(std::max(false_values + 1.0 - stated, floor));
}

std::vector<double> PosteriorOver(std::span<const double> scores, double none_log_mass) {
  std::vector<double> result(scores.begin(), scores.end());
  PosteriorInPlace(result, none_log_mass);
  return result;
}

void PosteriorInPlace(std::span<double> scores, double none_log_mass) {
  double top = none_log_mass;
  for (const double score : scores) top = std::max(top, score);
  double total = std::exp(none_log_mass - top);
  for (double& score : scores) {
    score = std::exp(score - top);
    total += score;
  }
  for (double& p : scores) p /= total;
}

}  // namespace consilience::corroboration
