// Which assertions are about one question.
//
// Firm facets (a known window, a place that the words name) are joined wherever two of them are the
// same, and the questions are the connected sets. A facet that is not firm attaches to the firm one
// that it fits best and joins nothing; those that fit none are joined among themselves. The result
// is a function of the set of assertions: order never matters, and adding or removing assertions
// changes only the sets that share a blocking key with them.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PARTITION_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PARTITION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "services/corroboration/matching/entry.h"

namespace consilience::corroboration {

// How well two entries answer one question: 0 when they do not, 1 when kind, people, place and
// window are the same. Symmetric.
double QuestionFit(const Entry& a, const Entry& b, const PlaceHierarchy& places);

// Why they do, for a person: "same window: 2016-11-15 to 2016-11-22".
std::vector<std::string> MatchReasons(const Entry& a, const Entry& b, const PlaceHierarchy& places);

// Indices into `entries`, each set and the list of sets in ascending order. `entries` must be
// sorted by assertion id.
std::vector<std::vector<size_t>> PartitionIntoQuestions(const std::vector<Entry>& entries,
                                                        const PlaceHierarchy& places);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_PARTITION_H_
