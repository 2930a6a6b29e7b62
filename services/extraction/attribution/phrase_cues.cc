// Cues that are no verbs: "according to", "reportedly".
#include <algorithm>
#include <string_view>
#include <utility>

#include "services/extraction/attribution/cue_finder.h"

namespace consilience::extraction {
namespace {

bool Reports(const Syntax& syntax, const VerbGroup& verb) {
  return verb.finite && !verb.passive &&
         (syntax.word(verb.head).main_verb_sense() & kCommunicationSense) != 0;
}

// "X said 30 people had died, | where 12 were hurt, according to Y": what somebody else was said to
// have said before is not of Y. Where the last clause of [begin, end) begins, or `begin`.
uint32_t AfterOtherReport(const Syntax& syntax, uint32_t begin, uint32_t end) {
  uint32_t start = begin;
  bool reported = false;
  for (uint32_t i = begin; i + 1 < end; ++i) {
    const VerbGroup* verb = syntax.VerbAt(i);
    reported = reported || (verb != nullptr && Reports(syntax, *verb));
    if (!reported || !syntax.is(i, Bit(Tag::kComma))) continue;
    const std::string_view word = syntax.text().Lower(i + 1);
    if (word == "where" || word == "while" || word == "whereas" || word == "but") start = i + 1;
  }
  return start;
}

}  // namespace

void CandidateFinder::AddPhrases() {
  for (const LexiconMatch& match : lexicon_.phrases().All(text_.tokens())) {
    CueCandidate candidate;
    candidate.type = CueType::kPhrase;
    candidate.head = match.begin;
    candidate.cue = {match.begin, match.end};
    if (match.end >= syntax_.size()) continue;
    const Sentence& sentence = syntax_.SentenceOf(match.begin);
    candidate.source = GroupFrom(syntax_, match.end, false);
    if (candidate.source.empty()) continue;
    uint32_t at = candidate.source.end;
    const bool opens = match.begin == sentence.begin ||
                       syntax_.is(match.begin - 1, Bits(Tag::kConjunction, Tag::kQuote));
    if (opens) {
      while (at < sentence.end && !syntax_.is(at, Bit(Tag::kComma))) ++at;
      candidate.source.end = at;
      if (++at >= sentence.end) continue;
      candidate.content.kind = ContentKind::kClause;
      candidate.content.parts.push_back({at, ClauseEnd(syntax_, at)});
    } else {
      uint32_t end = match.begin;
      if (syntax_.is(end - 1, Bit(Tag::kComma))) --end;
      candidate.content.kind = ContentKind::kClauseBefore;
      const uint32_t begin = std::min(AfterDateline(syntax_, sentence), end);
      candidate.content.parts.push_back({AfterOtherReport(syntax_, begin, end), end});
    }
    if (candidate.content.parts.front().empty()) continue;
    AddFacts(candidate, WordOf(candidate, text_[match.begin].word, 0, Form::kPast),
             ClassOf(syntax_, lexicon_, candidate.source, SubjectKind::kPlain));
    found_.push_back(std::move(candidate));
  }
  for (const LexiconMatch& match : lexicon_.adverbs().All(text_.tokens())) {
    CueCandidate candidate;
    candidate.type = CueType::kAdverb;
    candidate.head = match.begin;
    candidate.cue = {match.begin, match.end};
    const Sentence& sentence = syntax_.SentenceOf(match.begin);
    if (match.begin > sentence.begin) {
      candidate.content.parts.push_back({sentence.begin, match.begin});
    }
    const uint32_t end = ClauseEnd(syntax_, std::min<size_t>(match.end, sentence.end - 1));
    if (end > match.end) candidate.content.parts.push_back({match.end, end});
    candidate.content.kind = ContentKind::kClause;
    if (candidate.content.parts.empty()) continue;
    AddFacts(candidate, WordOf(candidate, text_[match.begin].word, 0, Form::kPast),
             SubjectClass::kNone);
    found_.push_back(std::move(candidate));
  }
}

}  // namespace consilience::extraction
