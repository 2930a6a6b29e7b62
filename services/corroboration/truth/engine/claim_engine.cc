#include "services/corroboration/truth/engine/claim_engine.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/scoring/posterior.h"
#include "services/corroboration/truth/engine/republishing.h"
#include "services/corroboration/truth/methods/method.h"
#include "services/corroboration/truth/regroup.h"

namespace consilience::corroboration {
namespace {

// Pairs less likely to depend on one another than this are not worth a line in the report.
constexpr double kReportedDependence = 0.05;

// The very log-likelihood ratio, which a likelihood needs, below 0 as it may be.
double LogOdds(double accuracy, double false_values, double /*cap*/) {
  return std::log(false_values) + Logit(accuracy);
}

}  // namespace

ClaimEngine::ClaimEngine(const TruthTable& table, const EngineOptions& options)
    : table_(table),
      options_(options),
      statements_(table),
      pairs_(table, options.min_overlap),
      republishing_(FindRepublishing(table, statements_, pairs_, options)),
      dependent_(republishing_),
      independence_(ClaimIndependence(table, statements_, pairs_, dependent_)),
      answers_(table, statements_, independence_) {
  FindFamilies();
}

// Slots in the order of the claims.
void ClaimEngine::FindFamilies() {
  absl::flat_hash_map<std::uint64_t, std::uint32_t> slots;
  slot_.resize(table_.claims.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    const std::uint32_t attribute = table_.items[i].attribute;
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const std::uint32_t source = table_.claims[c].source;
      const std::uint64_t key = (std::uint64_t{attribute} << 32) | source;
      const auto [found, added] =
          slots.try_emplace(key, static_cast<std::uint32_t>(families_.size()));
      if (added) families_.push_back({source, attribute});
      slot_[c] = found->second;
    }
  }
}

void ClaimEngine::Depend(std::vector<double> dependent) {
  dependent_ = std::move(dependent);
  independence_ = ClaimIndependence(table_, statements_, pairs_, dependent_);
  answers_ = AnswerIndex(table_, statements_, independence_);
}

double ClaimEngine::Witnesses(std::size_t first_claim, std::size_t end_claim) const {
  double total = 0.0;
  for (std::size_t c = first_claim; c < end_claim; ++c) total += Share(c);
  return total;
}

// The statements of a candidate share its belief by their witnesses.
ClaimBeliefs ClaimEngine::Start(const std::vector<double>& candidates) const {
  ClaimBeliefs beliefs;
  beliefs.accuracy.assign(table_.sources.size(), options_.accuracy.mean);
  beliefs.family.assign(families_.size(), options_.accuracy.mean);
  beliefs.errors.resize(table_.attributes.size());
  beliefs.probability.assign(statements_.all().size(), 0.0);
  std::vector<double> witnesses(table_.values.size(), 0.0);
  for (std::size_t c = 0; c < table_.claims.size(); ++c) {
    witnesses[table_.claims[c].value] += Share(c);
  }
  for (std::size_t s = 0; s < statements_.all().size(); ++s) {
    const Statement& statement = statements_[s];
    beliefs.probability[s] = candidates[statement.value] *
                             Witnesses(statement.first_claim, statement.end_claim) /
                             witnesses[statement.value];
  }
  UpdateRight(&beliefs);
  UpdateErrors(&beliefs);
  return beliefs;
}

int ClaimEngine::Iterate(int rounds, bool families, ClaimBeliefs* beliefs) const {
  for (int round = 1; round <= rounds; ++round) {
    const std::vector<double> before = beliefs->family;
    UpdateAccuracy(families, beliefs);
    UpdateErrors(beliefs);
    UpdateProbability(false, beliefs);
    if (LargestChange(before, beliefs->family) < options_.converged) return round;
  }
  return rounds;
}

std::vector<double> ClaimEngine::Weights(const ClaimBeliefs& beliefs, WeightOf weight_of) const {
  std::vector<double> weights;
  weights.reserve(beliefs.family.size());
  for (std::size_t f = 0; f < families_.size(); ++f) {
    const ErrorModel& errors = beliefs.errors[families_[f].attribute];
    weights.push_back(weight_of(beliefs.family[f], errors.false_values, options_.weight_cap));
  }
  return weights;
}

