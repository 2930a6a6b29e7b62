#include "services/corroboration/truth/engine/copying.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

// ln-likelihoods of a pair's claims: neither copies, the first of the pair copies, the second does.
struct Hypotheses {
  double independent = 0.0;
  double first_copies = 0.0;
  double second_copies = 0.0;
  double items = 0.0;
};

// One shared item. `first` and `second` are accuracies.
void Add(bool same, double right, double first, double second, double n, double copy_rate,
         double weight, Hypotheses* pair) {
  const double own = 1.0 - copy_rate;
  const double both_right = first * second;
  const double both_wrong = (1.0 - first) * (1.0 - second) / n;
  pair->items += weight;
  if (!same) {
    const double apart = std::log(AwayFromCertain(1.0 - both_right - both_wrong));
    pair->independent += weight * apart;
    pair->first_copies += weight * (apart + std::log(own));
    pair->second_copies += weight * (apart + std::log(own));
    return;
  }
  const auto copies = [&](double copied) {
    return right * std::log(copy_rate * copied + own * both_right) +
           (1.0 - right) * std::log(copy_rate * (1.0 - copied) + own * both_wrong);
  };
  pair->independent +=
      weight * (right * std::log(both_right) + (1.0 - right) * std::log(both_wrong));
  pair->first_copies += weight * copies(second);
  pair->second_copies += weight * copies(first);
}

double Probability(const Hypotheses& pair, const EngineOptions& options) {
  if (pair.items < static_cast<double>(options.min_overlap)) return 0.0;
  const double prior = std::log(options.copying_prior / 2.0);
  const double copies =
      LogSumExp(std::vector<double>{pair.first_copies + prior, pair.second_copies + prior});
  return Logistic(copies - pair.independent - std::log1p(-options.copying_prior));
}

}  // namespace

double FalseValuesOf(std::size_t statements, double false_values) {
  return std::max(false_values, static_cast<double>(std::max<std::size_t>(statements, 2) - 1));
}

std::vector<double> FindCopying(const TruthTable& table, const StatementIndex& statements,
                                const SourcePairs& pairs, const CopyBeliefs& beliefs,
                                const EngineOptions& options) {
  std::vector<Hypotheses> evidence(pairs.size());
  const std::size_t stride = 1 + table.items.size() / options.copy_items;
  for (std::size_t i = 0; i < table.items.size(); i += stride) {
    const std::size_t begin = table.items[i].first_claim;
    const std::size_t end = table.end_claim(i);
    if (end - begin > kMostPairedClaims || table.spec_of(i).kind == ValueKind::kStance) continue;
    const double n =
        FalseValuesOf(statements.count(i), beliefs.false_values[table.items[i].attribute]);
    for (std::size_t a = begin + 1; a < end; ++a) {
      for (std::size_t b = begin; b < a; ++b) {
        std::size_t first = a;
        std::size_t second = b;
        const bool same = statements.of_claim(a) == statements.of_claim(b);
        if (!same && table.claims[a].value == table.claims[b].value) continue;
        if (table.claims[first].source > table.claims[second].source) std::swap(first, second);
        const std::uint32_t slot =
            pairs.Find(table.claims[first].source, table.claims[second].source);
        if (slot == SourcePairs::kNone) continue;
        const double weight = static_cast<double>(table.claims[a].weight) *
                              static_cast<double>(table.claims[b].weight);
        Add(same, AwayFromCertain(beliefs.right[statements.of_claim(a)]), beliefs.accuracy[first],
            beliefs.accuracy[second], n, options.copy_rate, weight, &evidence[slot]);
      }
    }
  }
  std::vector<double> probability(pairs.size());
  for (std::size_t p = 0; p < pairs.size(); ++p) probability[p] = Probability(evidence[p], options);
  return probability;
}

double CopyLogLikelihood(const TruthTable& table, const StatementIndex& statements,
                         const SourcePairs& pairs, const std::vector<double>& copied,
                         const EngineOptions& options) {
  const std::vector<double> counts = ClaimCounts(table);
  const auto fuller = [&](std::uint32_t x, std::uint32_t y) {
    return counts[x] != counts[y] ? counts[x] > counts[y] : x < y;
  };
  const double agree = std::log(options.copy_rate + (1.0 - options.copy_rate) / 2.0);
  const double differ = std::log(1.0 - options.copy_rate);
  std::vector<bool> copier(table.sources.size(), false);
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto [first, second] = pairs.pair(p);
    if (copied[p] > 0.0) copier[fuller(first, second) ? second : first] = true;
  }
  const auto copiers = static_cast<double>(std::count(copier.begin(), copier.end(), true));
  double sum = copiers * Logit(options.copying_prior);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    const std::size_t begin = table.items[i].first_claim;
    const std::size_t end = table.end_claim(i);
    if (end - begin > kMostPairedClaims) continue;
    for (std::size_t a = begin; a < end; ++a) {
      if (!copier[table.claims[a].source]) continue;
      double same = 0.0;
      double other = 0.0;
      for (std::size_t b = begin; b < end; ++b) {
        const std::uint32_t slot = pairs.Find(table.claims[a].source, table.claims[b].source);
        if (slot == SourcePairs::kNone || copied[slot] <= 0.0) continue;
        if (!fuller(table.claims[b].source, table.claims[a].source)) continue;
        double& most = statements.of_claim(a) == statements.of_claim(b) ? same : other;
        most = std::max(most, copied[slot]);
      }
      sum += same > 0.0 ? same * agree : other * differ;
    }
  }
  return sum;
}

}  // namespace consilience::corroboration
