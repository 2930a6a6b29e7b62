// What measures of casualties share: the counts that an analysis makes of people.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_COUNTS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_COUNTS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

// One number of people, of an assertion or of a part of it.
struct PeopleCount {
  const Quantity* quantity = nullptr;
  const Population* population = nullptr;
  const Assertion* assertion = nullptr;
};

// The counts of the casualties with one of `measures`, parts included, in the order of the text.
std::vector<PeopleCount> CasualtyCounts(const Analysis& analysis,
                                        const std::vector<std::string_view>& measures);

// The document of a line of a gold file: {"text":…,"date":…,"source":…}; empty strings for what is
// absent or null.
std::string TextOf(const nlohmann::json& line, const char* field);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_COUNTS_H_
