// How reliable a source is, as a Beta posterior over the share of its statements that are right.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_ACCURACY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_ACCURACY_H_

namespace consilience::corroboration {

// What is believed of a source before it has been seen, as `strength` imagined statements of which
// the share `mean` was right. Shrinkage nests: a source's prior mean is the posterior mean of its
// claim family, whose prior mean is that of the kind of source.
struct BetaPrior {
  double mean = 0.8;      // in (0, 1)
  double strength = 4.0;  // imagined statements, > 0
};

// Expected numbers of right and wrong statements: Σ P(v) and Σ (1 − P(v)) over what a source said.
// Soft counts are revisable: what was added can be subtracted.
struct AccuracyCounts {
  double right = 0.0;
  double wrong = 0.0;

  double total() const { return right + wrong; }
  AccuracyCounts& operator+=(const AccuracyCounts& other) {
    right += other.right;
    wrong += other.wrong;
    return *this;
  }
  AccuracyCounts& operator-=(const AccuracyCounts& other) {
    right -= other.right;
    wrong -= other.wrong;
    return *this;
  }
};

// Posterior mean of the Beta with the prior's pseudo-counts; in (0, 1) for a prior mean in (0, 1).
inline double PosteriorAccuracy(const AccuracyCounts& counts, const BetaPrior& prior) {
  return (counts.right + prior.mean * prior.strength) / (counts.total() + prior.strength);
}

// The prior for the next finer level: its mean is what this level has learned.
inline BetaPrior RefinedPrior(const AccuracyCounts& counts, const BetaPrior& prior,
                              double strength) {
  return {PosteriorAccuracy(counts, prior), strength};
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_ACCURACY_H_
