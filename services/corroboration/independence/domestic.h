// Offices that every country has: "police" and "interior ministry" of a report on Hungary are not
// those of a report on France.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_DOMESTIC_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_DOMESTIC_H_

#include <string>
#include <vector>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/independence/source_directory.h"
#include "services/corroboration/matching/place_hierarchy.h"

namespace consilience::corroboration {

// The country that most of these speak of, by name; the first in the alphabet among equals, and
// empty when none is known.
std::string CountryReportedOn(const std::vector<extraction::Assertion>& assertions,
                              const PlaceHierarchy& places);

// Adds the country to the bare names of such offices in an assertion's chain: "police" becomes
// "Hungarian police". It is the country of the assertion's place, or `reported_on` where no place
// is given. A place whose country is not known leaves them as they are, so that whoever reports on
// it has one source.
void NameTheirCountry(const Configuration& config, const PlaceHierarchy& places,
                      const std::string& reported_on, extraction::Assertion& said);

// The one name for the spellings of such an office, which differ in the word for the country
// ("Argentine", "Argentinian"): the one that the directory knows, if any. Other names stay as they
// are.
std::string NameOfOffice(const std::string& name, const Configuration& config,
                         const SourceDirectory& directory);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_DOMESTIC_H_
