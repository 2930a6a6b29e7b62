#include "services/corroboration/scoring/dependence.h"

#include <array>
#include <cmath>

#include "services/corroboration/scoring/log_math.h"

namespace consilience::corroboration {
namespace {

// Probabilities of one shared question under independence: same true, same false, different.
struct Chances {
  double same_true;
  double same_false;
  double different;
};

Chances IndependentChances(double first, double second, double false_values) {
  const double same_true = first * second;
  const double same_false = (1.0 - first) * (1.0 - second) / false_values;
  return {same_true, same_false, AwayFromCertain(1.0 - same_true - same_false)};
}

// The copier takes the other's value with probability c, whether it is right or wrong.
Chances CopyingChances(const Chances& independent, double copied_accuracy, double copy_rate) {
  const double own = 1.0 - copy_rate;
  return {copy_rate * copied_accuracy + own * independent.same_true,
          copy_rate * (1.0 - copied_accuracy) + own * independent.same_false,
          own * independent.different};
}

double LogLikelihood(const SharedCounts& counts, const Chances& chances) {
  return counts.same_true * std::log(chances.same_true) +
         counts.same_false * std::log(chances.same_false) +
         counts.different * std::log(chances.different);
}

}  // namespace

CopyPosterior CopyPrior(const CopyModel& model) {
  return {1.0 - 2.0 * model.copying_prior, model.copying_prior, model.copying_prior};
}

CopyPosterior DetectCopying(const SharedCounts& counts, double first_accuracy,
                            double second_accuracy, double false_values, const CopyModel& model) {
  const SharedEvidence evidence{counts, first_accuracy, second_accuracy, false_values};
  return DetectCopying({&evidence, 1}, model);
}

CopyPosterior DetectCopying(std::span<const SharedEvidence> evidence, const CopyModel& model) {
  const CopyPosterior prior = CopyPrior(model);
  std::array<double, 3> logs = {std::log(prior.independent), std::log(prior.first_copies_second),
                                std::log(prior.second_copies_first)};
  double overlap = 0.0;
  for (const SharedEvidence& e : evidence) {
    if (e.false_values <= 1.0) continue;
    overlap += e.counts.total();
    const double first = AwayFromCertain(e.first_accuracy);
    const double second = AwayFromCertain(e.second_accuracy);
    const Chances independent = IndependentChances(first, second, e.false_values);
    logs[0] += LogLikelihood(e.counts, independent);
    logs[1] += LogLikelihood(e.counts, CopyingChances(independent, second, model.copy_rate));
    logs[2] += LogLikelihood(e.counts, CopyingChances(independent, first, model.copy_rate));
  }
  if (overlap < model.min_overlap || overlap <= 0.0) return prior;
  const double total = LogSumExp(logs);
  return {std::exp(logs[0] - total), std::exp(logs[1] - total), std::exp(logs[2] - total)};
}

}  // namespace consilience::corroboration
