#include "clients/cli/explain/recompute.h"

#include <algorithm>
#include <cmath>

namespace consilience::cli {

double Calibrated(const corroboration::v1::CalibrationMap& map, double posterior) {
  const int points = std::min(map.posterior_size(), map.score_size());
  if (points == 0) return posterior;
  if (posterior <= map.posterior(0)) return map.score(0);
  for (int i = 1; i < points; ++i) {
    if (posterior > map.posterior(i)) continue;
    const double width = map.posterior(i) - map.posterior(i - 1);
    if (width <= 0) return map.score(i);
    const double share = (posterior - map.posterior(i - 1)) / width;
    return map.score(i - 1) + share * (map.score(i) - map.score(i - 1));
  }
  return map.score(points - 1);
}

Recomputed Recompute(const corroboration::v1::Explanation& explanation) {
  Recomputed result;
  result.log_weight = explanation.prior_log_odds();
  for (const auto& origin : explanation.origins()) result.log_weight += origin.weight();
  for (const auto& denial : explanation.denials()) result.log_weight += denial.weight();

  // Shifted by the greatest exponent, so that no power overflows.
  double shift = result.log_weight;
  for (const auto& other : explanation.competing()) shift = std::max(shift, other.log_weight());
  const double own = std::exp(result.log_weight - shift);
  double total = own + explanation.none_of_these() * std::exp(-shift);
  for (const auto& other : explanation.competing()) total += std::exp(other.log_weight() - shift);
  result.posterior = own / total;

  const double cap = explanation.relay_cap() > 0 ? explanation.relay_cap() : 1.0;
  result.capped = std::min(result.posterior, cap);
  result.score = Calibrated(explanation.calibration(), result.capped);
  return result;
}

}  // namespace consilience::cli
