#include "services/corroboration/evaluate/stance_fit.h"

#include <algorithm>
#include <cstddef>

#include "services/corroboration/scoring/log_math.h"

namespace consilience::corroboration {
namespace {

constexpr int kSteps = 20000;
constexpr double kStep = 0.5;  // of the mean gradient; the features are logarithms of small counts

}  // namespace

std::array<double, kStanceWeights> FitStanceWeights(std::span<const KnownRumour> rumours,
                                                    double ridge) {
  std::array<double, kStanceWeights> weights{};
  if (rumours.empty()) return weights;
  const double rate = kStep / static_cast<double>(rumours.size());
  for (int step = 0; step < kSteps; ++step) {
    std::array<double, kStanceWeights> gradient{};
    for (std::size_t w = 1; w < kStanceWeights; ++w) gradient[w] = -ridge * weights[w];
    for (const KnownRumour& rumour : rumours) {
      const std::array<double, kStanceWeights> features = StanceFeatures(rumour.counts);
      double logit = 0.0;
      for (std::size_t w = 0; w < kStanceWeights; ++w) logit += weights[w] * features[w];
      const double error = (rumour.is_true ? 1.0 : 0.0) - Logistic(logit);
      for (std::size_t w = 0; w < kStanceWeights; ++w) gradient[w] += error * features[w];
    }
    for (std::size_t w = 0; w < kStanceWeights; ++w) {
      weights[w] += rate * gradient[w];
      if (kStanceSigns[w] > 0) weights[w] = std::max(weights[w], 0.0);
      if (kStanceSigns[w] < 0) weights[w] = std::min(weights[w], 0.0);
    }
  }
  return weights;
}

}  // namespace consilience::corroboration
