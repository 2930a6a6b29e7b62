// From accepted cues to attributions: speakers, relays, nesting, modes.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CHAINS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CHAINS_H_

#include <vector>

#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// Attributions for `cues`, which are in the order of the text, and for quotes that go on without a
// cue. Chains run from the deepest speaker outwards: who said it, who reported that, which agency
// was told.
std::vector<AttributionMention> BuildAttributions(const Syntax& syntax, const CueLexicon& lexicon,
                                                  const Organisations& organisations,
                                                  const Lexicon& titles,
                                                  const std::vector<CueCandidate>& cues,
                                                  const std::vector<WireCredit>& credits);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CHAINS_H_
