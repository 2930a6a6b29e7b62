#include "services/corroboration/truth/methods/method.h"

#include <algorithm>
#include <cmath>

namespace consilience::corroboration {

void NormaliseItems(const TruthTable& table, std::vector<double>* belief) {
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    double total = 0.0;
    for (std::size_t v = table.first_value(i); v < table.end_value(i); ++v) total += (*belief)[v];
    const auto count = static_cast<double>(table.end_value(i) - table.first_value(i));
    for (std::size_t v = table.first_value(i); v < table.end_value(i); ++v) {
      (*belief)[v] = total > 0.0 ? (*belief)[v] / total : 1.0 / count;
    }
  }
}

void DivideByMax(std::vector<double>* numbers) {
  double top = 0.0;
  for (const double x : *numbers) top = std::max(top, x);
  if (top <= 0.0) return;
  for (double& x : *numbers) x /= top;
}

std::vector<double> ClaimCounts(const TruthTable& table) {
  std::vector<double> counts(table.sources.size(), 0.0);
  for (const SourceClaim& claim : table.claims) counts[claim.source] += 1.0;
  return counts;
}

double LargestChange(const std::vector<double>& a, const std::vector<double>& b) {
  double change = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) change = std::max(change, std::abs(a[i] - b[i]));
  return change;
}

}  // namespace consilience::corroboration
