// Speakers as the numbers and days of the text show them to be.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SPEAKER_MENDING_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SPEAKER_MENDING_H_

#include <vector>

#include "services/extraction/frames/scene.h"

namespace consilience::extraction {

// "Put the toll at 85, adding that …": a count before such a verb is no speaker, and who spoke
// before goes on. "[Monday 23 October 2017] Activists said": a day before a speaker is no part of
// its name. Who does not deny it denies nothing.
void MendSpeakers(const Scene& scene, std::vector<AttributionMention>& attributions);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SPEAKER_MENDING_H_
