// What one document says more than once.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_REPEATS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_REPEATS_H_

#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/place/gazetteer.h"

namespace consilience::extraction {

// "22 killed and 46 others hurt": the 46 are others than the dead, and no addition to a count of
// the hurt that somebody gave before.
void SettleOthers(std::vector<Draft>& drafts);

// Removes what a document says over again: a draft without a speaker, or with the same, whose
// figure, people and measure another draft gives with more words.
void MergeRepeats(const Gazetteer& gazetteer, std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_REPEATS_H_
