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

std::vector<double> SumTrust(const TruthTable& table, const std::vector<double>& trust) {
  std::vector<double> belief(table.values.size(), 0.0);
  for (const Claim& claim : table.claims) belief[claim.value] += trust[claim.source];
  return belief;
}

std::vector<double> SumBelief(const TruthTable& table, const std::vector<double>& belief) {
  std::vector<double> trust(table.sources.size(), 0.0);
  for (const Claim& claim : table.claims) trust[claim.source] += belief[claim.value];
  return trust;
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
  std::vector<double> trust(table.sources.size(), 1.0);
  std::vector<double> belief;
  for (int round = 0; round < kRounds; ++round) {
    belief = SumTrust(table, trust);
    DivideByMax(&belief);
    trust = SumBelief(table, belief);
    for (std::size_t s = 0; s < trust.size(); ++s) trust[s] *= scale[s];
    DivideByMax(&trust);
  }
  return Finish(table, std::move(belief), std::move(trust));
}

// Each source spreads its trust over its claims, and earns from each claim in proportion to its
// stake. `grow` turns the stakes in all candidates into beliefs.
template <typename Grow>
TruthResult Invest(const TruthTable& table, std::vector<double> belief, Grow grow) {
  const std::vector<double> counts = ClaimCounts(table);
  std::vector<double> stake(table.sources.size(), 0.0);
  std::vector<double> trust(table.sources.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t s = 0; s < stake.size(); ++s) {
      stake[s] = counts[s] > 0.0 ? trust[s] / counts[s] : 0.0;
    }
    const std::vector<double> pool = SumTrust(table, stake);
    std::vector<double> rate(belief.size(), 0.0);
    for (std::size_t v = 0; v < belief.size(); ++v) {
      if (pool[v] > 0.0) rate[v] = belief[v] / pool[v];
    }
    trust = SumBelief(table, rate);
    for (std::size_t s = 0; s < trust.size(); ++s) trust[s] *= stake[s];
    DivideByMax(&trust);
    for (std::size_t s = 0; s < stake.size(); ++s) {
      stake[s] = counts[s] > 0.0 ? trust[s] / counts[s] : 0.0;
    }
    belief = grow(SumTrust(table, stake));
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
  std::vector<double> shares = SumTrust(table, std::vector<double>(table.sources.size(), 1.0));
  NormaliseItems(table, &shares);
  return Invest(table, std::move(shares), [](std::vector<double> pool) {
    for (double& x : pool) x = std::pow(x, kInvestmentGrowth);
    return pool;
  });
}

TruthResult PooledInvestment(const TruthTable& table) {
  std::vector<double> uniform(table.values.size(), 0.0);
  NormaliseItems(table, &uniform);
  return Invest(table, std::move(uniform), [&table](const std::vector<double>& pool) {
    std::vector<double> share(pool.size());
    for (std::size_t v = 0; v < pool.size(); ++v) share[v] = std::pow(pool[v], kPooledGrowth);
    NormaliseItems(table, &share);
    for (std::size_t v = 0; v < pool.size(); ++v) share[v] *= pool[v];
    return share;
  });
}

}  // namespace consilience::corroboration
