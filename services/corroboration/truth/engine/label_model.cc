#include "services/corroboration/truth/engine/label_model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/truth/engine/error_model.h"

namespace consilience::corroboration {

LabelModel::LabelModel(std::vector<LabelClaim> claims, std::size_t items, std::size_t sources,
                       std::size_t labels, const EngineOptions& options)
    : claims_(std::move(claims)),
      items_(items),
      sources_(sources),
      labels_(labels),
      options_(options),
      prevalence_(labels),
      rows_(sources * labels * labels),
      accuracy_(sources) {}

void LabelModel::Fit(std::vector<double>* beliefs) {
  for (int round = 0; round < options_.label_rounds; ++round) {
    UpdateRows(*beliefs);
    if (UpdateBeliefs(beliefs) < options_.converged) break;
  }
  UpdateRows(*beliefs);
  correlation_ = Correlation(*beliefs);
  UpdateBeliefs(beliefs);
}

void LabelModel::UpdateRows(const std::vector<double>& beliefs) {
  std::fill(prevalence_.begin(), prevalence_.end(), 1.0);
  for (std::size_t i = 0; i < beliefs.size(); ++i) prevalence_[i % labels_] += beliefs[i];
  for (double& share : prevalence_) share /= static_cast<double>(items_ + labels_);

  // Expected counts first: of each source, how often it said u where v was so.
  std::fill(rows_.begin(), rows_.end(), 0.0);
  const std::size_t size = labels_ * labels_;
  for (const LabelClaim& claim : claims_) {
    for (std::size_t v = 0; v < labels_; ++v) {
      rows_[claim.source * size + v * labels_ + claim.label] +=
          claim.share * beliefs[claim.item * labels_ + v];
    }
  }
  // All sources together, begun from one that is right as often as a source before it is seen.
  const double wrong =
      (1.0 - options_.accuracy.mean) / static_cast<double>(std::max<std::size_t>(labels_ - 1, 1));
  std::vector<double> all(size);
  for (std::size_t v = 0; v < labels_; ++v) {
    for (std::size_t u = 0; u < labels_; ++u) {
      all[v * labels_ + u] = options_.accuracy.strength * (v == u ? options_.accuracy.mean : wrong);
    }
  }
  for (std::size_t s = 0; s < sources_; ++s) {
    for (std::size_t i = 0; i < size; ++i) all[i] += rows_[s * size + i];
  }
  for (std::size_t v = 0; v < labels_; ++v) {
    const std::span<double> row{all.data() + v * labels_, labels_};
    double sum = 0.0;
    for (const double count : row) sum += count;
    for (double& count : row) count /= sum;
  }
  for (std::size_t s = 0; s < sources_; ++s) LeanOnAll(s, all);
}

// From expected counts to probabilities.
void LabelModel::LeanOnAll(std::size_t source, std::span<const double> all) {
  const std::span<double> counts{rows_.data() + source * labels_ * labels_, labels_ * labels_};
  const auto clamped = [this](double rate) {
    return std::clamp(rate, options_.least_accuracy, options_.most_accuracy);
  };
  double right = 0.0;
  double total = 0.0;
  double expected = 0.0;  // right, were it like the others
  for (std::size_t v = 0; v < labels_; ++v) {
    double row = 0.0;
    for (std::size_t u = 0; u < labels_; ++u) row += counts[v * labels_ + u];
    right += counts[v * labels_ + v];
    expected += row * all[v * labels_ + v];
    total += row;
  }
  const double mean = total > 0.0 ? expected / total : options_.accuracy.mean;
  const BetaPrior prior{mean, options_.accuracy.strength};
  accuracy_[source] = clamped(PosteriorAccuracy({right, total - right}, prior));
  const double better = Logit(accuracy_[source]) - Logit(clamped(mean));

  for (std::size_t v = 0; v < labels_; ++v) {
    const std::span<double> row = counts.subspan(v * labels_, labels_);
    const double others = all[v * labels_ + v];
    const double own = Logistic(Logit(clamped(others)) + better);
    double sum = 0.0;
    for (const double count : row) sum += count;
    for (std::size_t u = 0; u < labels_; ++u) {
      const double leaning = u == v ? own : (1.0 - own) * all[v * labels_ + u] / (1.0 - others);
      row[u] = (row[u] + options_.label_strength * leaning) / (sum + options_.label_strength);
    }
  }
}

// The largest change of a belief.
double LabelModel::UpdateBeliefs(std::vector<double>* beliefs) const {
  double change = 0.0;
  std::vector<double> logs(labels_);
  std::size_t next = 0;
  for (std::size_t i = 0; i < items_; ++i) {
    std::fill(logs.begin(), logs.end(), 0.0);
    double witnesses = 0.0;
    for (; next < claims_.size() && claims_[next].item == i; ++next) {
      const LabelClaim& claim = claims_[next];
      const std::span<const double> rows = confusion(claim.source);
      witnesses += claim.share;
      for (std::size_t v = 0; v < labels_; ++v) {
        logs[v] += claim.share * std::log(rows[v * labels_ + claim.label]);
      }
    }
    const double effect =
        1.0 + options_.correlation_share * correlation_ * std::max(0.0, witnesses - 1.0);
    for (std::size_t v = 0; v < labels_; ++v) {
      logs[v] = logs[v] / effect + std::log(prevalence_[v]);
    }
    const double sum = LogSumExp(logs);
    for (std::size_t v = 0; v < labels_; ++v) {
      double& belief = (*beliefs)[i * labels_ + v];
      const double fresh = std::exp(logs[v] - sum);
      change = std::max(change, std::abs(fresh - belief));
      belief = fresh;
    }
  }
  return change;
}

double LabelModel::Correlation(const std::vector<double>& beliefs) const {
  CorrelationCounter counter;
  for (std::size_t c = 0; c < claims_.size(); ++c) {
    const LabelClaim& claim = claims_[c];
    const std::span<const double> rows = confusion(claim.source);
    const double* const belief = beliefs.data() + claim.item * labels_;
    double expected = 0.0;
    for (std::size_t v = 0; v < labels_; ++v) expected += belief[v] * rows[v * labels_ + v];
    counter.AddClaim(claim.share, expected, belief[claim.label]);
    if (c + 1 == claims_.size() || claims_[c + 1].item != claim.item) counter.FinishItem();
  }
  return counter.Correlation();
}

std::vector<bool> LabelAttributes(const TruthTable& table, const StatementIndex& statements,
                                  const EngineOptions& options) {
  std::vector<std::set<std::uint32_t>> labels(table.attributes.size());
  std::vector<std::size_t> items(table.attributes.size());
  std::vector<bool> closed(table.attributes.size(), true);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    const std::uint32_t attribute = table.items[i].attribute;
    if (!closed[attribute]) continue;
    ++items[attribute];
    for (std::size_t v = table.first_value(i); v < table.end_value(i); ++v) {
      labels[attribute].insert(table.values[v].text);
    }
    closed[attribute] = table.spec_of(i).kind == ValueKind::kCategory &&
                        statements.relations(i).empty() &&
                        labels[attribute].size() <= options.most_labels;
  }
  for (std::size_t a = 0; a < closed.size(); ++a) {
    closed[a] = closed[a] && labels[a].size() >= 2 && items[a] >= options.least_label_items &&
                items[a] >= options.items_per_label * labels[a].size();
  }
  return closed;
}

}  // namespace consilience::corroboration
