// CRH: Li, Li, Gao, Zhao, Fan and Han, "Resolving conflicts in heterogeneous data by truth
// discovery and source reliability estimation", SIGMOD 2014. The truths minimise the weighted loss
// of the sources and the weights follow from the losses; 0–1 loss for categories, absolute
// deviation over the item's own spread for numbers.
#include <algorithm>
#include <cmath>
#include <utility>

#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

constexpr int kRounds = 20;
constexpr double kLeastLoss = 1e-6;

bool Numeric(const KindSpec& spec) {
  return spec.kind == ValueKind::kNumber || spec.kind == ValueKind::kTime;
}

// The candidate that minimises the item's weighted loss: the weighted median of numbers, else the
// weighted vote.
std::size_t BestValue(const TruthTable& table, std::size_t item,
                      const std::vector<double>& support) {
  std::size_t best = table.first_value(item);
  if (!Numeric(table.spec_of(item))) {
    for (std::size_t v = best; v < table.end_value(item); ++v) {
      if (support[v] > support[best]) best = v;
    }
    return best;
  }
  double total = 0.0;
  for (std::size_t v = best; v < table.end_value(item); ++v) total += support[v];
  double below = 0.0;
  for (std::size_t v = best; v < table.end_value(item); ++v) {
    below += support[v];
    if (below >= total / 2.0) return v;
  }
  return table.end_value(item) - 1;
}

// Standard deviation of the claims of a numeric item; 1 where they do not differ.
double Spread(const TruthTable& table, std::size_t item) {
  const std::span<const SourceClaim> claims = table.claims_of(item);
  const double center = table.values[table.first_value(item)].number;
  double sum = 0.0;
  double squares = 0.0;
  for (const SourceClaim& claim : claims) {
    const double x = Distance(table.spec_of(item), table.values[claim.value].number, center);
    sum += x;
    squares += x * x;
  }
  const auto count = static_cast<double>(claims.size());
  const double variance = squares / count - (sum / count) * (sum / count);
  return variance > 0.0 ? std::sqrt(variance) : 1.0;
}

double Loss(const TruthTable& table, std::size_t item, std::size_t stated, std::size_t truth,
            double spread) {
  const KindSpec& spec = table.spec_of(item);
  if (!Numeric(spec)) return stated == truth ? 0.0 : 1.0;
  return Distance(spec, table.values[stated].number, table.values[truth].number) / spread;
}

}  // namespace

TruthResult Crh(const TruthTable& table) {
  std::vector<double> weight(table.sources.size(), 1.0);
  std::vector<double> support;
  const std::vector<double> counts = ClaimCounts(table);
  for (int round = 0; round < kRounds; ++round) {
    support.assign(table.values.size(), 0.0);
    for (const SourceClaim& claim : table.claims) support[claim.value] += weight[claim.source];
    std::vector<double> loss(weight.size(), 0.0);
    for (std::size_t i = 0; i < table.items.size(); ++i) {
      if (table.claims_of(i).empty()) continue;
      const std::size_t truth = BestValue(table, i, support);
      const double spread = Numeric(table.spec_of(i)) ? Spread(table, i) : 1.0;
      for (const SourceClaim& claim : table.claims_of(i)) {
        loss[claim.source] += Loss(table, i, claim.value, truth, spread);
      }
    }
    double most = kLeastLoss;
    for (std::size_t s = 0; s < loss.size(); ++s) {
      loss[s] = counts[s] > 0.0 ? std::max(loss[s] / counts[s], kLeastLoss) : kLeastLoss;
      most = std::max(most, loss[s]);
    }
    for (std::size_t s = 0; s < loss.size(); ++s) weight[s] = -std::log(loss[s] / most);
    // All equally bad: the losses say nothing.
    const bool none_better =
        std::all_of(weight.begin(), weight.end(), [](double w) { return w <= 0.0; });
    if (none_better) weight.assign(weight.size(), 1.0);
  }
  TruthResult result;
  NormaliseItems(table, &support);
  DivideByMax(&weight);
  result.probability = std::move(support);
  result.accuracy = std::move(weight);
  result.rounds = kRounds;
  return result;
}

}  // namespace consilience::corroboration
