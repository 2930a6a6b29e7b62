// The tolerance of a numeric attribute for which nobody gave one.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TOLERANCE_FIT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TOLERANCE_FIT_H_

#include <vector>

#include "services/corroboration/truth/value_kind.h"

namespace consilience::corroboration {

// From the relative deviations |x − m| / |m| of the statements that differ from their item's median
// m: deviations of at most 5% are taken for noise when they are at least a third of all of them,
// and the tolerance is twice their median, at most 5%. Otherwise the tolerance is 1%, as in Li et
// al., "Truth finding on the deep web: is the problem solved?", VLDB 2013, and fewer than ten near
// misses never make it wider. In a column of whole numbers those under a hundred were counted, not
// measured, and say nothing of noise: 25 and 26 are two answers. `items` holds the numbers stated
// for each item.
KindSpec FitTolerance(std::vector<std::vector<double>> items);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_TOLERANCE_FIT_H_
