#include "services/corroboration/truth/engine/claim_engine.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

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
      dependent_(FindRepublishing(table, statements_, pairs_, options)),
      independence_(ClaimIndependence(table, statements_, pairs_, dependent_)),
      answers_(table, statements_, independence_) {}

double ClaimEngine::Witnesses(std::size_t first_claim, std::size_t end_claim) const {
  double total = 0.0;
  for (std::size_t c = first_claim; c < end_claim; ++c) total += Share(c);
  return total;
}

// The statements of a candidate share its belief by their witnesses.
ClaimBeliefs ClaimEngine::Start(const std::vector<double>& candidates) const {
  ClaimBeliefs beliefs;
  beliefs.accuracy.assign(table_.sources.size(), options_.accuracy.mean);
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

int ClaimEngine::Iterate(int rounds, ClaimBeliefs* beliefs) const {
  for (int round = 1; round <= rounds; ++round) {
    const std::vector<double> before = beliefs->accuracy;
    UpdateAccuracy(beliefs);
    UpdateErrors(beliefs);
    UpdateProbability(false, beliefs);
    if (LargestChange(before, beliefs->accuracy) < options_.converged) return round;
  }
  return rounds;
}

std::vector<double> ClaimEngine::Weights(const ClaimBeliefs& beliefs, WeightOf weight_of) const {
  std::vector<double> weights;
  weights.reserve(beliefs.errors.size() * beliefs.accuracy.size());
  for (const ErrorModel& errors : beliefs.errors) {
    for (const double accuracy : beliefs.accuracy) {
      weights.push_back(weight_of(accuracy, errors.false_values, options_.weight_cap));
    }
  }
  return weights;
}

// C of every statement of the item; `weights` of its attribute, by source.
void ClaimEngine::ScoreItem(std::size_t item, const ClaimBeliefs& beliefs,
                            std::span<const double> weights, std::span<double> scores) const {
  const ErrorModel& errors = beliefs.errors[table_.items[item].attribute];
  const bool categories = table_.spec_of(item).kind == ValueKind::kCategory;
  const std::size_t first = statements_.first(item);
  const std::span<const Relation> relations = statements_.relations(item);
  std::vector<double> support(relations.empty() ? 0 : scores.size(), 0.0);
  for (std::size_t s = 0; s < scores.size(); ++s) {
    const Statement& statement = statements_[first + s];
    scores[s] = 0.0;
    for (std::size_t c = statement.first_claim; c < statement.end_claim; ++c) {
      const double weight = weights[table_.claims[c].source];
      scores[s] += Share(c) * weight;
      if (support.empty()) continue;
      support[s] +=
          Share(c) * (categories ? options_.omission_weight
                                 : NearWeight(weight, errors.exact_share, options_.scatter));
    }
  }
  for (const Relation& relation : relations) {
    scores[relation.to - first] += support[relation.from - first];
  }
}

void ClaimEngine::UpdateProbability(bool damped, ClaimBeliefs* beliefs) const {
  const std::vector<double> weights = Weights(*beliefs, &SmoothOriginWeight);
  const std::size_t sources = table_.sources.size();
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const std::size_t count = statements_.count(i);
    const std::uint32_t attribute = table_.items[i].attribute;
    const ErrorModel& errors = beliefs->errors[attribute];
    const std::span<double> scores{beliefs->probability.data() + statements_.first(i), count};
    ScoreItem(i, *beliefs, {weights.data() + attribute * sources, sources}, scores);
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
  const std::size_t sources = table_.sources.size();
  std::vector<double> scores;
  double sum = 0.0;
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    const std::uint32_t attribute = table_.items[i].attribute;
    const double n = beliefs.errors[attribute].false_values;
    scores.resize(statements_.count(i));
    ScoreItem(i, beliefs, {weights.data() + attribute * sources, sources}, scores);
    scores.push_back(NoneOfTheseLogMass(n, static_cast<double>(scores.size()), 1.0));
    sum += LogSumExp(scores) - std::log1p(n);
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      sum += Share(c) * std::log((1.0 - beliefs.accuracy[table_.claims[c].source]) / n);
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

void ClaimEngine::UpdateAccuracy(ClaimBeliefs* beliefs) const {
  std::vector<AccuracyCounts> counts(table_.sources.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (!IsMine(i)) continue;
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const double right = beliefs->right[statements_.of_claim(c)];
      counts[table_.claims[c].source] += {right, 1.0 - right};
    }
  }
  for (std::size_t s = 0; s < counts.size(); ++s) {
    beliefs->accuracy[s] = std::clamp(PosteriorAccuracy(counts[s], options_.accuracy),
                                      options_.least_accuracy, options_.most_accuracy);
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
      counter.AddClaim(Share(c), beliefs->accuracy[table_.claims[c].source],
                       beliefs->right[statements_.of_claim(c)]);
    }
    counter.FinishItem();
  }
  for (std::size_t a = 0; a < counters.size(); ++a) {
    beliefs->errors[a].correlation = counters[a].Correlation();
  }
}

TruthResult ClaimEngine::Run() {
  // A vote among independent witnesses, believed as if all sources were equally good.
  std::vector<double> vote(table_.values.size(), 0.0);
  std::vector<double> shares(table_.claims.size());
  for (std::size_t c = 0; c < shares.size(); ++c) {
    shares[c] = Share(c);
    vote[table_.claims[c].value] += shares[c];
  }
  NormaliseItems(table_, &vote);
  ClaimBeliefs best = Start(vote);
  UpdateProbability(false, &best);
  int rounds = Iterate(options_.trial_rounds, &best);

  ClaimBeliefs other = Start(PooledInvestmentOf(table_, shares).probability);
  Iterate(options_.trial_rounds, &other);
  if (LogLikelihood(other) > LogLikelihood(best)) best = std::move(other);

  rounds += Iterate(options_.max_rounds - options_.trial_rounds, &best);
  UpdateCorrelation(&best);
  UpdateProbability(true, &best);
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
