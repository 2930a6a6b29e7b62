// Regular English inflection: the forms of a verb or noun from its lemma.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_INFLECTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_INFLECTION_H_

#include <string>
#include <string_view>

namespace consilience::extraction {

// "report" → "reports", "deny" → "denies", "push" → "pushes"; of verbs and of nouns.
std::string WithS(std::string_view lemma);
// "report" → "reported", "deny" → "denied", "argue" → "argued".
std::string WithEd(std::string_view lemma);
// "report" → "reporting", "argue" → "arguing", "die" → "dying".
std::string WithIng(std::string_view lemma);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_INFLECTION_H_
