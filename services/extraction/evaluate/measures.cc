#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

std::vector<Measure> AllMeasures() { return {}; }

}  // namespace consilience::extraction
