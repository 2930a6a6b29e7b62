// Blocking keys: two assertions can belong to one question only if they share a key, so recording
// looks at a handful of questions whatever the size of the corpus.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_KEYS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_KEYS_H_

#include <cstdint>
#include <vector>

#include "services/corroboration/matching/facet.h"

namespace consilience::corroboration {

// Sorted, without repeats; at most two dozen. Keys are 64-bit hashes: a collision costs a look at a
// question that does not match, never a wrong match.
std::vector<uint64_t> BlockingKeys(const Facet& facet);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_KEYS_H_
