#include "services/extraction/attribution/reporting.h"

#include <cstdint>
#include <string_view>

namespace consilience::extraction {
namespace {

// "appointed a judge", "declined to comment", "asked not to be named"
bool OnlyActs(const Syntax& syntax, const CueLexicon& lexicon, const CueCandidate& cue) {
  const ContentKind kind = cue.content.kind;
  const bool mere = kind == ContentKind::kObject || kind == ContentKind::kInfinitive ||
                    kind == ContentKind::kPreposition;
  if (!mere || cue.content.parts.empty()) return false;
  const WordClass& acts = syntax.word(cue.head);
  if (cue.type == CueType::kNoun) return (lexicon.Flags(acts.noun) & kActs) != 0;
  if (cue.type != CueType::kVerb) return false;
  if ((lexicon.Flags(acts.verb) & kActs) != 0) return true;
  const VerbGroup* verb = syntax.VerbAt(cue.content.parts.front().begin);
  const std::string_view word = verb == nullptr ? "" : syntax.text().Lower(verb->head);
  return verb != nullptr && verb->passive &&
         (word == "named" || word == "identified" || word == "quoted");
}

}  // namespace

bool Reports(const Syntax& syntax, const CueLexicon& lexicon, const CueCandidate& cue) {
  // "claimed a series of attacks that killed 129 people"
  const bool owns = (lexicon.Flags(syntax.word(cue.head).verb) & kOwns) != 0;
  if (owns && cue.content.kind == ContentKind::kObject) return false;
  if (OnlyActs(syntax, lexicon, cue)) return false;
  // "citing officials": whose word it is, not what they say.
  const bool cites = (lexicon.Flags(syntax.word(cue.head).verb) & kCites) != 0;
  if (cites && cue.content.kind == ContentKind::kObject && syntax.is(cue.head, Bit(Tag::kGerund))) {
    return false;
  }
  if (cue.type == CueType::kPhrase || cue.type == CueType::kAdverb || cue.certain) return true;
  switch (cue.content.kind) {
    case ContentKind::kThat:
    case ContentKind::kColon:
    case ContentKind::kQuoteBefore:
    case ContentKind::kQuoteAfter:
    case ContentKind::kClauseBefore:
      return true;
    default:
      break;
  }
  // "troops backed by militias"
  const VerbGroup* verb = syntax.VerbAt(cue.head);
  if (verb != nullptr && verb->passive && !verb->finite) return false;
  const WordClass& word = syntax.word(cue.head);
  const uint32_t said = kCommunicationSense | kCognitionSense;
  if (cue.type == CueType::kVerb) return (word.main_verb_sense() & said) != 0;
  return cue.type == CueType::kNoun && (word.noun_senses & said) != 0;
}

bool Points(const Syntax& syntax, const CueLexicon& lexicon, TokenSpan said, bool object) {
  const Text& text = syntax.text();
  const int flags = lexicon.Flags(text[said.begin].word);
  const bool here =
      syntax.is(said.begin, Bits(Tag::kPronoun, Tag::kObject)) || (flags & kDemonstrative) != 0;
  // "issued | a statement late on Monday": that they spoke, and not what they said.
  const NounPhrase* noun = object ? syntax.NounAt(said.begin) : nullptr;
  const bool document =
      noun != nullptr && (lexicon.Flags(syntax.word(noun->head).noun) & kDocument) != 0;
  if (!here && !document && (flags & kDefinite) == 0) return false;
  for (uint32_t i = said.begin; i < said.end; ++i) {
    // "blamed the militia, | which holds the town"
    if (object && !document && syntax.is(i, Bit(Tag::kWh))) return true;
    if (syntax.VerbAt(i) != nullptr || syntax.is(i, Bits(Tag::kNumber, Tag::kQuote))) return false;
    if (!here && !document && text.Lower(i) == "of") return false;
  }
  return true;
}

}  // namespace consilience::extraction
