// What the numbers of a text are there for.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_ROLES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_ROLES_H_

#include <span>
#include <vector>

#include "services/extraction/quantity/number.h"
#include "services/extraction/quantity/quantity_rules.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Sets the role of each number: parts of `times` (ascending) first, then ages, designations
// ("T-72", "Route 4"), addresses and scores. Also reads "450.000 Syrians" as thousands. Units are
// left to the quantity tagger.
void AssignRoles(const Text& text, const QuantityRules& rules, std::span<const TimeMention> times,
                 std::vector<Number>& numbers);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_ROLES_H_
