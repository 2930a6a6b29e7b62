// How alike two candidates of an item are, in [0, 1].
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SIMILARITY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SIMILARITY_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// The elements of a set written with '|' between them, sorted, each once. Any other text is one
// element.
std::vector<std::string_view> SetElements(std::string_view text);

// Shared elements over all elements (Jaccard).
double SetSimilarity(std::string_view a, std::string_view b);

// Numbers and times: e^(−distance / (2 · tolerance)), with a tolerance of 1% where there is none;
// categories: SetSimilarity; stances: 0. Both values are candidates of `item`.
double Similarity(const TruthTable& table, std::size_t item, std::size_t a, std::size_t b);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_SIMILARITY_H_
