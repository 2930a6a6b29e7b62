// Topic keys: by them a sentence under test finds what is known of its matter, whatever the size of
// the corpus. Wider than blocking keys (keys.h): a season instead of a few days, and the places
// around the one that is named.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_TOPICS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_TOPICS_H_

#include <cstdint>
#include <vector>

#include "services/corroboration/matching/facet.h"

namespace consilience::corroboration {

// Under which what was reported is found: by what is counted or told, the city, and the stretches
// of 32 days that its window touches; one key for all windows that touch more than eight of them,
// one for what has no day. Nothing for what names no place, but for speech, which is known by its
// speaker. Sorted, without repeats.
std::vector<uint64_t> TopicKeys(const Facet& known);

// Under which whatever may fit a statement is found: its stretches and those beside them, for its
// place and all that it lies in. Of a long window the last stretches alone. Nothing when the
// statement names neither place nor speaker, or no day. Sorted, without repeats.
std::vector<uint64_t> TopicKeysAround(const Facet& statement, const PlaceHierarchy& places);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_TOPICS_H_
