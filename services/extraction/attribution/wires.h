// Credits to news agencies: for the whole text, or for the paragraph that ends with one.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WIRES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WIRES_H_

#include <vector>

#include "services/extraction/attribution/credit_words.h"
#include "services/extraction/attribution/house_style.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/model/mention.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// In the order of the text, the weakest evidence last. Recognised: datelines ("BEIRUT (Reuters)
// -"), bylines ("By Jane Doe, Reuters"), agencies in parentheses or after a dash at the end of a
// paragraph, sign-offs ("Reporting by …; Editing by …"), contributions ("AFP contributed to this
// report"), lines that say whose text it is ("Copyright 2016 The Associated Press"), copy that only
// one agency prints. Of several agencies together the first is credited.
std::vector<WireCredit> FindWireCredits(const Text& text, const Organisations& organisations,
                                        const CreditWords& words, const HouseStyle& style);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WIRES_H_
