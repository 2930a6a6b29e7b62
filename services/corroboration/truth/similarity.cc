#include "services/corroboration/truth/similarity.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace consilience::corroboration {

std::vector<std::string_view> SetElements(std::string_view text) {
  std::vector<std::string_view> elements;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find('|', at);
    if (const std::string_view one = text.substr(at, end - at); !one.empty()) {
      elements.push_back(one);
    }
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  std::sort(elements.begin(), elements.end());
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  return elements;
}

double SetSimilarity(std::string_view a, std::string_view b) {
  if (a == b) return 1.0;
  const std::vector<std::string_view> left = SetElements(a);
  const std::vector<std::string_view> right = SetElements(b);
  std::vector<std::string_view> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(both));
  const auto all = static_cast<double>(left.size() + right.size() - both.size());
  return all > 0.0 ? static_cast<double>(both.size()) / all : 0.0;
}

double Similarity(const TruthTable& table, std::size_t item, std::size_t a, std::size_t b) {
  if (a == b) return 1.0;
  const KindSpec& spec = table.spec_of(item);
  switch (spec.kind) {
    case ValueKind::kCategory:
      return SetSimilarity(table.text_of(a), table.text_of(b));
    case ValueKind::kStance:
      return 0.0;
    case ValueKind::kTime:
    case ValueKind::kNumber:
      break;
  }
  const double x = table.values[a].number;
  const double y = table.values[b].number;
  double tolerance = std::max(Tolerance(spec, x), Tolerance(spec, y));
  if (tolerance <= 0.0) tolerance = 0.01 * std::max(std::abs(x), std::abs(y));
  return tolerance > 0.0 ? std::exp(-Distance(spec, x, y) / (2.0 * tolerance)) : 0.0;
}

}  // namespace consilience::corroboration
