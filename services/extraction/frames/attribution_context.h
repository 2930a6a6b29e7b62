// Joins assertions to the words of whoever makes them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ATTRIBUTION_CONTEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ATTRIBUTION_CONTEXT_H_

#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"

namespace consilience::extraction {

// Gives each draft the innermost attribution whose content holds its verb, with that attribution's
// chain and mode; a denial or a hedge of the cue becomes the draft's own.
// What stands in no content is on the word of the agency that the text or paragraph is credited to.
void JoinAttributions(const Scene& scene, const std::vector<AttributionMention>& attributions,
                      const std::vector<WireCredit>& credits, std::vector<Draft>& drafts);

// Removes mere counts of the few who speak: "Two medics said". Nobody asks how many they are.
void DropCountedSpeakers(const std::vector<AttributionMention>& attributions,
                         std::vector<Draft>& drafts);

// Adds a STATEMENT for every content that the drafts do not already say for the most part, and a
// DENIAL for every denial of something said nearby, which it points at. Keeps the drafts in the
// order of the text.
void AddStatements(const Scene& scene, const std::vector<AttributionMention>& attributions,
                   std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ATTRIBUTION_CONTEXT_H_
