// "UN: 40 killed in raid": speakers before a colon.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_COLONS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_COLONS_H_

#include <vector>

#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/syntax.h"

namespace consilience::extraction {

// One certain candidate for each sentence that starts with a speaker and a colon, in the order of
// the text. `organisations` are the names of those known to speak.
std::vector<CueCandidate> FindColonCues(const Syntax& syntax, const CueLexicon& lexicon,
                                        const Lexicon& organisations);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_COLONS_H_
