// Sums of money in a currency that is told by a word of several countries.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CURRENCIES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CURRENCIES_H_

#include <string>
#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/place/gazetteer.h"

namespace consilience::extraction {

// "1.4 billion pesos" in Manila is PHP, in Bogota COP: gives quantities whose unit is such a word
// the ISO 4217 code of the currency of the country, if it is called so there. The country is that
// of the assertion's place; `country`, an ISO 3166 code or empty, serves those without one. A unit
// that no country explains stays the word.
void NameCurrencies(const Gazetteer& gazetteer, const std::string& country,
                    std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CURRENCIES_H_