// C of every statement of the item; `weights` by slot.
void ClaimEngine::ScoreItem(std::size_t item, const ClaimBeliefs& beliefs,
                            std::span<const double> weights, std::span<double> scores) const {
  const ErrorModel& errors = beliefs.errors[table_.items[item].attribute];
  const bool categories = table_.spec_of(item).kind == ValueKind::kCategory;
  const std::size_t first = statements_.first(item);
  const std::span<const StatementRelation> relations = statements_.relations(item);
  std::vector<double> support(relations.empty() ? 0 : scores.size(), 0.0);
  for (std::size_t s = 0; s < scores.size(); ++s) {
    const Statement& statement = statements_[first + s];
    scores[s] = 0.0;
    for (std::size_t c = statement.first_claim; c < statement.end_claim; ++c) {
      const double weight = weights[slot_[c]];
      scores[s] += Share(c) * weight;
      if (support.empty()) continue;
      support[s] +=
          Share(c) * (categories ? options_.omission_weight
                                 : NearWeight(weight, errors.exact_share, options_.scatter));
    }
  }
  for (const StatementRelation& relation : relations) {
    scores[relation.to - first] += support[relation.from - first];
  }
}

void ClaimEngine::UpdateProbability(bool damped, ClaimBeliefs* beliefs) const {
  const std::vector<double> weights = Weights(*beliefs, &SmoothOriginWeight);
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const std::size_t count = statements_.count(i);
    const std::uint32_t attribute = table_.items[i].attribute;
    const ErrorModel& errors = beliefs->errors[attribute];
    const std::span<double> scores{beliefs->probability.data() + statements_.first(i), count};
    ScoreItem(i, *beliefs, weights, scores);
    if (damped) {
      const double witnesses = Witnesses(table_.items[i].first_claim, table_.end_claim(i));
      const double effect =
          1.0 + options_.correlation_share * errors.correlation * std::max(0.0, witnesses - 1.0);
      for (double& score : scores) score /= effect;
    }
    PosteriorInPlace(scores,
                     NoneOfTheseLogMass(errors.false_values, static_cast<double>(count), 1.0));
  }
  UpdateRight(beliefs);
}

// Σ over items of ln Σ_t e^C(t) · Π_g ((1 − A_g) / n)^I(g) / (n + 1): the claims given the beliefs,
// the truths summed out.
double ClaimEngine::LogLikelihood(const ClaimBeliefs& beliefs) const {
  const std::vector<double> weights = Weights(beliefs, &LogOdds);
  std::vector<double> scores;
  double sum = 0.0;
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const std::uint32_t attribute = table_.items[i].attribute;
    const double n = beliefs.errors[attribute].false_values;
    scores.resize(statements_.count(i));
    ScoreItem(i, beliefs, weights, scores);
    scores.push_back(NoneOfTheseLogMass(n, static_cast<double>(scores.size()), 1.0));
    sum += LogSumExp(scores) - std::log1p(n);
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      sum += Share(c) * std::log((1.0 - beliefs.family[slot_[c]]) / n);
    }
  }
  return sum;
}

void ClaimEngine::UpdateRight(ClaimBeliefs* beliefs) const {
  std::vector<double> sums(answers_.size(), 0.0);
  const std::vector<double>& probability = beliefs->probability;
  for (std::size_t s = 0; s < probability.size(); ++s) {
    sums[answers_.of_statement(s)] += probability[s];
  }
  beliefs->right.resize(probability.size());
  for (std::size_t s = 0; s < probability.size(); ++s) {
    beliefs->right[s] = sums[answers_.of_statement(s)];
  }
}

// Shrunk twice: a source in an attribute towards the source elsewhere, that towards the prior.
// Without `families` a source is as accurate in every attribute.
void ClaimEngine::UpdateAccuracy(bool families, ClaimBeliefs* beliefs) const {
  std::vector<AccuracyCounts> counts(table_.sources.size());
  std::vector<AccuracyCounts> family(families_.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const double right = beliefs->right[statements_.of_claim(c)];
      counts[table_.claims[c].source] += {right, 1.0 - right};
      family[slot_[c]] += {right, 1.0 - right};
    }
  }
  const auto clamped = [this](double accuracy) {
    return std::clamp(accuracy, options_.least_accuracy, options_.most_accuracy);
  };
  for (std::size_t s = 0; s < counts.size(); ++s) {
    beliefs->accuracy[s] = clamped(PosteriorAccuracy(counts[s], options_.accuracy));
  }
  for (std::size_t f = 0; f < family.size(); ++f) {
    const std::uint32_t source = families_[f].source;
    beliefs->family[f] = beliefs->accuracy[source];
    if (!families) continue;
    AccuracyCounts elsewhere = counts[source];
    elsewhere -= family[f];
    const double strength =
        std::min(options_.family_strength, elsewhere.total() + options_.accuracy.strength);
    const BetaPrior prior = RefinedPrior(elsewhere, options_.accuracy, strength);
    beliefs->family[f] = clamped(PosteriorAccuracy(family[f], prior));
  }
}

