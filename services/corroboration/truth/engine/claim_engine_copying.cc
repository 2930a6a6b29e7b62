// The engine's second telling of a table: with sources that copy in part.
#include <algorithm>
#include <cmath>
#include <utility>

#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/truth/engine/claim_engine.h"
#include "services/corroboration/truth/engine/copying.h"
#include "services/corroboration/truth/engine/republishing.h"

namespace consilience::corroboration {
namespace {

// An attribute of less than one in so many claims is too small to be judged by.
constexpr std::size_t kRareAttribute = 20;

}  // namespace

// As LogLikelihood, with errors that gather on popular values as the table's do (ErrorCrowd), so
// that tellings with different dependences can be compared.
double ClaimEngine::LogEvidence(const ClaimBeliefs& beliefs) const {
  std::vector<double> scores;
  double sum = 0.0;
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const ErrorModel& errors = beliefs.errors[table_.items[i].attribute];
    ErrorCrowd crowd(errors.false_values, statements_.count(i));
    scores.clear();
    for (std::size_t s = statements_.first(i); s < statements_.end(i); ++s) {
      const Statement& statement = statements_[s];
      double right = 0.0;
      for (std::size_t c = statement.first_claim; c < statement.end_claim; ++c) {
        const double accuracy = beliefs.family[slot_[c]];
        right += Share(c) * Logit(accuracy);
        sum += Share(c) * std::log1p(-accuracy);
      }
      crowd.Add(Witnesses(statement.first_claim, statement.end_claim));
      scores.push_back(right);
    }
    for (std::size_t s = 0; s < scores.size(); ++s) scores[s] += crowd.LogLikelihoodBut(s);
    scores.push_back(crowd.LogLikelihood() + std::log(crowd.unstated()));
    sum += LogSumExp(scores) - std::log(crowd.values() + 1.0);
  }
  return sum;
}

// c · P(copying) of each pair, under these beliefs; empty when no pair is likely to copy that does
// not republish anyway.
std::vector<double> ClaimEngine::Copied(const ClaimBeliefs& beliefs) const {
  std::vector<double> accuracy(table_.claims.size());
  for (std::size_t c = 0; c < accuracy.size(); ++c) accuracy[c] = beliefs.family[slot_[c]];
  std::vector<double> false_values;
  for (const ErrorModel& errors : beliefs.errors) false_values.push_back(errors.false_values);
  std::vector<double> copied =
      FindCopying(table_, statements_, pairs_, {beliefs.right, accuracy, false_values}, options_);
  bool any = false;
  for (std::size_t p = 0; p < copied.size(); ++p) {
    if (copied[p] < options_.copying_above || republishing_[p] >= 1.0) copied[p] = 0.0;
    copied[p] *= options_.copy_rate;
    any = any || copied[p] > 0.0;
  }
  if (!any) copied.clear();
  return copied;
}

// The errors of every attribute but the rare ones scatter over many more values than before.
bool ClaimEngine::ScatterMore(const ClaimBeliefs& before, const ClaimBeliefs& after) const {
  std::vector<std::size_t> claims(table_.attributes.size(), 0);
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (IsMine(i)) claims[table_.items[i].attribute] += table_.claims_of(i).size();
  }
  for (std::size_t a = 0; a < claims.size(); ++a) {
    const bool rare = kRareAttribute * claims[a] < table_.claims.size();
    const double least = options_.copying_scatter * before.errors[a].false_values;
    if (!rare && after.errors[a].false_values < least) return false;
  }
  return true;
}

void ClaimEngine::TryCopying(ClaimBeliefs* best) {
  const double apart = LogEvidence(*best);
  std::vector<double> excess = ExcessAgreement(GatherEvidence(table_, statements_, pairs_));
  for (std::size_t p = 0; p < excess.size(); ++p) excess[p] = std::max(excess[p], republishing_[p]);
  Depend(std::move(excess));
  ClaimBeliefs beliefs = StartFromVote();
  Iterate(options_.trial_rounds, false, &beliefs);
  std::vector<double> copied;
  for (int pass = 0; pass < options_.copy_passes; ++pass) {
    std::vector<double> found = Copied(beliefs);
    if (found.empty()) break;
    copied = std::move(found);
    std::vector<double> dependent = republishing_;
    for (std::size_t p = 0; p < dependent.size(); ++p) {
      dependent[p] = std::max(dependent[p], copied[p]);
    }
    Depend(std::move(dependent));
    beliefs = StartFromVote();
    Iterate(options_.trial_rounds, false, &beliefs);
  }
  if (copied.empty()) {
    Depend(republishing_);
    return;
  }
  const double together =
      LogEvidence(beliefs) + CopyLogLikelihood(table_, statements_, pairs_, copied, options_);
  const bool likely = together > apart - options_.copying_cost * std::abs(apart);
  if (likely && ScatterMore(*best, beliefs)) {
    *best = std::move(beliefs);
  } else {
    Depend(republishing_);
  }
}

}  // namespace consilience::corroboration
