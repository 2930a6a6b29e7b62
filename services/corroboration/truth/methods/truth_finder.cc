// TruthFinder: Yin, Han and Yu, "Truth discovery with multiple conflicting information providers on
// the web", KDD 2007 / TKDE 2008.
#include <algorithm>
#include <cmath>
#include <utility>

#include "services/corroboration/truth/methods/method.h"
#include "services/corroboration/truth/similarity.h"

namespace consilience::corroboration {
namespace {

constexpr int kMaxRounds = 20;
constexpr double kStart = 0.9;           // t0
constexpr double kDampening = 0.3;       // γ: sources are not quite independent
constexpr double kInfluence = 0.5;       // ρ: how much facts about one thing influence each other
constexpr double kBaseSimilarity = 0.5;  // facts less alike than this speak against each other
constexpr double kMostTrust = 0.999999;  // keeps ln(1 − t) finite
constexpr double kConverged = 1e-6;

// implication(a → b) for all pairs of candidates of each item, row after row; they never change.
std::vector<double> Implications(const TruthTable& table) {
  std::vector<double> all;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    for (std::size_t b = table.first_value(i); b < table.end_value(i); ++b) {
      for (std::size_t a = table.first_value(i); a < table.end_value(i); ++a) {
        all.push_back(a == b ? 0.0 : Similarity(table, i, a, b) - kBaseSimilarity);
      }
    }
  }
  return all;
}

std::vector<double> Confidence(const TruthTable& table, const std::vector<double>& trust,
                               const std::vector<double>& implications) {
  std::vector<double> score(table.values.size(), 0.0);
  for (const SourceClaim& claim : table.claims) {
    score[claim.value] -= std::log1p(-trust[claim.source]);
  }
  std::vector<double> confidence(score.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    for (std::size_t b = table.first_value(i); b < table.end_value(i); ++b) {
      double adjusted = score[b];
      for (std::size_t a = table.first_value(i); a < table.end_value(i); ++a) {
        adjusted += kInfluence * score[a] * implications[at++];
      }
      confidence[b] = 1.0 / (1.0 + std::exp(-kDampening * adjusted));
    }
  }
  return confidence;
}

}  // namespace

TruthResult TruthFinder(const TruthTable& table) {
  TruthResult result;
  const std::vector<double> implications = Implications(table);
  const std::vector<double> counts = ClaimCounts(table);
  std::vector<double> trust(table.sources.size(), kStart);
  std::vector<double> confidence;
  while (result.rounds < kMaxRounds) {
    ++result.rounds;
    confidence = Confidence(table, trust, implications);
    std::vector<double> next(trust.size(), 0.0);
    for (const SourceClaim& claim : table.claims) next[claim.source] += confidence[claim.value];
    for (std::size_t s = 0; s < next.size(); ++s) {
      next[s] = counts[s] > 0.0 ? std::min(next[s] / counts[s], kMostTrust) : kStart;
    }
    const double change = LargestChange(trust, next);
    trust = std::move(next);
    if (change < kConverged) break;
  }
  NormaliseItems(table, &confidence);
  result.probability = std::move(confidence);
  result.accuracy = std::move(trust);
  return result;
}

}  // namespace consilience::corroboration
