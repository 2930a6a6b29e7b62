#include "services/corroboration/truth/engine/republishing.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "services/corroboration/scoring/independence.h"
#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {

namespace {

double LogBeta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

// ln of the Beta-binomial likelihood, without the binomial coefficient, which cancels.
double LogLikelihood(double agreements, double differences, const BetaShape& rate) {
  return LogBeta(agreements + rate.a, differences + rate.b) - LogBeta(rate.a, rate.b);
}

}  // namespace

double RepublishingProbability(const PairEvidence& pair, const EngineOptions& options) {
  const double differences = std::max(0.0, pair.contested - pair.agreements);
  const double coverage =
      pair.same_items ? std::log1p(pair.items / options.coverage_doubling) : 0.0;
  return Logistic(LogLikelihood(pair.agreements, differences, options.republisher_rate) -
                  LogLikelihood(pair.agreements, differences, options.honest_rate) +
                  Logit(options.republishing_prior) + coverage);
}

std::vector<PairEvidence> GatherEvidence(const TruthTable& table, const StatementIndex& statements,
                                         const SourcePairs& pairs) {
  std::vector<PairEvidence> evidence(pairs.size());
  ForEachClaimPair(table, [&](std::size_t item, std::size_t a, std::size_t b) {
    const std::uint32_t slot = pairs.Find(table.claims[a].source, table.claims[b].source);
    if (slot == SourcePairs::kNone) return;
    // A source's claims about an item weigh 1 together, so the products of a pair do as well; what
    // two sources share is the smaller of their weights on it, 1 for two that give the same two
    // answers.
    const float x = table.claims[a].weight;
    const float y = table.claims[b].weight;
    evidence[slot].items += static_cast<double>(x * y);
    if (statements.count(item) < 2) return;
    evidence[slot].contested += static_cast<double>(x * y);
    if (statements.of_claim(a) == statements.of_claim(b)) {
      evidence[slot].agreements += static_cast<double>(std::min(x, y));
    }
  });
  std::vector<double> items(table.sources.size(), 0.0);
  for (const SourceClaim& claim : table.claims) {
    items[claim.source] += static_cast<double>(claim.weight);
  }
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto [first, second] = pairs.pair(p);
    evidence[p].same_items = std::abs(evidence[p].items - items[first]) < 1e-3 &&
                             std::abs(evidence[p].items - items[second]) < 1e-3;
  }
  return evidence;
}

std::vector<double> ExcessAgreement(const std::vector<PairEvidence>& evidence) {
  double agreements = 1.0;  // one imagined item of each outcome
  double contested = 2.0;
  for (const PairEvidence& pair : evidence) {
    agreements += pair.agreements;
    contested += pair.contested;
  }
  const double mean = agreements / contested;
  std::vector<double> excess;
  excess.reserve(evidence.size());
  for (const PairEvidence& pair : evidence) {
    // Shrunk to the mean, as if ten more items had been seen.
    const double rate = (pair.agreements + 10.0 * mean) / (pair.contested + 10.0);
    excess.push_back(std::clamp((rate - mean) / (1.0 - mean), 0.0, 1.0));
  }
  return excess;
}

std::vector<double> FindRepublishing(const TruthTable& table, const StatementIndex& statements,
                                     const SourcePairs& pairs, const EngineOptions& options) {
  const std::vector<PairEvidence> evidence = GatherEvidence(table, statements, pairs);
  std::vector<double> dependent(pairs.size(), 0.0);
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    if (evidence[p].contested < static_cast<double>(options.min_overlap)) continue;
    const double probability = RepublishingProbability(evidence[p], options);
    dependent[p] = probability >= options.one_witness_above ? 1.0 : probability;
  }
  return dependent;
}

std::vector<double> ClaimIndependence(const TruthTable& table, const StatementIndex& statements,
                                      const SourcePairs& pairs,
                                      const std::vector<double>& dependent) {
  const std::vector<double> counts = ClaimCounts(table);
  std::vector<double> independence(table.claims.size(), 1.0);
  std::vector<std::uint32_t> order;
  for (const Statement& statement : statements.all()) {
    if (statement.end_claim - statement.first_claim > kMostPairedClaims) continue;
    order.resize(statement.end_claim - statement.first_claim);
    std::iota(order.begin(), order.end(), statement.first_claim);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const std::uint32_t x = table.claims[a].source;
      const std::uint32_t y = table.claims[b].source;
      return counts[x] != counts[y] ? counts[x] > counts[y] : x < y;
    });
    const auto depend = [&](std::size_t i, std::size_t j) {
      const std::uint32_t slot =
          pairs.Find(table.claims[order[i]].source, table.claims[order[j]].source);
      return slot == SourcePairs::kNone ? 0.0 : dependent[slot];
    };
    const std::vector<double> factors = IndependenceFactors(order.size(), 1.0, depend);
    for (std::size_t i = 0; i < order.size(); ++i) independence[order[i]] = factors[i];
  }
  return independence;
}

}  // namespace consilience::corroboration
