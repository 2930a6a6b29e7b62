// Sums, Average·Log, Investment and PooledInvestment: Pasternack and Roth, "Knowing what to believe
// (when you already know something)", COLING 2010. Sums is Kleinberg's hubs and authorities.
//
// Belief in a claim comes from the trust in its sources and trust in a source from the beliefs of
// its claims. Their scales mean nothing, so what is given out is each belief's share of its item.
#include <cmath>
#include <utility>

#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

constexpr int kRounds = 20;
constexpr double kInvestmentGrowth = 1.2;
constexpr double kPooledGrowth = 1.4;

// The claims with what each counts for; the papers count all alike.
struct WeightedClaims {
  const TruthTable& table;
  std::vector<double> weights;

  std::vector<double> SumTrust(const std::vector<double>& trust) const {
    std::vector<double> belief(table.values.size(), 0.0);
    for (std::size_t c = 0; c < weights.size(); ++c) {
      belief[table.claims[c].value] += weights[c] * trust[table.claims[c].source];
    }
    return belief;
  }

  std::vector<double> SumBelief(const std::vector<double>& belief) const {
    std::vector<double> trust(table.sources.size(), 0.0);
    for (std::size_t c = 0; c < weights.size(); ++c) {
      trust[table.claims[c].source] += weights[c] * belief[table.claims[c].value];
    }
    return trust;
  }

  // What the claims of each source count for together.
  std::vector<double> Counts() const {
    return SumBelief(std::vector<double>(table.values.size(), 1.0));
  }
};

WeightedClaims Alike(const TruthTable& table) {
  return {table, std::vector<double>(table.claims.size(), 1.0)};
}

TruthResult Finish(const TruthTable& table, std::vector<double> belief, std::vector<double> trust) {
  TruthResult result;
  NormaliseItems(table, &belief);
  DivideByMax(&trust);
  result.probability = std::move(belief);
  result.accuracy = std::move(trust);
  result.rounds = kRounds;
  return result;
}

// `scale[s]` multiplies the sum of the beliefs of a source's claims.
TruthResult HubsAndAuthorities(const TruthTable& table, const std::vector<double>& scale) {
  const WeightedClaims claims = Alike(table);
  std::vector<double> trust(table.sources.size(), 1.0);
  std::vector<double> belief;
  for (int round = 0; round < kRounds; ++round) {
    belief = claims.SumTrust(trust);
    DivideByMax(&belief);
    trust = claims.SumBelief(belief);
    for (std::size_t s = 0; s < trust.size(); ++s) trust[s] *= scale[s];
    DivideByMax(&trust);
  }
  return Finish(table, std::move(belief), std::move(trust));
}

// Each source spreads its trust over its claims, and earns from each claim in proportion to its
// stake. `grow` turns the stakes in all candidates into beliefs.
template <typename Grow>
TruthResult Invest(const WeightedClaims& claims, std::vector<double> belief, Grow grow) {
  const TruthTable& table = claims.table;
  const std::vector<double> counts = claims.Counts();
  std::vector<double> stake(table.sources.size(), 0.0);
  std::vector<double> trust(table.sources.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t s = 0; s < stake.size(); ++s) {
      stake[s] = counts[s] > 0.0 ? trust[s] / counts[s] : 0.0;
    }
    const std::vector<double> pool = claims.SumTrust(stake);
    std::vector<double> rate(belief.size(), 0.0);
    for (std::size_t v = 0; v < belief.size(); ++v) {
      if (pool[v] > 0.0) rate[v] = belief[v] / pool[v];
    }
    trust = claims.SumBelief(rate);
    for (std::size_t s = 0; s < trust.size(); ++s) trust[s] *= stake[s];
    DivideByMax(&trust);
    for (std::size_t s = 0; s < stake.size(); ++s) {
      stake[s] = counts[s] > 0.0 ? trust[s] / counts[s] : 0.0;
    }
    belief = grow(claims.SumTrust(stake));
  }
  return Finish(table, std::move(belief), std::move(trust));
}

}  // namespace

TruthResult Sums(const TruthTable& table) {
  return HubsAndAuthorities(table, std::vector<double>(table.sources.size(), 1.0));
}

TruthResult AverageLog(const TruthTable& table) {
  std::vector<double> scale = ClaimCounts(table);
  for (double& count : scale) count = count > 0.0 ? std::log(count) / count : 0.0;
  return HubsAndAuthorities(table, scale);
}

TruthResult Investment(const TruthTable& table) {
  const WeightedClaims claims = Alike(table);
  std::vector<double> shares = claims.SumTrust(std::vector<double>(table.sources.size(), 1.0));
  NormaliseItems(table, &shares);
  return Invest(claims, std::move(shares), [](std::vector<double> pool) {
    for (double& x : pool) x = std::pow(x, kInvestmentGrowth);
    return pool;
  });
}

TruthResult PooledInvestment(const TruthTable& table) {
  return PooledInvestmentOf(table, std::vector<double>(table.claims.size(), 1.0));
}

TruthResult PooledInvestmentOf(const TruthTable& table, std::vector<double> claim_weights) {
  std::vector<double> uniform(table.values.size(), 0.0);
  NormaliseItems(table, &uniform);
  const WeightedClaims claims{table, std::move(claim_weights)};
  return Invest(claims, std::move(uniform), [&table](const std::vector<double>& pool) {
    std::vector<double> share(pool.size());
    for (std::size_t v = 0; v < pool.size(); ++v) share[v] = std::pow(pool[v], kPooledGrowth);
    NormaliseItems(table, &share);
    for (std::size_t v = 0; v < pool.size(); ++v) share[v] *= pool[v];
    return share;
  });
}

}  // namespace consilience::corroboration
