#include "services/extraction/attribution/cues.h"

#include <algorithm>
#include <utility>

#include "services/extraction/attribution/colons.h"
#include "services/extraction/attribution/cue_finder.h"

namespace consilience::extraction {
namespace {

constexpr uint32_t kInQuote = 1;
constexpr uint32_t kInHeadline = 2;

// Particles belong to the verb, prepositions before a noun to the cue: "pointed out", "called for".
bool IsParticle(std::string_view word) {
  return word == "out" || word == "up" || word == "down" || word == "off" || word == "back" ||
         word == "away";
}

// By head, those of one head as they were found. Candidates are large: each is moved once.
std::vector<CueCandidate> InOrder(std::vector<CueCandidate> found) {
  std::vector<std::pair<uint32_t, uint32_t>> order;  // head, index
  order.reserve(found.size());
  for (uint32_t i = 0; i < found.size(); ++i) order.emplace_back(found[i].head, i);
  std::sort(order.begin(), order.end());
  std::vector<CueCandidate> sorted;
  sorted.reserve(found.size());
  for (const auto& [head, index] : order) sorted.push_back(std::move(found[index]));
  return sorted;
}

}  // namespace

SubjectClass ClassOf(const Syntax& syntax, const CueLexicon& lexicon, TokenSpan core,
                     SubjectKind kind) {
  if (core.empty()) return SubjectClass::kNone;
  if (kind == SubjectKind::kRelative) return SubjectClass::kRelative;
  const NounPhrase* noun = syntax.NounAt(core.begin);
  const uint32_t head = noun == nullptr ? core.begin : noun->head;
  const WordClass& word = syntax.word(head);
  switch (syntax.tag(head)) {
    case Tag::kName:
      return SubjectClass::kName;
    case Tag::kPronoun: {
      const std::string_view form = syntax.text().Lower(head);
      if (form == "i" || form == "we" || form == "you") return SubjectClass::kFirst;
      return form == "it" ? SubjectClass::kIt : SubjectClass::kPronoun;
    }
    default:
      break;
  }
  if ((word.noun_senses & kPersonSense) != 0) return SubjectClass::kPerson;
  if ((word.noun_senses & kGroupSense) != 0) return SubjectClass::kGroup;
  if ((lexicon.Flags(word.noun) & kDocument) != 0 ||
      (word.noun_senses & kCommunicationSense) != 0) {
    return SubjectClass::kDocument;
  }
  return SubjectClass::kOther;
}

CueCandidates CandidateFinder::Run() {
  subjects_ = SubjectsBefore(syntax_);
  const auto verbs = syntax_.verbs();
  constexpr size_t kFacts = 16;  // of a candidate
  found_.reserve(verbs.size() + syntax_.nouns().size() / 4);
  facts_.reserve(found_.capacity() * kFacts);
  for (size_t i = 0; i < verbs.size(); ++i) {
    if (IsRead(verbs[i].head)) AddVerb(verbs[i], subjects_[i]);
  }
  for (const NounPhrase& noun : syntax_.nouns()) {
    if (IsRead(noun.head)) AddNoun(noun);
  }
  AddPhrases();
  for (CueCandidate& colon : FindColonCues(syntax_, lexicon_, organisations_)) {
    if (IsRead(colon.head)) found_.push_back(std::move(colon));
  }
  return {InOrder(std::move(found_)), std::move(facts_)};
}

// What an inverted subject is followed by: the end of the sentence, a comma, a quote, "in Geneva".
bool CandidateFinder::OpensQuoteOrStops(size_t token) const {
  return token >= syntax_.size() ||
         syntax_.is(token, Bits(Tag::kStop, Tag::kComma, Tag::kQuote, Tag::kColon, Tag::kSemicolon,
                                Tag::kPreposition, Tag::kTime, Tag::kConjunction, Tag::kDash,
                                Tag::kGerund, Tag::kAdverb));
}

// The cue takes in the particle or preposition through which it governs its content.
void CandidateFinder::ExtendCue(CueCandidate& candidate) const {
  Content& content = candidate.content;
  if (content.parts.empty()) return;
  const bool says = candidate.type == CueType::kVerb &&
                    (lexicon_.Flags(syntax_.word(candidate.head).verb) & kReports) != 0;
  if (says && candidate.cue.end == candidate.head + 1) {
    const auto manner = lexicon_.manners().Longest(text_.tokens(), candidate.cue.end);
    if (manner && !content.parts.front().Contains(manner->end - 1)) {
      candidate.cue.end = manner->end;
    }
  }
  // "said:"
  if (candidate.cue.end < content.parts.front().begin &&
      syntax_.is(candidate.cue.end, Bit(Tag::kColon))) {
    ++candidate.cue.end;
    return;
  }
  if (content.parts.front().begin != candidate.cue.end) return;
  TokenSpan& part = content.parts.front();
  while (part.begin + 1 < part.end &&
         syntax_.is(part.begin, Bits(Tag::kPreposition, Tag::kAdverb)) &&
         IsParticle(text_.Lower(part.begin))) {
    candidate.cue.end = ++part.begin;
  }
  if (syntax_.is(part.begin, Bits(Tag::kPreposition, Tag::kTo)) && part.begin + 1 < part.end &&
      content.kind != ContentKind::kInfinitive) {
    candidate.cue.end = ++part.begin;
  }
}

CueWord CandidateFinder::WordOf(const CueCandidate& candidate, WordId lemma, uint32_t senses,
                                Form form) const {
  CueWord cue{static_cast<uint32_t>(candidate.type), lemma, senses, static_cast<uint32_t>(form)};
  if (text_.QuoteOf(candidate.head) >= 0) cue.place |= kInQuote;
  const SegmentKind segment = text_.segments()[text_.SegmentOf(candidate.head)].kind;
  if (segment != SegmentKind::kBody) cue.place |= kInHeadline;
  const uint32_t after = candidate.head + 1;
  if (after < syntax_.SentenceOf(candidate.head).end &&
      syntax_.word(after).function != Tag::kOther) {
    cue.next = text_[after].word;
  }
  return cue;
}

void CandidateFinder::AddFacts(CueCandidate& candidate, const CueWord& cue,
                               SubjectClass subject_class) {
  const auto content = static_cast<uint32_t>(candidate.content.kind);
  const auto subject = static_cast<uint32_t>(subject_class);
  const auto [type, lemma, senses, form, place, next] = cue;
  candidate.facts_begin = static_cast<uint32_t>(facts_.size());
  const CueFact facts[] = {
      {FactKind::kBias, kNoWord, type},
      {FactKind::kLemma, lemma, type},
      {FactKind::kLemmaContent, lemma, type * 32 + content},
      {FactKind::kLemmaForm, lemma, form},
      {FactKind::kLemmaSubject, lemma, subject},
      {FactKind::kContent, kNoWord, type * 32 + content},
      {FactKind::kSense, kNoWord, type << 20 | senses},
      {FactKind::kSenseContent, kNoWord, content << 16 | senses},
      {FactKind::kForm, kNoWord, type * 32 + form},
      {FactKind::kFormContent, kNoWord, form * 32 + content},
      {FactKind::kSubject, kNoWord, type * 32 + subject},
      {FactKind::kSubjectContent, kNoWord, subject * 32 + content},
      {FactKind::kPlace, kNoWord, type * 32 + place},
      {FactKind::kSenseSubject, kNoWord, subject << 16 | senses},
  };
  facts_.insert(facts_.end(), std::begin(facts), std::end(facts));
  if (next != kNoWord) {
    facts_.push_back({FactKind::kNext, next, type});
    facts_.push_back({FactKind::kLemmaNext, lemma, next});
  }
  candidate.facts_end = static_cast<uint32_t>(facts_.size());
}

void CandidateFinder::AddNoun(const NounPhrase& noun) {
  const WordClass& word = syntax_.word(noun.head);
  if (!syntax_.is(noun.head, kNouns) || word.noun == kNoWord) return;
  const uint32_t limit = syntax_.SentenceOf(noun.head).end;
  if (noun.end + 1 >= limit || noun.end != noun.head + 1) return;
  if (!syntax_.is(noun.end, Bits(Tag::kThat, Tag::kPreposition, Tag::kTo, Tag::kColon))) return;
  constexpr uint32_t kSaid = kCommunicationSense | kCognitionSense | kEmotionSense | kActSense;
  if ((word.noun_senses & kSaid) == 0) return;
  CueCandidate candidate;
  candidate.type = CueType::kNoun;
  candidate.head = noun.head;
  candidate.cue = {noun.begin, noun.end};
  Form form = Form::kBase;
  // "Mr. Trump's attacks on", "their claim that": the possessor is the source.
  for (uint32_t i = noun.begin; i < noun.head; ++i) {
    if (syntax_.is(i, Bit(Tag::kGenitive))) {
      candidate.source = {noun.begin, i};
      candidate.cue.begin = i;
      form = Form::kPresent;
    } else if (syntax_.is(i, Bit(Tag::kPossessive))) {
      candidate.source = {i, i + 1};
      candidate.cue.begin = i + 1;
      form = Form::kPast;
    }
  }
  const CueWord cue = WordOf(candidate, word.noun, word.noun_senses, form);
  if (card_ != nullptr && !card_->MayBeCue(cue)) return;
  candidate.content = FindContent(syntax_, {noun.begin, noun.end}, false);
  const ContentKind kind = candidate.content.kind;
  if (kind == ContentKind::kQuoteBefore || kind == ContentKind::kClauseBefore) return;
  ExtendCue(candidate);
  if (candidate.content.parts.empty()) return;
  AddFacts(candidate, cue, candidate.source.empty() ? SubjectClass::kNone : SubjectClass::kName);
  found_.push_back(std::move(candidate));
}

std::string_view NameOf(CueType type) {
  constexpr std::string_view kNames[] = {"verb",         "adjective", "noun",
                                         "according-to", "adverb",    "colon"};
  return kNames[static_cast<size_t>(type)];
}

std::string_view NameOf(ContentKind kind) {
  constexpr std::string_view kNames[] = {
      "none",  "quote-before", "clause-before", "quote-after", "that",  "clause",
      "colon", "whether",      "infinitive",    "preposition", "object"};
  return kNames[static_cast<size_t>(kind)];
}

CueCandidates FindCandidates(const Syntax& syntax, const CueLexicon& lexicon,
                             const Lexicon& organisations, const Scorecard* card) {
  return CandidateFinder(syntax, lexicon, organisations, card).Run();
}

}  // namespace consilience::extraction
