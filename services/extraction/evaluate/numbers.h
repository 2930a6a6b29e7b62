// Numbers against the specifications of Recognizers-Text.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_NUMBERS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_NUMBERS_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

// Gold: {text, gold: {spec, results: [{Text, Resolution: {value}}]}}. A case is right when exactly
// the wanted numbers, ordinals or percentages are found, each with its words and its value. One row
// a specification.
Measure NumbersMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_NUMBERS_H_
