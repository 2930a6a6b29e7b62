// Who says with a mere number how many there are: "recorded 135 incidents", "raised the toll to
// 62".
#include <algorithm>

#include "services/extraction/attribution/cue_finder.h"

namespace consilience::extraction {

// A person or a body of people, by the head of the phrase.
bool CandidateFinder::Speaks(TokenSpan source) const {
  const NounPhrase* noun = source.empty() ? nullptr : syntax_.NounAt(source.begin);
  if (noun == nullptr || text_.Lower(noun->head) == "it") return false;
  return syntax_.is(noun->head, Bits(Tag::kName, Tag::kPronoun)) ||
         (syntax_.word(noun->head).noun_senses & (kGroupSense | kPersonSense)) != 0;
}

// "the toll | to 62"
bool CandidateFinder::ChangesTo(TokenSpan said) const {
  for (uint32_t i = said.begin; i + 1 < said.end; ++i) {
    if (syntax_.is(i, Bit(Tag::kTo)) && syntax_.is(i + 1, Bits(Tag::kNumber, Tag::kDeterminer))) {
      return true;
    }
  }
  return false;
}

// "the monitor | recorded | 135 incidents": a body of people and a number.
bool CandidateFinder::CountsOut(const CueCandidate& candidate, WordId lemma) const {
  if ((lexicon_.Flags(lemma) & kCounts) == 0 || candidate.content.kind != ContentKind::kObject ||
      candidate.content.parts.empty() || candidate.source.empty()) {
    return false;
  }
  const TokenSpan& said = candidate.content.parts.front();
  const NounPhrase* counted = syntax_.NounAt(said.begin);
  if (counted == nullptr || !Speaks(candidate.source)) return false;
  for (uint32_t i = counted->begin; i < counted->end; ++i) {
    if (syntax_.is(i, Bit(Tag::kNumber))) return true;
  }
  return false;
}

}  // namespace consilience::extraction
