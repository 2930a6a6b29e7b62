#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_SEEDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_SEEDS_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

Measure SeedsMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_SEEDS_H_
