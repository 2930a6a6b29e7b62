#include "services/corroboration/truth/engine/claim_engine.h"

#include <algorithm>
#include <cmath>

#include "services/corroboration/scoring/posterior.h"
#include "services/corroboration/truth/engine/republishing.h"
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

// Pairs less likely to depend on one another than this are not worth a line in the report.
constexpr double kReportedDependence = 0.05;

}  // namespace

ClaimEngine::ClaimEngine(const TruthTable& table, const EngineOptions& options)
    : table_(table),
      options_(options),
      statements_(table),
      pairs_(table, options.min_overlap),
      dependent_(FindRepublishing(table, statements_, pairs_, options)),
      independence_(ClaimIndependence(table, statements_, pairs_, dependent_)),
      answers_(table, statements_, independence_),
      accuracy_(table.sources.size(), options.accuracy.mean),
      errors_(table.attributes.size()),
      probability_(statements_.all().size(), 0.0),
      right_(statements_.all().size(), 0.0) {}

// A vote among independent witnesses gives the first error model; with it and equal accuracies come
// the first posteriors.
void ClaimEngine::Start() {
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    const double total = Witnesses(i);
    for (std::size_t s = statements_.first(i); s < statements_.end(i); ++s) {
      double witnesses = 0.0;
      for (std::size_t c = statements_[s].first_claim; c < statements_[s].end_claim; ++c) {
        witnesses += independence_[c] * static_cast<double>(table_.claims[c].weight);
      }
      probability_[s] = witnesses / total;
    }
  }
  UpdateRight();
  UpdateErrors();
  UpdateProbability(false);
}

double ClaimEngine::Witnesses(std::size_t item) const {
  double total = 0.0;
  for (std::size_t c = table_.items[item].first_claim; c < table_.end_claim(item); ++c) {
    total += independence_[c] * static_cast<double>(table_.claims[c].weight);
  }
  return total;
}

// C of every statement of the item, divided by `damping`.
void ClaimEngine::ScoreItem(std::size_t item, double damping, std::span<double> scores) const {
  const ErrorModel& errors = errors_[table_.items[item].attribute];
  const bool categories = table_.spec_of(item).kind == ValueKind::kCategory;
  const std::size_t first = statements_.first(item);
  const std::span<const Relation> relations = statements_.relations(item);
  std::vector<double> support(relations.empty() ? 0 : scores.size(), 0.0);
  for (std::size_t s = 0; s < scores.size(); ++s) {
    const Statement& statement = statements_[first + s];
    scores[s] = 0.0;
    for (std::size_t c = statement.first_claim; c < statement.end_claim; ++c) {
      const Claim& claim = table_.claims[c];
      const double share = independence_[c] * static_cast<double>(claim.weight);
      const double weight =
          SmoothOriginWeight(accuracy_[claim.source], errors.false_values, options_.weight_cap);
      scores[s] += share * weight;
      if (support.empty()) continue;
      support[s] += share * (categories ? options_.omission_weight
                                        : NearWeight(weight, errors.exact_share, options_.scatter));
    }
  }
  for (const Relation& relation : relations) {
    scores[relation.to - first] += support[relation.from - first];
  }
  for (double& score : scores) score /= damping;
}

void ClaimEngine::UpdateProbability(bool damped) {
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    const std::size_t count = statements_.count(i);
    if (count == 0 || table_.spec_of(i).kind == ValueKind::kStance) continue;
    const ErrorModel& errors = errors_[table_.items[i].attribute];
    double damping = 1.0;
    if (damped) {
      const double others = std::max(0.0, Witnesses(i) - 1.0);
      damping += options_.correlation_share * errors.correlation * others;
    }
    const std::span<double> scores{probability_.data() + statements_.first(i), count};
    ScoreItem(i, damping, scores);
    PosteriorInPlace(scores,
                     NoneOfTheseLogMass(errors.false_values, static_cast<double>(count), 1.0));
  }
  UpdateRight();
}

void ClaimEngine::UpdateRight() {
  std::vector<double> sums(answers_.size(), 0.0);
  for (std::size_t s = 0; s < probability_.size(); ++s) {
    sums[answers_.of_statement(s)] += probability_[s];
  }
  for (std::size_t s = 0; s < right_.size(); ++s) right_[s] = sums[answers_.of_statement(s)];
}

