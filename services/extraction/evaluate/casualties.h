#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_CASUALTIES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_CASUALTIES_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

Measure CasualtiesMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_CASUALTIES_H_
