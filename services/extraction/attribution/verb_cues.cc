// Cues that are verbs, or adjectives after a form of "be".
#include <algorithm>
#include <string_view>
#include <utility>

#include "services/extraction/attribution/cue_finder.h"

namespace consilience::extraction {
namespace {

// Tokens from "was quoted" to its "as".
constexpr uint32_t kQuotedReach = 16;
// Tokens from "put the number" to its "at".
constexpr uint32_t kPutReach = 24;

bool IsPutting(std::string_view word) {
  return word == "put" || word == "puts" || word == "putting";
}

bool IsGiving(std::string_view word) {
  return word == "gave" || word == "gives" || word == "given";
}

Form FormOf(const Syntax& syntax, const VerbGroup& verb) {
  if (verb.passive) return verb.finite ? Form::kPassive : Form::kReduced;
  if (verb.infinitive) return Form::kInfinitive;
  if (verb.gerund) return Form::kGerund;
  const Tag head = syntax.tag(verb.head);
  if (head == Tag::kParticiple) return Form::kPerfect;
  for (uint32_t i = verb.begin; i < verb.head; ++i) {
    if (syntax.is(i, Bits(Tag::kModal, Tag::kDo))) return Form::kModal;
  }
  return head == Tag::kPast ? Form::kPast : head == Tag::kPresent ? Form::kPresent : Form::kBase;
}

}  // namespace

void CandidateFinder::AddVerb(const VerbGroup& verb, const Subject& before) {
  const auto tokens = text_.tokens();
  if (lexicon_.phrases().Starts(text_[verb.head]) &&
      lexicon_.phrases().Longest(tokens, verb.head).has_value()) {
    return;  // "according to"
  }
  CueCandidate candidate;
  candidate.head = verb.head;
  candidate.cue = {verb.begin, verb.end};
  const WordClass* word = &syntax_.word(verb.head);
  WordId lemma = word->verb != kNoWord ? word->verb : text_[verb.head].word;
  uint32_t senses = word->verb_senses;
  if (syntax_.is(verb.head, kAuxiliaries)) {
    // "is confident that", "was critical of": the adjective tells.
    const bool predicate = syntax_.is(verb.head, Bit(Tag::kBe)) && verb.end < syntax_.size() &&
                           syntax_.is(verb.end, Bits(Tag::kAdjective, Tag::kParticiple));
    if (!predicate) return;
    candidate.type = CueType::kAdjective;
    candidate.head = verb.end;
    candidate.cue.end = verb.end + 1;
    lemma = text_[verb.end].word;
    senses = 0;
  }
  const Form form = FormOf(syntax_, verb);
  const CueWord cue = WordOf(candidate, lemma, senses, form);
  if (card_ != nullptr && !card_->MayBeCue(cue) && !MayBeCertain(verb, lemma)) return;
  if (IsQuotedAs(verb) || IsLetTo(verb, before)) return;  // what he is quoted as saying is the cue
  const std::optional<Subject> quoted = QuotedSubject(verb, candidate);
  Subject subject = quoted.value_or(before);
  TokenSpan clause = candidate.cue;
  const bool plain = subject.kind == SubjectKind::kPlain ||
                     subject.kind == SubjectKind::kParenthetical ||
                     subject.kind == SubjectKind::kRelative;
  if (plain) clause.begin = std::min(clause.begin, subject.span.begin);
  const bool says = (senses & (kCommunicationSense | kCognitionSense)) != 0 ||
                    (lexicon_.Flags(lemma) & kReports) != 0;
  const bool communicates = says && candidate.type == CueType::kVerb;
  const bool hearer = (lexicon_.Flags(lemma) & kHearer) != 0 && !verb.passive;
  if ((!plain || (!hearer && MayBeInverted(verb, subject))) && verb.finite && communicates) {
    const Subject after = SubjectAfter(syntax_, verb);
    const bool bracket = after.core.end < syntax_.size() &&
                         syntax_.is(after.core.end, Bit(Tag::kOpen)) &&
                         after.span.end > after.core.end;  // "tweeted Jane Doe (@jane)."
    if (after.kind == SubjectKind::kInverted &&
        OpensQuoteOrStops(bracket ? after.span.end : after.core.end)) {
      subject = after;
      clause = {candidate.cue.begin, after.span.end};
    }
  }
  // "Five people | confirmed dead": what they are, and not what they say.
  if (communicates && plain && verb.end == verb.begin + 1 && verb.end < syntax_.size() &&
      syntax_.is(subject.core.begin, Bit(Tag::kNumber)) &&
      syntax_.is(verb.end, Bits(Tag::kAdjective, Tag::kParticiple)) &&
      (verb.end + 1 >= syntax_.size() || !syntax_.is(verb.end + 1, kNouns))) {
    return;
  }
  candidate.subject = subject.kind;
  candidate.source = subject.kind == SubjectKind::kShared ? subject.core : subject.span;
  // "…, judging by the ruins": a participle behind a clause goes with it and does not report it.
  const bool behind = verb.gerund && !quoted && clause.begin == verb.begin && clause.begin > 0 &&
                      syntax_.is(clause.begin - 1, Bit(Tag::kComma)) &&
                      text_.QuoteOf(clause.begin) < 0;
  candidate.content = FindContent(syntax_, clause, hearer, behind);
  ExtendCue(candidate);
  candidate.certain =
      !candidate.source.empty() && IsPutAt(verb, candidate.source, candidate.content);
  if (verb.passive && candidate.type == CueType::kVerb) {
    // Of "he was accused of murder" he is content, and nobody is named.
    if (!candidate.source.empty() && subject.kind != SubjectKind::kRelative &&
        subject.kind != SubjectKind::kShared) {
      candidate.content.parts.insert(candidate.content.parts.begin(), candidate.source);
    }
    candidate.source = {};
    // "a claim denied by a commander": the clause before the comma is not part of it.
    const bool clause_before = candidate.content.kind == ContentKind::kClauseBefore;
    if (!verb.finite && clause_before && candidate.content.parts.size() > 1) {
      candidate.content.parts.resize(1);
    }
    ReadAgent(candidate);
  }
  const bool denies = (lexicon_.Flags(lemma) & kDenies) != 0;
  candidate.certain = candidate.certain || (verb.passive && denies && !candidate.source.empty()) ||
                      IsPlainReport(candidate, verb, lemma);
  candidate.denies = verb.finite && !verb.passive && !verb.negated &&
                     (CallsFalse(candidate, lemma) || SaysFalse(candidate, lemma));
  candidate.certain = candidate.certain || candidate.denies;
  if (candidate.content.parts.empty() || TakesLives(candidate, lemma)) return;
  AddFacts(candidate, cue, ClassOf(syntax_, lexicon_, subject.core, subject.kind));
  found_.push_back(std::move(candidate));
}

// Whether one of the patterns could hold that leave nothing to weigh: those below and CallsFalse,
// SaysFalse and CountsOut.
bool CandidateFinder::MayBeCertain(const VerbGroup& verb, WordId lemma) const {
  constexpr uint32_t kLeadsTo = kReports | kFinds | kCounts | kDenies | kCalls | kRevises;
  const uint32_t flags = lexicon_.Flags(lemma) | lexicon_.Flags(syntax_.word(verb.head).verb);
  const std::string_view word = text_.Lower(verb.head);
  return (flags & kLeadsTo) != 0 || IsPutting(word) || IsGiving(word);
}

// "a law that lets employers | demand …", "it helped doctors | say": what somebody is let do, and
// nobody's report.
bool CandidateFinder::IsLetTo(const VerbGroup& verb, const Subject& subject) const {
  if (verb.end != verb.begin + 1 || subject.kind != SubjectKind::kPlain) return false;
  if (!syntax_.is(verb.head, Bits(Tag::kBase, Tag::kPresent)) || subject.core.begin == 0) {
    return false;
  }
  if (text_.Lower(verb.head).ends_with('s')) return false;
  const VerbGroup* lets = syntax_.VerbAt(subject.core.begin - 1);
  return lets != nullptr && lets->end == subject.core.begin &&
         (lexicon_.Flags(syntax_.word(lets->head).verb) & kLets) != 0;
}

// "… in the town, east of the river, said the mayor": what stands before is not an apposition of
// who says it.
bool CandidateFinder::MayBeInverted(const VerbGroup& verb, const Subject& before) const {
  if (before.kind != SubjectKind::kParenthetical || verb.end != verb.begin + 1) return false;
  const NounPhrase* noun = verb.end < syntax_.size() ? syntax_.NounAt(verb.end) : nullptr;
  if (noun == nullptr || noun->begin != verb.end) return false;
  const bool speaks = syntax_.is(noun->head, Bit(Tag::kName)) ||
                      (syntax_.word(noun->head).noun_senses & kPersonSense) != 0;
  if (!speaks || syntax_.is(noun->begin, Bit(Tag::kNumber))) return false;
  const uint32_t end = GroupFrom(syntax_, noun->begin, true).end;
  for (uint32_t i = noun->end; i < end; ++i) {
    if (syntax_.VerbAt(i) != nullptr) return false;
  }
  return end >= syntax_.size() || syntax_.is(end, Bit(Tag::kStop));
}

// "the quake has claimed 2,263 lives"
bool CandidateFinder::TakesLives(const CueCandidate& candidate, WordId lemma) const {
  if ((lexicon_.Flags(lemma) & kOwns) == 0 || candidate.content.kind != ContentKind::kObject) {
    return false;
  }
  const NounPhrase* object = syntax_.NounAt(candidate.content.parts.front().begin);
  if (object == nullptr) return false;
  const std::string_view head = text_.Lower(object->head);
  return head == "lives" || head == "life" || head == "victims" || head == "victim";
}

bool CandidateFinder::Cites(const VerbGroup& verb) const {
  return (lexicon_.Flags(syntax_.word(verb.head).verb) & kCites) != 0;
}

// The "as" after "was quoted", behind whom and what it stands in: "by Haaretz", "in a report on
// Monday". The end of the verb if there is none.
uint32_t CandidateFinder::AsAfter(const VerbGroup& verb) const {
  const uint32_t limit = std::min(syntax_.SentenceOf(verb.head).end, verb.end + kQuotedReach);
  uint32_t at = verb.end;
  while (at + 1 < limit && text_.Lower(at) != "as") {
    if (syntax_.is(at, Bits(Tag::kTime, Tag::kAdverb, Tag::kNumber))) {
      ++at;
      continue;
    }
    if (!syntax_.is(at, Bit(Tag::kPreposition))) return verb.end;
    const NounPhrase* noun = syntax_.NounAt(at + 1);
    if (noun == nullptr && !syntax_.is(at + 1, Bit(Tag::kTime))) return verb.end;
    at = noun == nullptr ? at + 2 : noun->end;
  }
  return at + 1 < limit ? at : verb.end;
}

// "was quoted by Haaretz | as saying"
bool CandidateFinder::IsQuotedAs(const VerbGroup& verb) const {
  if (!verb.passive || !Cites(verb)) return false;
  const uint32_t as = AsAfter(verb);
  if (as + 1 >= syntax_.size() || text_.Lower(as) != "as") return false;
  const VerbGroup* saying = syntax_.VerbAt(as + 1);
  return saying != nullptr && saying->gerund &&
         (as == verb.end || (syntax_.word(saying->head).verb_senses & kCommunicationSense) != 0);
}

// The "was quoted" of "was quoted by Haaretz as | saying", or null.
const VerbGroup* CandidateFinder::QuotedBefore(const VerbGroup& saying) const {
  const uint32_t as = saying.begin - 1;
  const uint32_t first =
      std::max(syntax_.SentenceOf(as).begin, as > kQuotedReach ? as - kQuotedReach : 0);
  for (uint32_t i = as; i-- > first;) {
    const VerbGroup* quoted = syntax_.VerbAt(i);
    if (quoted == nullptr) continue;
    return quoted->passive && Cites(*quoted) && AsAfter(*quoted) == as ? quoted : nullptr;
  }
  return nullptr;
}

// Who speaks in "he was quoted as saying", whose cue begins at "was", and in "quoted the minister
// as saying".
std::optional<Subject> CandidateFinder::QuotedSubject(const VerbGroup& verb,
                                                      CueCandidate& candidate) const {
  if (!verb.gerund || verb.begin < 3 || text_.Lower(verb.begin - 1) != "as") return std::nullopt;
  const VerbGroup* quoted = QuotedBefore(verb);
  if (quoted != nullptr) {
    candidate.cue.begin = quoted->begin;
    return subjects_[static_cast<size_t>(quoted - syntax_.verbs().data())];
  }
  const TokenSpan speaker = GroupBefore(syntax_, verb.begin - 1);
  if (speaker.empty() || speaker.begin == 0) return std::nullopt;
  quoted = syntax_.VerbAt(speaker.begin - 1);
  if (quoted == nullptr || quoted->passive || !Cites(*quoted)) return std::nullopt;
  return Subject{speaker, speaker, SubjectKind::kPlain};
}

// "denied by a militia commander": the agent is the source.
void CandidateFinder::ReadAgent(CueCandidate& candidate) const {
  const uint32_t by = candidate.head + 1;
  if (by + 1 >= syntax_.size() || text_.Lower(by) != "by") return;
  const TokenSpan agent = GroupFrom(syntax_, by + 1, false);
  if (agent.empty()) return;
  // "said by telephone"
  const NounPhrase& noun = *syntax_.NounAt(agent.begin);
  constexpr uint32_t kWho = kPersonSense | kGroupSense;
  const bool may_speak = noun.end > noun.head + 1 || noun.head > noun.begin ||
                         !syntax_.is(noun.head, Bit(Tag::kNoun)) ||
                         (syntax_.word(noun.head).noun_senses & kWho) != 0;
  if (!may_speak) return;
  candidate.source = agent;
  candidate.cue.end = by + 1;
  auto& parts = candidate.content.parts;
  while (!parts.empty() && parts.back().end > by) {
    TokenSpan& last = parts.back();
    last.begin = std::max(last.begin, agent.end);
    if (!last.empty()) break;
    parts.pop_back();
  }
}

// "a poll | found", "the report | shows"
bool CandidateFinder::IsOfDocument(const CueCandidate& candidate) const {
  const NounPhrase* noun =
      candidate.source.empty() ? nullptr : syntax_.NounAt(candidate.source.begin);
  return noun != nullptr && (lexicon_.Flags(syntax_.word(noun->head).noun) & kDocument) != 0;
}

// "medics suspected a gas attack": a reporting verb of a finite clause with its subject, outside of
// quotes.
bool CandidateFinder::IsPlainReport(const CueCandidate& candidate, const VerbGroup& verb,
                                    WordId lemma) const {
  const bool finds = (lexicon_.Flags(lemma) & kFinds) != 0 && IsOfDocument(candidate);
  const bool reports =
      finds || (lexicon_.Flags(lemma) & kReports) != 0 || CountsOut(candidate, lemma);
  if (!reports || !verb.finite || verb.passive || verb.negated) return false;
  if (candidate.source.empty() || candidate.content.parts.empty()) return false;
  if (candidate.content.kind == ContentKind::kPreposition ||
      candidate.content.kind == ContentKind::kInfinitive ||
      (finds && candidate.content.kind == ContentKind::kObject)) {
    return false;
  }
  return text_.QuoteOf(candidate.head) < 0;
}

// "activists put the toll at more than 200"
bool CandidateFinder::IsPutAt(const VerbGroup& verb, TokenSpan source,
                              const Content& content) const {
  const std::string_view word = text_.Lower(verb.head);
  if (verb.passive || content.parts.empty()) return false;
  const TokenSpan& said = content.parts.front();
  const NounPhrase* figure = syntax_.NounAt(said.begin);
  const std::string_view head = figure == nullptr ? "" : text_.Lower(figure->head);
  const bool number = head == "figure" || head == "toll" || head == "tally" || head == "estimate" ||
                      head == "number" || head == "count";
  // "put the number of people seized …" looks like a clause.
  const bool mere = content.kind == ContentKind::kObject;
  if (!mere && !(number && content.kind == ContentKind::kClause)) return false;
  if ((lexicon_.Flags(syntax_.word(verb.head).verb) & kRevises) != 0) {
    return number && Speaks(source) && ChangesTo(said);
  }
  if (IsGiving(word)) {
    return number && head != "number" && head != "count";  // "gave a figure of 770"
  }
  if (!IsPutting(word)) return false;
  const TokenSpan object = GroupFrom(syntax_, said.begin, false);
  const uint32_t limit = number ? std::min(said.end, said.begin + kPutReach) : object.end + 1;
  for (uint32_t i = object.begin; i + 1 < syntax_.size() && i < limit; ++i) {
    // "put the number of people seized in the raids this year at 1,100"
    if (text_.Lower(i) == "at" && (i <= object.end || text_[i + 1].is_number())) return true;
  }
  return false;
}

}  // namespace consilience::extraction
