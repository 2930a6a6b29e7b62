// Through whom the origins of one claim reach us. Origins behind one relay share its risk.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_RELAYS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_RELAYS_H_

#include <map>
#include <string>
#include <vector>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/independence/witness.h"
#include "services/corroboration/matching/entry.h"

namespace consilience::corroboration {

struct Relay {
  std::string key;  // empty when the origin reaches us in several ways
  std::string display_name;
};

// For each origin of a claim, given as the entries that support the claim: the one relay that it
// comes through. Outlets that print a copy of one another's words are one relay for them: a copy
// opens no second way.
std::vector<Relay> FindRelays(const std::vector<Entry>& entries,
                              const std::vector<std::vector<size_t>>& origins,
                              const std::map<size_t, Witness>& witnesses,
                              const QuoteOptions& options);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_INDEPENDENCE_RELAYS_H_
