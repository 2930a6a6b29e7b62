#include "services/extraction/evaluate/measure.h"
#include "services/extraction/evaluate/passages.h"

namespace consilience::extraction {

std::vector<Measure> AllMeasures() { return {PassagesMeasure()}; }

}  // namespace consilience::extraction
