#include "services/extraction/attribution/cues.h"

#include <algorithm>
#include <utility>

#include "services/extraction/attribution/colons.h"

namespace consilience::extraction {
namespace {

enum class Form : uint32_t {
  kPast,
  kPresent,
  kBase,
  kModal,
  kPerfect,
  kGerund,
  kInfinitive,
  kPassive,
  kReduced
};

// Classes of a subject, for the scorecard.
enum class SubjectClass : uint32_t {
  kNone,
  kPronoun,
  kName,
  kPerson,
  kGroup,
  kDocument,
  kRelative,
  kFirst,
  kIt,
  kOther
};

constexpr uint32_t kInQuote = 1;
constexpr uint32_t kInHeadline = 2;

// Particles belong to the verb, prepositions before a noun to the cue: "pointed out", "called for".
bool IsParticle(std::string_view word) {
  return word == "out" || word == "up" || word == "down" || word == "off" || word == "back" ||
         word == "away";
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

class CandidateFinder {
 public:
  CandidateFinder(const Syntax& syntax, const CueLexicon& lexicon, const Lexicon& organisations)
      : syntax_(syntax), text_(syntax.text()), lexicon_(lexicon), organisations_(organisations) {}

  CueCandidates Run() {
    const std::vector<Subject> subjects = SubjectsBefore(syntax_);
    const auto verbs = syntax_.verbs();
    constexpr size_t kFacts = 16;  // of a candidate
    found_.reserve(verbs.size() + syntax_.nouns().size() / 4);
    facts_.reserve(found_.capacity() * kFacts);
    for (size_t i = 0; i < verbs.size(); ++i) {
      if (IsRead(verbs[i].head)) AddVerb(verbs[i], subjects[i]);
    }
    for (const NounPhrase& noun : syntax_.nouns()) {
      if (IsRead(noun.head)) AddNoun(noun);
    }
    AddPhrases();
    for (CueCandidate& colon : FindColonCues(syntax_, lexicon_, organisations_)) {
      if (IsRead(colon.head)) found_.push_back(std::move(colon));
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const CueCandidate& a, const CueCandidate& b) { return a.head < b.head; });
    return {std::move(found_), std::move(facts_)};
  }

 private:
  void AddVerb(const VerbGroup& verb, const Subject& before);
  void AddNoun(const NounPhrase& noun);
  void AddPhrases();
  void ReadAgent(CueCandidate& candidate) const;
  bool IsPlainReport(const CueCandidate& candidate, const VerbGroup& verb, WordId lemma) const;
  bool TakesLives(const CueCandidate& candidate, WordId lemma) const;
  bool IsPutAt(const VerbGroup& verb, const Content& content) const;
  void ExtendCue(CueCandidate& candidate) const;
  void AddFacts(CueCandidate& candidate, WordId lemma, uint32_t senses, uint32_t form,
                SubjectClass subject);
  bool OpensQuoteOrStops(size_t token) const;
  // "Show Comments" says nothing.
  bool IsRead(size_t token) const {
    return text_.segments()[text_.SegmentOf(token)].kind != SegmentKind::kFurniture;
  }

  const Syntax& syntax_;
  const Text& text_;
  const CueLexicon& lexicon_;
  const Lexicon& organisations_;
  std::vector<CueCandidate> found_;
  std::vector<CueFact> facts_;
};

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

void CandidateFinder::AddFacts(CueCandidate& candidate, WordId lemma, uint32_t senses,
                               uint32_t form, SubjectClass subject_class) {
  const auto type = static_cast<uint32_t>(candidate.type);
  const auto content = static_cast<uint32_t>(candidate.content.kind);
  const auto subject = static_cast<uint32_t>(subject_class);
  const Sentence& sentence = syntax_.SentenceOf(candidate.head);
  const uint32_t after = candidate.head + 1;
  const WordId next = after < sentence.end ? text_[after].word : kNoWord;
  uint32_t place = 0;
  if (text_.QuoteOf(candidate.head) >= 0) place |= kInQuote;
  const SegmentKind segment = text_.segments()[text_.SegmentOf(candidate.head)].kind;
  if (segment != SegmentKind::kBody) place |= kInHeadline;
  const bool function = next != kNoWord && syntax_.word(after).function != Tag::kOther;
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
  if (function) {
    facts_.push_back({FactKind::kNext, next, type});
    facts_.push_back({FactKind::kLemmaNext, lemma, next});
  }
  candidate.facts_end = static_cast<uint32_t>(facts_.size());
}

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
  Subject subject = before;
  TokenSpan clause = candidate.cue;
  const bool plain = before.kind == SubjectKind::kPlain ||
                     before.kind == SubjectKind::kParenthetical ||
                     before.kind == SubjectKind::kRelative;
  if (plain) clause.begin = before.span.begin;
  const bool communicates =
      (senses & (kCommunicationSense | kCognitionSense)) != 0 && candidate.type == CueType::kVerb;
  if (!plain && verb.finite && communicates) {
    const Subject after = SubjectAfter(syntax_, verb);
    if (after.kind == SubjectKind::kInverted && OpensQuoteOrStops(after.core.end)) {
      subject = after;
      clause.end = after.span.end;
    }
  }
  candidate.subject = subject.kind;
  candidate.source = subject.kind == SubjectKind::kShared ? subject.core : subject.span;
  const bool hearer = (lexicon_.Flags(lemma) & kHearer) != 0 && !verb.passive;
  candidate.content = FindContent(syntax_, clause, hearer);
  ExtendCue(candidate);
  candidate.certain = !candidate.source.empty() && IsPutAt(verb, candidate.content);
  const Form form = FormOf(syntax_, verb);
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
  AddFacts(candidate, lemma, senses, static_cast<uint32_t>(form),
           ClassOf(syntax_, lexicon_, subject.core, subject.kind));
  if (!candidate.content.parts.empty() && !TakesLives(candidate, lemma)) {
    found_.push_back(std::move(candidate));
  }
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

// "denied by a militia commander": the agent is the source.
void CandidateFinder::ReadAgent(CueCandidate& candidate) const {
  const uint32_t by = candidate.head + 1;
  if (by + 1 >= syntax_.size() || text_.Lower(by) != "by") return;
  const TokenSpan agent = GroupFrom(syntax_, by + 1, false);
  if (agent.empty()) return;
  // "said by telephone"
  const NounPhrase& noun = *syntax_.NounAt(agent.begin);
  constexpr uint32_t kWho = kPersonSense | kGroupSense | kCommunicationSense;
  const bool may_speak = noun.end > noun.head + 1 || noun.head > noun.begin ||
                         !syntax_.is(noun.head, Bit(Tag::kNoun)) ||
                         (syntax_.word(noun.head).noun_senses & kWho & ~kCommunicationSense) != 0;
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

// "medics suspected a gas attack": a reporting verb of a finite clause with its subject, outside of
// quotes.
bool CandidateFinder::IsPlainReport(const CueCandidate& candidate, const VerbGroup& verb,
                                    WordId lemma) const {
  if ((lexicon_.Flags(lemma) & kReports) == 0 || !verb.finite || verb.passive || verb.negated) {
    return false;
  }
  if (candidate.source.empty() || candidate.content.parts.empty()) return false;
  if (candidate.content.kind == ContentKind::kPreposition ||
      candidate.content.kind == ContentKind::kInfinitive) {
    return false;
  }
  return text_.QuoteOf(candidate.head) < 0;
}

// "activists put the toll at more than 200"
bool CandidateFinder::IsPutAt(const VerbGroup& verb, const Content& content) const {
  const std::string_view word = text_.Lower(verb.head);
  if ((word != "put" && word != "puts" && word != "putting") || verb.passive) return false;
  if (content.kind != ContentKind::kObject || content.parts.empty()) return false;
  const TokenSpan object = GroupFrom(syntax_, content.parts.front().begin, false);
  for (uint32_t i = object.begin; i < object.end + 1 && i < syntax_.size(); ++i) {
    if (text_.Lower(i) == "at" && i + 1 < syntax_.size()) return true;
  }
  return false;
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
  candidate.content = FindContent(syntax_, {noun.begin, noun.end}, false);
  const ContentKind kind = candidate.content.kind;
  if (kind == ContentKind::kQuoteBefore || kind == ContentKind::kClauseBefore) return;
  ExtendCue(candidate);
  if (candidate.content.parts.empty()) return;
  AddFacts(candidate, word.noun, word.noun_senses, static_cast<uint32_t>(form),
           candidate.source.empty() ? SubjectClass::kNone : SubjectClass::kName);
  found_.push_back(std::move(candidate));
}

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
      candidate.content.parts.push_back({std::min(AfterDateline(syntax_, sentence), end), end});
    }
    if (candidate.content.parts.front().empty()) continue;
    AddFacts(candidate, text_[match.begin].word, 0, 0,
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
    AddFacts(candidate, text_[match.begin].word, 0, 0, SubjectClass::kNone);
    found_.push_back(std::move(candidate));
  }
}

}  // namespace

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
                             const Lexicon& organisations) {
  return CandidateFinder(syntax, lexicon, organisations).Run();
}

}  // namespace consilience::extraction
