// Whether a cue reports its content, and whether the content tells anything.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_REPORTING_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_REPORTING_H_

#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/syntax.h"

namespace consilience::extraction {

// Words of saying and thinking report; other verbs only with a quote or a whole clause after them.
// "Appointed a judge" and "declined to comment" do something and say nothing.
bool Reports(const Syntax& syntax, const CueLexicon& lexicon, const CueCandidate& cue);

// "condemned this act of cowardice", "confirmed the advance": a definite phrase without a verb, a
// number or more about it tells nothing new. "The death of its leader" does. `object`: what is said
// is the object of its verb, so that a relative clause ends it: "blamed the militia, which …";
// "issued a statement on Monday" tells nothing either.
bool Points(const Syntax& syntax, const CueLexicon& lexicon, TokenSpan said, bool object);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_REPORTING_H_
