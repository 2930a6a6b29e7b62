// An analysis as one line of JSON: the mapping of the API's messages, with defaults printed.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_JSON_ANALYSIS_JSON_H_
#define CONSILIENCE_SERVICES_EXTRACTION_JSON_ANALYSIS_JSON_H_

#include <string>
#include <string_view>

#include "services/extraction/model/assertion.h"

namespace consilience::extraction {

// {"id":…,"assertions":[…],"mentions":{"times":[…],"quantities":[…],"places":[…],"attributions":[…]},
//  "rulesDigest":…} without a line end. `start` and `end` are bytes of `text`, `startCodePoint` and
// `endCodePoint` Unicode code points; an unbounded side of a quantity is left out.
std::string ToJson(std::string_view id, std::string_view text, const Analysis& analysis);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_JSON_ANALYSIS_JSON_H_
