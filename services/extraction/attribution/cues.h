// Places where somebody may be reporting what somebody says, thinks or wants.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUES_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/extraction/attribution/contents.h"
#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/scorecard.h"
#include "services/extraction/attribution/sources.h"
#include "services/extraction/attribution/syntax.h"

namespace consilience::extraction {

enum class CueType : uint8_t {
  kVerb,       // said, has denied, is believed
  kAdjective,  // is confident, was critical of
  kNoun,       // their claim that, the criticism of
  kPhrase,     // according to
  kAdverb,     // reportedly
  kColon,      // Pat Caddell: …
};

// "verb", "according-to" …; the parts of a rule's name.
std::string_view NameOf(CueType type);
std::string_view NameOf(ContentKind kind);

// A possible attribution. Token spans; an empty source means that nobody is named.
struct CueCandidate {
  CueType type = CueType::kVerb;
  uint32_t head = 0;  // the token that carries the meaning
  TokenSpan cue;
  TokenSpan source;
  SubjectKind subject = SubjectKind::kNone;
  Content content;
  bool certain = false;      // a pattern that leaves nothing to weigh
  bool denies = false;       // of what it is about, it says that it is not so
  uint32_t facts_begin = 0;  // into CueCandidates::facts
  uint32_t facts_end = 0;
};

struct CueCandidates {
  std::vector<CueCandidate> all;  // in the order of their heads
  std::vector<CueFact> facts;     // of one candidate after the other

  std::span<const CueFact> FactsOf(const CueCandidate& candidate) const {
    return std::span(facts).subspan(candidate.facts_begin,
                                    candidate.facts_end - candidate.facts_begin);
  }
};

// Every candidate of the text; with a card, none of those that it could not take wherever they
// stood. `organisations` are the names of those known to speak.
CueCandidates FindCandidates(const Syntax& syntax, const CueLexicon& lexicon,
                             const Lexicon& organisations, const Scorecard* card = nullptr);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CUES_H_
