#include "services/corroboration/truth/engine/stance_engine.h"

#include <algorithm>
#include <vector>

#include "services/corroboration/scoring/accuracy.h"

namespace consilience::corroboration {

StanceCounts CountStances(const TruthTable& table, const TruthResult& result, std::size_t item) {
  StanceCounts counts;
  const std::size_t yes = table.end_value(item) - 1;
  for (std::size_t c = table.items[item].first_claim; c < table.end_claim(item); ++c) {
    const SourceClaim& claim = table.claims[c];
    const double share = result.independence[c] * static_cast<double>(claim.weight);
    (claim.value == yes ? counts.supports : counts.contradicts) += share;
  }
  counts.mentions = static_cast<double>(table.mentions_of(item).size());
  return counts;
}

void ScoreStances(const TruthTable& table, const StanceModel& model, const EngineOptions& options,
                  TruthResult* result) {
  std::vector<bool> takes_stances(table.sources.size(), false);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    if (table.spec_of(i).kind != ValueKind::kStance) continue;
    const double probability = model.Probability(CountStances(table, *result, i));
    result->probability[table.first_value(i)] = 1.0 - probability;
    result->probability[table.first_value(i) + 1] = probability;
    for (const SourceClaim& claim : table.claims_of(i)) takes_stances[claim.source] = true;
  }
  std::vector<AccuracyCounts> counts(table.sources.size());
  for (const SourceClaim& claim : table.claims) {
    const double right = std::min(1.0, result->probability[claim.value]);
    counts[claim.source] += {right, 1.0 - right};
  }
  for (std::size_t s = 0; s < counts.size(); ++s) {
    if (takes_stances[s]) result->accuracy[s] = PosteriorAccuracy(counts[s], options.accuracy);
  }
}

}  // namespace consilience::corroboration
