// Attributions against a gold of PolNeAR's kind, and credits to news agencies.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

// Exact-span precision, recall and F1 of sources, cues and contents.
Measure AttributionMeasure();

// Precision and recall of the agency that a text is credited to.
Measure WireMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_H_
