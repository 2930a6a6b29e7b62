// Identifiers that derive from content, so that every replica makes the same ones in any order.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MODEL_IDS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MODEL_IDS_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "services/extraction/model/assertion.h"

namespace consilience::corroboration {

// 80 bits of XXH3-128 over `kind` and the parts, each preceded by its length, as 20 hex digits.
std::string ContentId(std::string_view kind, std::initializer_list<std::string_view> parts);

// The id of an assertion: its document, its words' place, and what it says.
std::string AssertionId(std::string_view document, const extraction::Assertion& said);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MODEL_IDS_H_
