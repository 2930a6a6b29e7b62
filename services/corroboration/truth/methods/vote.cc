// Counting: each source has one vote an item.
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {

TruthResult Vote(const TruthTable& table) {
  TruthResult result;
  result.probability.assign(table.values.size(), 0.0);
  for (const SourceClaim& claim : table.claims) result.probability[claim.value] += claim.weight;
  NormaliseItems(table, &result.probability);

  result.accuracy.assign(table.sources.size(), 0.0);
  for (const SourceClaim& claim : table.claims) {
    result.accuracy[claim.source] += result.probability[claim.value];
  }
  const std::vector<double> counts = ClaimCounts(table);
  for (std::size_t s = 0; s < counts.size(); ++s) {
    if (counts[s] > 0.0) result.accuracy[s] /= counts[s];
  }
  return result;
}

}  // namespace consilience::corroboration
