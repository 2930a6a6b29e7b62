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
  const CopyPosterior prior = CopyPrior(model);
  if (counts.total() < model.min_overlap || false_values <= 1.0) return prior;
  const double first = AwayFromCertain(first_accuracy);
  const double second = AwayFromCertain(second_accuracy);
  const Chances independent = IndependentChances(first, second, false_values);
  const Chances first_copies = CopyingChances(independent, second, model.copy_rate);
  const Chances second_copies = CopyingChances(independent, first, model.copy_rate);
  const std::array<double, 3> logs = {
      LogLikelihood(counts, independent) + std::log(prior.independent),
      LogLikelihood(counts, first_copies) + std::log(prior.first_copies_second),
      LogLikelihood(counts, second_copies) + std::log(prior.second_copies_first)};
  const double total = LogSumExp(logs);
  return {std::exp(logs[0] - total), std::exp(logs[1] - total), std::exp(logs[2] - total)};
}

}  // namespace consilience::corroboration
