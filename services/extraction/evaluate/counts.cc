#include "services/extraction/evaluate/counts.h"

#include <algorithm>

namespace consilience::extraction {

std::vector<PeopleCount> CasualtyCounts(const Analysis& analysis,
                                        const std::vector<std::string_view>& measures) {
  std::vector<PeopleCount> counts;
  for (const Assertion& assertion : analysis.assertions) {
    if (assertion.kind != Kind::kCasualty ||
        std::find(measures.begin(), measures.end(), assertion.measure) == measures.end()) {
      continue;
    }
    if (assertion.quantity) {
      counts.push_back({&*assertion.quantity, &assertion.population, &assertion});
    }
    for (const Subgroup& part : assertion.subgroups) {
      counts.push_back({&part.quantity, &part.population, &assertion});
    }
  }
  return counts;
}

std::string TextOf(const nlohmann::json& line, const char* field) {
  const auto value = line.find(field);
  return value != line.end() && value->is_string() ? value->get<std::string>() : "";
}

}  // namespace consilience::extraction
