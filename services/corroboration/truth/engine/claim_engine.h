// Our engine for categories, sets, times and numbers.
//
//   1. Sources that republish others are found by agreement to the letter (republishing.h); from
//   then on every claim
//      counts with its independence I.
//   2. Expectation–maximisation over exact statements: posteriors by scoring.md's C(v)
//   (scoring/posterior.h),
//      accuracies as Beta posteriors, and n and e of each attribute (error_model.h), all from one
//      another until they settle. It finds the nearest of several states, so it starts from two, a
//      vote among independent witnesses and PooledInvestment, and goes on with the one under which
//      the claims are likelier.
//   3. The table is told once more with sources that copy in part (copying.h), from a vote in which
//   sources that agree beyond the common measure count less; that telling stands where the errors
//   that it leaves scatter far more widely.
//   4. The log-odds of each item are divided by its design effect 1 + (m − 1)·ρ/2, m its
//   independent witnesses.
//   5. Attributes whose answers are labels are told by what each source says of which truth
//   (label_model.h), beginning from what is believed by now.
//   6. Probabilities of statements are summed into the candidates of the table.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/corroboration/truth/engine/error_model.h"
#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/statements.h"
#include "services/corroboration/truth/pair_counts.h"
#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// What the engine believes at some point of the estimation.
struct ClaimBeliefs {
  std::vector<double> accuracy;     // of each source
  std::vector<double> family;       // of each source in each attribute of which it speaks, by slot
  std::vector<ErrorModel> errors;   // of each attribute
  std::vector<double> probability;  // of each statement: that it is exactly so
  std::vector<double> right;        // of each statement: that its answer is so
};

// Used once: construct, Run. Stance items are left at probability 0 for the stance engine. The
// table outlives the engine.
class ClaimEngine {
 public:
  ClaimEngine(const TruthTable& table, const EngineOptions& options);

  TruthResult Run();

 private:
  bool IsMine(std::size_t item) const {
    return table_.spec_of(item).kind != ValueKind::kStance && statements_.count(item) > 0;
  }
  double Share(std::size_t claim) const {
    return independence_[claim] * static_cast<double>(table_.claims[claim].weight);
  }
  double Witnesses(std::size_t first_claim, std::size_t end_claim) const;

  // Counts every claim with the independence that these dependences of pairs leave it.
  void Depend(std::vector<double> dependent);
  // A vote among independent witnesses, believed as if all sources were equally good.
  ClaimBeliefs StartFromVote() const;
  // Tells the claims once more with sources that copy in part, which explains shared errors without
  // a truth in common. That is kept where the errors that remain scatter as independent ones do,
  // and where it does not cost too much of the evidence.
  void TryCopying(ClaimBeliefs* best);
  bool ScatterMore(const ClaimBeliefs& before, const ClaimBeliefs& after) const;
  std::vector<double> Copied(const ClaimBeliefs& beliefs) const;

  // Starts from how much of each candidate is believed.
  ClaimBeliefs Start(const std::vector<double>& candidates) const;
  int Iterate(int rounds, bool families, ClaimBeliefs* beliefs) const;
  double LogLikelihood(const ClaimBeliefs& beliefs) const;
  double LogEvidence(const ClaimBeliefs& beliefs) const;

  void UpdateProbability(bool damped, ClaimBeliefs* beliefs) const;
  void ScoreItem(std::size_t item, const ClaimBeliefs& beliefs, std::span<const double> weights,
                 std::span<double> scores) const;
  // What the word of each source weighs in each attribute, by slot.
  using WeightOf = double (*)(double accuracy, double false_values, double cap);
  std::vector<double> Weights(const ClaimBeliefs& beliefs, WeightOf weight_of) const;
  void UpdateRight(ClaimBeliefs* beliefs) const;
  void UpdateAccuracy(bool families, ClaimBeliefs* beliefs) const;
  void UpdateErrors(ClaimBeliefs* beliefs) const;
  void UpdateCorrelation(ClaimBeliefs* beliefs) const;
  void RefineLabels(ClaimBeliefs* beliefs) const;
  void RefineLabels(std::uint32_t attribute, ClaimBeliefs* beliefs) const;
  TruthResult Report(const ClaimBeliefs& beliefs, int rounds) const;

  // A source in an attribute.
  struct Family {
    std::uint32_t source;
    std::uint32_t attribute;
  };
  void FindFamilies();

  const TruthTable& table_;
  EngineOptions options_;
  StatementIndex statements_;
  SourcePairs pairs_;
  std::vector<double> republishing_;  // of each pair of sources
  std::vector<double> copied_;        // of each pair: c · P(copying); empty when there is none
  std::vector<double> dependent_;     // of each pair: what these amount to
  std::vector<double> independence_;  // of each claim
  AnswerIndex answers_;
  std::vector<Family> families_;     // of each slot
  std::vector<std::uint32_t> slot_;  // of each claim
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_CLAIM_ENGINE_H_
