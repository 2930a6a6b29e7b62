// Counts that are told of a span of time that comes again and again.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_RATES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_RATES_H_

#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"

namespace consilience::extraction {

// "40 people are killed each day" counts no event's victims: it becomes a mere number of "people
// killed each day". "A child dies every ten minutes" has no number worth a line and is removed; who
// says it has said it in so many words. Only casualties and displacements are looked at.
void TellRates(const Scene& scene, std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_RATES_H_
