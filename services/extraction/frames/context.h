// Gives assertions what their own words leave out: when and where.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_

#include <string>
#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"

namespace consilience::extraction {

// Sets the window of each draft: the nearest time of its clause that is the event's and not the
// report's, else the window of the assertion of its kind before it in the paragraph; a state ("are
// trapped") holds on the publication date. `published` is ISO 8601 or empty.
void ResolveTimes(const Scene& scene, const std::vector<AttributionMention>& attributions,
                  const std::string& published, std::vector<Draft>& drafts);

// Sets the place of each draft from its own words, else inherits it from clause, sentence,
// paragraph or dateline, in that order, and says so.
void ResolvePlaces(const Scene& scene, std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_
