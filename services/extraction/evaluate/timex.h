// Time expressions as TempEval-3 scored them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_TIMEX_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_TIMEX_H_

#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {

// Gold: {text, date, gold: {timex: [{start, end, type, value}]}} with offsets in code points.
// strict: the same span; relaxed: overlapping spans, one to one; value: relaxed with the same
// value; window: relaxed with the same value or, where the gold is "from/to", the same days.
// UzZaman et al., SemEval-2013 task 1.
Measure TimexMeasure();

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_TIMEX_H_
