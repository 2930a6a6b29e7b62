// Figures that a text tells only to take them back, to doubt them or to replace them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_WITHDRAWN_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_WITHDRAWN_H_

#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/pack/class_set.h"

namespace consilience::extraction {

// Classes of words that withdrawn figures are read by.
struct WithdrawnClasses {
  explicit WithdrawnClasses(const ClassTable& classes);

  ClassId account;      // "report", "claim", "figure": what was said before
  ClassId retract;      // "withdrew", "retracting"
  ClassId deny;         // "denied", "dismissed"
  ClassId verify;       // "confirm", "verify"
  ClassId unconfirmed;  // "unconfirmed"
  ClassId untrue;       // "wrong", "false"
  ClassId earlier;      // "earlier", "previous"
  ClassId replaced;     // "earlier version": a text that another has taken the place of
  ClassId negation;     // "not"
  ClassId say;          // "said"
  ClassId rumour;       // accounts that are no more than alleged: "rumours"
  ClassId fear;         // accounts that are suspected: "fears"
  ClassId evidence;     // "evidence", "confirmation", of which there may be none
  ClassId believe;      // "believe", "think"
  ClassId initially;    // "at first"
  ClassId revised;      // "later", "lowered"
  ClassId be;           // "was"
};

// "The company retracted its claim that 12 had died" denies the figure; so do "a report that 12 had
// died was wrong" and "did not believe that 12 had died". "Could not confirm reports that 12 had
// died" alleges it, on the word of the reports; rumours and fears tell it with doubt. "An earlier
// toll of 12", "an earlier version of this article said 12" and "who had said 12, now says 9" say
// it no more: such drafts are removed. Attributions must be joined.
void JudgeWithdrawn(const Scene& scene, const WithdrawnClasses& classes,
                    const std::vector<AttributionMention>& attributions,
                    std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_WITHDRAWN_H_