void ClaimEngine::UpdateAccuracy() {
  std::vector<AccuracyCounts> counts(accuracy_.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (table_.spec_of(i).kind == ValueKind::kStance) continue;
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const double right = right_[statements_.of_claim(c)];
      counts[table_.claims[c].source] += {right, 1.0 - right};
    }
  }
  for (std::size_t s = 0; s < accuracy_.size(); ++s) {
    accuracy_[s] = std::clamp(PosteriorAccuracy(counts[s], options_.accuracy),
                              options_.least_accuracy, options_.most_accuracy);
  }
}

void ClaimEngine::UpdateErrors() {
  std::vector<CollisionCounter> collisions(errors_.size());
  std::vector<ExactnessCounter> exactness(errors_.size());
  std::vector<double> witnesses;
  std::vector<double> probability;
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (table_.spec_of(i).kind == ValueKind::kStance) continue;
    const std::uint32_t attribute = table_.items[i].attribute;
    witnesses.assign(answers_.end(i) - answers_.first(i), 0.0);
    probability.assign(witnesses.size(), 0.0);
    for (std::size_t s = statements_.first(i); s < statements_.end(i); ++s) {
      double mine = 0.0;
      for (std::size_t c = statements_[s].first_claim; c < statements_[s].end_claim; ++c) {
        mine += independence_[c];
      }
      const std::size_t answer = answers_.of_statement(s) - answers_.first(i);
      witnesses[answer] += mine;
      probability[answer] = right_[s];
      exactness[attribute].AddStatement(mine, right_[s]);
    }
    collisions[attribute].Add(witnesses, probability);
    for (std::size_t v = 0; v < witnesses.size(); ++v) {
      exactness[attribute].AddAnswer(witnesses[v], probability[v]);
    }
  }
  for (std::size_t a = 0; a < errors_.size(); ++a) {
    errors_[a].false_values = collisions[a].FalseValues(options_);
    errors_[a].exact_share = exactness[a].ExactShare();
  }
}

void ClaimEngine::UpdateCorrelation() {
  std::vector<CorrelationCounter> counters(errors_.size());
  for (std::size_t i = 0; i < table_.items.size(); ++i) {
    if (table_.spec_of(i).kind == ValueKind::kStance) continue;
    CorrelationCounter& counter = counters[table_.items[i].attribute];
    for (std::size_t c = table_.items[i].first_claim; c < table_.end_claim(i); ++c) {
      const Claim& claim = table_.claims[c];
      counter.AddClaim(independence_[c] * static_cast<double>(claim.weight),
                       accuracy_[claim.source], right_[statements_.of_claim(c)]);
    }
    counter.FinishItem();
  }
  for (std::size_t a = 0; a < errors_.size(); ++a) {
    errors_[a].correlation = counters[a].Correlation();
  }
}

TruthResult ClaimEngine::Run() {
  Start();
  int rounds = 0;
  while (rounds < options_.max_rounds) {
    ++rounds;
    const std::vector<double> before = accuracy_;
    UpdateAccuracy();
    UpdateErrors();
    UpdateProbability(false);
    if (LargestChange(before, accuracy_) < options_.converged) break;
  }
  UpdateCorrelation();
  UpdateProbability(true);
  return Report(rounds);
}

TruthResult ClaimEngine::Report(int rounds) const {
  TruthResult result;
  result.rounds = rounds;
  result.accuracy = accuracy_;
  result.independence = independence_;
  result.errors = errors_;
  result.probability.assign(table_.values.size(), 0.0);
  for (std::size_t s = 0; s < probability_.size(); ++s) {
    result.probability[statements_[s].value] += probability_[s];
  }
  result.effective_origins.assign(table_.values.size(), 0.0);
  for (std::size_t c = 0; c < table_.claims.size(); ++c) {
    result.effective_origins[table_.claims[c].value] += independence_[c];
  }
  const std::vector<SharedCounts> shared = CountShared(table_, pairs_, result.probability);
  for (std::size_t p = 0; p < pairs_.size(); ++p) {
    if (dependent_[p] < kReportedDependence) continue;
    const auto [first, second] = pairs_.pair(p);
    result.dependence.push_back({first, second, dependent_[p], shared[p].same_true,
                                 shared[p].same_false, shared[p].different});
  }
  return result;
}

}  // namespace consilience::corroboration
