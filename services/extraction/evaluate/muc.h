#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MUC_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MUC_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

Measure MucMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MUC_H_
