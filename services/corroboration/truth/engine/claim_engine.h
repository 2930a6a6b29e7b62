// Our engine for categories, sets, times and numbers.
//
//   1. Sources that republish others are found by agreement to the letter (republishing.h); from
//   then on every claim counts
//      with its independence I.
//   2. Expectation–maximisation over exact statements: posteriors by scoring.md's C(v)
//   (scoring/posterior.h), accuracies as
//      Beta posteriors, and n and e of each attribute (error_model.h), all from one another until
//      they settle.
//   3. The log-odds of each item are divided by its design effect 1 + (m − 1)·ρ/2, m its
//   independent witnesses.
//   4. Probabilities of statements are summed into the candidates of the table.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "services/corroboration/truth/engine/error_model.h"
#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/statements.h"
#include "services/corroboration/truth/pair_counts.h"
#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// Used once: construct, Run. Stance items are left at probability 0 for the stance engine. The
// table outlives the engine.
class ClaimEngine {
 public:
  ClaimEngine(const TruthTable& table, const EngineOptions& options);

  TruthResult Run();

 private:
  void Start();
  void UpdateProbability(bool damped);
  void ScoreItem(std::size_t item, double damping, std::span<double> scores) const;
  void UpdateRight();
  void UpdateAccuracy();
  void UpdateErrors();
  void UpdateCorrelation();
  double Witnesses(std::size_t item) const;
  TruthResult Report(int rounds) const;

  const TruthTable& table_;
  EngineOptions options_;
  StatementIndex statements_;
  SourcePairs pairs_;
  std::vector<double> dependent_;     // a pair of sources
  std::vector<double> independence_;  // a claim
  AnswerIndex answers_;
  std::vector<double> accuracy_;     // a source
  std::vector<ErrorModel> errors_;   // an attribute
  std::vector<double> probability_;  // a statement: that it is exactly so
  std::vector<double> right_;        // a statement: that its answer is so
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_
