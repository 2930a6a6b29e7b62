// How good are the probabilities of a truth method, against gold.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_MEASURES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_MEASURES_H_

#include <cstdint>
#include <span>
#include <vector>

namespace consilience::corroboration {

// One gold item as a method answered it. For a stance item `probability` is that of "true" and
// `right` says whether the gold is true; for any other it is that of the most probable candidate
// and `right` says whether this candidate is the gold.
struct Judged {
  double probability = 0.0;
  bool right = false;
};

struct Measure {
  double value = 0.0;
  double low = 0.0;  // 95% bootstrap interval over items
  double high = 0.0;
};

struct TruthMeasures {
  Measure precision;        // share right; for stances the accuracy of "true at ≥ .5"
  Measure auc;              // stances only; else 0
  Measure brier;            // mean (probability − right)²
  Measure ece;              // 10 equal bins, Σ share · |mean probability − share right|
  Measure confident_wrong;  // among answers given at ≥ .9, the share that is wrong
};

// `resamples` bootstrap samples drawn with a generator seeded by `seed`.
TruthMeasures MeasureTruth(std::span<const Judged> judged, bool stance, int resamples,
                           std::uint32_t seed);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_MEASURES_H_
