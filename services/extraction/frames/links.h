// Points assertions at the ones that they answer.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_LINKS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_LINKS_H_

#include <vector>

#include "services/extraction/attribution/attribution.h"
#include "services/extraction/frames/draft.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Assertions that are looked at for what another one refers to.
inline constexpr size_t kLookBack = 32;

// Somebody took a place, or left it, or advanced.
bool IsMove(const Assertion& assertion);

// Points drafts of kind DENIAL at what they deny: the assertion before them in the sentence, or
// else in the sentence before. "The ministry denied that police had used force" denies no count of
// the injured: a denial in words of its own is of what shares a word with it, or of an attack or a
// move. Drafts must be in the order of the text.
void LinkDenials(const Text& text, const AttributionFinder& words, std::vector<Draft>& drafts);

// Points drafts that only refer to a move before them ("a statement confirming the advance") at it.
// Drafts must be in the order of the text.
void LinkConfirmations(std::vector<Draft>& drafts);

// Removes drafts that refer to a move when none is stated before them.
void DropIdleConfirmations(std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_LINKS_H_