void ClaimEngine::UpdateErrors(ClaimBeliefs* beliefs) const {
  std::vector<CollisionCounter> collisions(table_.attributes.size());
  std::vector<ExactnessCounter> exactness(table_.attributes.size());
  std::vector<double> witnesses;
  std::vector<double> probability;
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const std::uint32_t attribute = table_.items[i].attribute;
    witnesses.assign(answers_.end(i) - answers_.first(i), 0.0);
    probability.assign(witnesses.size(), 0.0);
    for (std::size_t s = statements_.first(i); s < statements_.end(i); ++s) {
      const Statement& statement = statements_[s];
      const double mine = Witnesses(statement.first_claim, statement.end_claim);
      const std::size_t answer = answers_.of_statement(s) - answers_.first(i);
      witnesses[answer] += mine;
      probability[answer] = beliefs->right[s];
      exactness[attribute].AddStatement(mine, beliefs->right[s]);
    }
    collisions[attribute].Add(witnesses, probability);
    for (std::size_t v = 0; v < witnesses.size(); ++v) {
      exactness[attribute].AddAnswer(witnesses[v], probability[v]);
    }
  }
  for (std::size_t a = 0; a < collisions.size(); ++a) {
    beliefs->errors[a].false_values = collisions[a].FalseValues(options_);
    beliefs->errors[a].exact_share = exactness[a].ExactShare();
  }
}

void ClaimEngine::UpdateCorrelation(ClaimBeliefs* beliefs) const {
  std::vector<CorrelationCounter> counters(table_.attributes.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    CorrelationCounter& counter = counters[table_.items[i].attribute];
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      counter.AddClaim(Share(c), beliefs->family[slot_[c]],
                       beliefs->right[statements_.of_claim(c)]);
    }
    counter.FinishItem();
  }
  for (std::size_t a = 0; a < counters.size(); ++a) {
    beliefs->errors[a].correlation = counters[a].Correlation();
  }
}

ClaimBeliefs ClaimEngine::StartFromVote() const {
  std::vector<double> vote(table_.values.size(), 0.0);
  for (std::size_t c = 0; c < table_.claims.size(); ++c) vote[table_.claims[c].value] += Share(c);
  NormaliseItems(table_, &vote);
  ClaimBeliefs beliefs = Start(vote);
  UpdateProbability(false, &beliefs);
  return beliefs;
}

TruthResult ClaimEngine::Run() {
  std::vector<double> shares(table_.claims.size());
  for (std::size_t c = 0; c < shares.size(); ++c) shares[c] = Share(c);
  ClaimBeliefs best = StartFromVote();
  int rounds = Iterate(options_.trial_rounds, false, &best);

  ClaimBeliefs other = Start(PooledInvestmentOf(table_, shares).probability);
  Iterate(options_.trial_rounds, false, &other);
  if (LogLikelihood(other) > LogLikelihood(best)) best = std::move(other);
  TryCopying(&best);

  // Only then each attribute for itself: with that freedom from the start, a camp that errs
  // together in one attribute would be taken for good at it.
  rounds += Iterate(options_.max_rounds - options_.trial_rounds, false, &best);
  rounds += Iterate(options_.max_rounds - options_.trial_rounds, true, &best);
  UpdateCorrelation(&best);
  UpdateProbability(true, &best);
  RefineLabels(&best);
  return Report(best, rounds);
}

TruthResult ClaimEngine::Report(const ClaimBeliefs& beliefs, int rounds) const {
  TruthResult result;
  result.rounds = rounds;
  result.accuracy = beliefs.accuracy;
  result.errors = beliefs.errors;
  std::vector<double> belief(table_.claims.size());
  for (std::size_t c = 0; c < belief.size(); ++c) {
    belief[c] = beliefs.probability[statements_.of_claim(c)];
  }
  RegroupedTable regrouped = Regroup(table_, belief, independence_);
  const TruthTable& table = regrouped.table;
  result.probability.assign(table.values.size(), 0.0);
  result.effective_origins.assign(table.values.size(), 0.0);
  for (std::size_t c = 0; c < table.claims.size(); ++c) {
    const std::size_t old = regrouped.old_claim[c];
    const std::uint32_t value = table.claims[c].value;
    result.independence.push_back(independence_[old]);
    result.claim_accuracy.push_back(beliefs.family[slot_[old]]);
    result.effective_origins[value] += independence_[old];
    const std::uint32_t statement = statements_.of_claim(old);
    if (statements_[statement].first_claim == old) {
      result.probability[value] += beliefs.probability[statement];
    }
  }
  const std::vector<SharedCounts> shared = CountShared(table, pairs_, result.probability);
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    if (dependent_[p] < kReportedDependence) continue;
    const auto [first, second] = pairs_.pair(p);
    result.dependence.push_back({first, second, dependent_[p], shared[p].same_true,
                                 shared[p].same_false, shared[p].different});
  }
  result.regrouped = std::make_shared<const TruthTable>(std::move(regrouped.table));
  return result;
}

}  // namespace consilience::corroboration
