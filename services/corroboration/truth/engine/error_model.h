// How the sources of an attribute err: fitted from the table, without gold, from sums that each
// item adds to.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_ERROR_MODEL_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_ERROR_MODEL_H_

#include <cstddef>
#include <span>
#include <vector>

#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/result.h"

namespace consilience::corroboration {

// n. Two independent errors that agree raise a false value to a rival; what matters is how likely a
// third joins them. So n is the share of agreeing among triples of errors of which two agree,
// inverted: Σp² / Σp³, which is 1/p for a false value everybody falls for, and n for n equally
// likely ones. Where triples are few it leans on the estimate from pairs, 1 / Σp², and that on 1.
// The most probable answer of an item counts as its truth.
class CollisionCounter {
 public:
  // The answers of one item: how many independent witnesses each has, and its probability.
  void Add(std::span<const double> witnesses, std::span<const double> probability);

  double FalseValues(const EngineOptions& options) const;

 private:
  double same_pairs_ = 0.0;
  double different_pairs_ = 0.0;
  double triples_ = 0.0;
  double same_triples_ = 0.0;
};

// e. Two right statements of one answer agree to the letter with probability about e².
class ExactnessCounter {
 public:
  // One statement of an answer of the given probability.
  void AddStatement(double witnesses, double probability);
  void AddAnswer(double witnesses, double probability);

  double ExactShare() const;

 private:
  double same_ = 0.0;
  double all_ = 0.0;
};

// ρ: over pairs of claims of an item, the sum of the products of residuals (P(right) − A) over the
// sum of the products of their standard deviations √(A(1 − A)). In surveys this is the intraclass
// correlation, and 1 + (m − 1)·ρ the design effect of asking m members of one class (Kish, Survey
// Sampling, 1965).
class CorrelationCounter {
 public:
  // One claim of the current item: I(g) times its weight, the accuracy of its source, and P(it is
  // right).
  void AddClaim(double weight, double accuracy, double right);
  void FinishItem();

  double Correlation() const;  // in [0, 1]

 private:
  double residuals_ = 0.0;
  double squared_residuals_ = 0.0;
  double deviations_ = 0.0;
  double squared_deviations_ = 0.0;
  double covariance_ = 0.0;
  double scale_ = 0.0;
};

// How likely the errors of one item fall as they do when errors follow the popular ones: a
// Dirichlet-multinomial over the item's false values, of the concentration under which two errors
// agree with probability 1/n.
class ErrorCrowd {
 public:
  // `stated` values, of which one may be true.
  ErrorCrowd(double false_values, std::size_t stated);

  // The next stated value and how many witnesses it has.
  void Add(double witnesses);

  // ln P of all stated values as errors, and of all but the `value`-th.
  double LogLikelihood() const;
  double LogLikelihoodBut(std::size_t value) const;

  double values() const { return values_; }  // false values there are
  // Of the values that can be true, those that nobody states; at least 1.
  double unstated() const;

 private:
  double Rest(double witnesses) const;

  double values_ = 1.0;
  double each_ = 0.0;  // concentration of each value; 0 where errors are spread evenly
  double witnesses_ = 0.0;
  double sum_ = 0.0;  // of terms_
  std::vector<double> terms_;
  std::vector<double> counts_;
};

// What a statement within tolerance of an answer adds to its log-odds, when the exact one adds
// `weight`: less by ln(e / ((1 − e) / scatter)), the log-ratio of hitting the very number to
// hitting one of the near ones.
double NearWeight(double weight, double exact_share, double scatter);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_ERROR_MODEL_H_
