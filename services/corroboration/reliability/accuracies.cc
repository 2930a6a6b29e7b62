#include "services/corroboration/reliability/accuracies.h"

#include <algorithm>
#include <cmath>

#include "services/corroboration/scoring/accuracy.h"

namespace consilience::corroboration {
namespace {

constexpr double kStep = 0.01;
constexpr double kMillion = 1e6;

}  // namespace

double PublishedAccuracy(const SourceCounts& counts, SourceKind kind, const Configuration& config) {
  const AccuracyCounts seen{static_cast<double>(counts.right) / kMillion,
                            static_cast<double>(counts.wrong) / kMillion};
  const double accuracy =
      PosteriorAccuracy(seen, {config.PriorAccuracy(kind), config.accuracy_prior_strength});
  return std::clamp(std::round(accuracy / kStep) * kStep, kStep, 1.0 - kStep);
}

SourceCounts Without(SourceCounts counts, const std::vector<Contribution>& contributions) {
  for (const Contribution& contribution : contributions) {
    if (contribution.source != counts.source || contribution.family != counts.family) continue;
    counts.right -= contribution.right;
    counts.wrong -= contribution.wrong;
  }
  return counts;
}

}  // namespace consilience::corroboration
