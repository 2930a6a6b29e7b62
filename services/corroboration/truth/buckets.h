// Which of the numbers stated for one item are one answer.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_BUCKETS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_BUCKETS_H_

#include <cstdint>
#include <vector>

#include "services/corroboration/truth/value_kind.h"

namespace consilience::corroboration {

struct StatedNumber {
  double number = 0.0;
  std::uint32_t text = 0;   // rank of the text, which breaks ties between spellings of one number
  std::uint32_t count = 0;  // sources that state it
  double belief = 0.0;      // what else speaks for it as a center
};

// For every stated number the index of the one that represents its bucket. The number most believed
// in (ties: the most often stated, then the smallest, then the smallest text) takes in all that lie
// within tolerance of it; then the one most believed in of what is left; and so on. A bucket is
// represented by its most often stated number, ties the smallest.
std::vector<std::uint32_t> RepresentativesOf(const KindSpec& spec,
                                             const std::vector<StatedNumber>& stated);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_BUCKETS_H_
