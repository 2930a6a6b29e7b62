// Does one source copy another? The copy detection of Dong, Berti-Équille and Srivastava,
// "Integrating conflicting data: the role of source dependence", VLDB 2009, in the log domain and
// with soft counts.
//
// Sharing a true value says little, because there is only one truth to share; sharing a false one
// says much, because independent errors fall on n different values.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_DEPENDENCE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_DEPENDENCE_H_

#include <span>

namespace consilience::corroboration {

// Over the questions that both sources answer: expected numbers of shared true values (Σ P(v)),
// shared false values (Σ 1 − P(v)) and different values. Real numbers; revisable by subtraction.
struct SharedCounts {
  double same_true = 0.0;
  double same_false = 0.0;
  double different = 0.0;

  double total() const { return same_true + same_false + different; }
};

struct CopyModel {
  double copy_rate = 0.8;      // c: share of its values that a copier copies, in (0, 1)
  double copying_prior = 0.1;  // α: probability of copying in one direction, in (0, 0.5)
  double min_overlap = 3.0;    // with fewer shared questions the answer stays at the prior
};

// The three hypotheses about an ordered pair; they sum to 1.
struct CopyPosterior {
  double independent = 0.0;
  double first_copies_second = 0.0;
  double second_copies_first = 0.0;

  double dependent() const { return first_copies_second + second_copies_first; }
};

// What two sources share where n and their accuracies are the same throughout.
struct SharedEvidence {
  SharedCounts counts;
  double first_accuracy = 0.5;   // in (0, 1)
  double second_accuracy = 0.5;  // in (0, 1)
  double false_values = 1.0;     // n ≥ 1
};

// The prior of the three hypotheses: {1 − 2α, α, α}.
CopyPosterior CopyPrior(const CopyModel& model);

// `first_accuracy`, `second_accuracy` in (0, 1); `false_values` is n ≥ 1, the number of plausible
// false values of a question. With n = 1 (binary questions) two honest sources of equal accuracy
// share errors as easily as two copiers do, so the answer stays at the prior.
CopyPosterior DetectCopying(const SharedCounts& counts, double first_accuracy,
                            double second_accuracy, double false_values, const CopyModel& model);

// The same over several families of questions; evidence with n = 1 is left out.
CopyPosterior DetectCopying(std::span<const SharedEvidence> evidence, const CopyModel& model);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_DEPENDENCE_H_
