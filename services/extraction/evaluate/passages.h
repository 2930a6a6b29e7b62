// The measure of text reuse against brute force.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_PASSAGES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_PASSAGES_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

// Reads documents {id, text, source, date} and compares each with those of other sources: what the
// index and the alignment find, against every run of twelve or more words that comparing every
// word of one text with every word of the other finds.
Measure PassagesMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_PASSAGES_H_
