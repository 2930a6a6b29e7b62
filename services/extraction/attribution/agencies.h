// News agencies named in a text.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_AGENCIES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_AGENCIES_H_

#include <cstdint>
#include <vector>

#include "services/extraction/attribution/organisations.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// One agency, or several: "AFP", "AFP/Reuters", "Reuters, AFP and the Associated Press". The first
// is the one that counts.
struct AgencyList {
  int32_t wire = 0;    // of the first, an index into the organisations
  uint32_t begin = 0;  // tokens of the list, `end` not included, without an article before it
  uint32_t first_end = 0;
  uint32_t end = 0;
};

// In the order of the text. Names are capitalised, except in "(dpa)", "by dpa", "from dpa".
std::vector<AgencyList> FindAgencies(const Text& text, const Organisations& organisations);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_AGENCIES_H_
