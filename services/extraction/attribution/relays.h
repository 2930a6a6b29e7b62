// The agency or outlet that a speaker told.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_RELAYS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_RELAYS_H_

#include <cstdint>
#include <optional>

#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// Whether `token` lies in the content of `cue`.
bool IsContent(const CueCandidate& cue, uint32_t token);

// Named after the cue ("told Reuters", "said in comments to AFP", "told the Valley Courier"), or in
// an opening phrase ("Speaking to LCI, he said").
std::optional<Speaker> RelayOf(const Syntax& syntax, const CueLexicon& lexicon,
                               const Organisations& organisations, const CueCandidate& cue);

// Whom "quoted the governor as saying" names; else an empty span.
TokenSpan QuotedAs(const Syntax& syntax, const CueLexicon& lexicon, const CueCandidate& cue);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_RELAYS_H_
