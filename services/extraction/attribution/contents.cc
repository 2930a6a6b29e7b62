#include "services/extraction/attribution/contents.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "services/extraction/attribution/sources.h"

namespace consilience::extraction {
namespace {

constexpr TagSet kPrepositions = Bits(Tag::kPreposition, Tag::kTo);
// How much may stand between a cue and what it introduces, in tokens.
constexpr size_t kMaxAdjunct = 24;
// A clause is not followed further than this, which keeps a text without full stops linear.
constexpr size_t kMaxClause = 250;
// How many tokens a dateline may have.
constexpr uint32_t kMaxDateline = 16;

const Quote* QuoteAt(const Syntax& syntax, size_t token) {
  const int index = syntax.text().QuoteOf(token);
  return index < 0 ? nullptr : &syntax.text().quotes()[static_cast<size_t>(index)];
}

// The quote whose first mark is `token`.
const Quote* QuoteOpeningAt(const Syntax& syntax, size_t token) {
  if (token >= syntax.size()) return nullptr;
  const Quote* quote = QuoteAt(syntax, token);
  return quote != nullptr && quote->begin == token ? quote : nullptr;
}

// The quote whose last mark stands right before `token`.
const Quote* QuoteClosingBefore(const Syntax& syntax, size_t token) {
  if (token == 0) return nullptr;
  const Quote* quote = QuoteAt(syntax, token - 1);
  return quote != nullptr && quote->end == token ? quote : nullptr;
}

bool Communicates(const Syntax& syntax, const VerbGroup& verb) {
  const WordClass& word = syntax.word(verb.head);
  return (word.main_verb_sense() & (kCommunicationSense | kCognitionSense)) != 0 ||
         syntax.text().Lower(verb.head) == "put";  // "while activists put the toll at 200"
}

// Whether the comma or conjunction at `token` opens another attribution: ", adding that", "and
// urged".
bool OpensAnotherCue(const Syntax& syntax, size_t token, size_t limit) {
  size_t next = token + 1;
  while (next < limit && syntax.is(next, Bits(Tag::kConjunction, Tag::kSubordinator))) ++next;
  if (next >= limit) return false;
  const bool joined = syntax.is(token, Bit(Tag::kComma)) && next > token + 1;
  if (next + 1 < limit && syntax.text().Lower(next) == "according" &&
      syntax.is(next + 1, Bit(Tag::kTo))) {
    return true;
  }
  const VerbGroup* verb = syntax.VerbAt(next);
  if (verb != nullptr && verb->begin == next) {
    const bool adds = verb->gerund && syntax.is(token, Bit(Tag::kComma)) &&
                      (syntax.word(verb->head).verb_senses & kCommunicationSense) != 0;
    if (!adds && !Communicates(syntax, *verb)) return false;
    return verb->gerund ? syntax.is(token, Bit(Tag::kComma)) : verb->finite && !verb->passive;
  }
  const NounPhrase* noun = syntax.NounAt(next);
  if (noun == nullptr || noun->begin != next || noun->end >= limit) return false;
  verb = syntax.VerbAt(noun->end);
  return verb != nullptr && verb->begin == noun->end && Communicates(syntax, *verb) &&
         (joined || verb->end >= limit || syntax.is(verb->end, Bits(Tag::kStop, Tag::kComma)));
}

// The start of the clause that ends before `end`: the sentence, or what follows a quote or colon in
// it.
uint32_t ClauseStart(const Syntax& syntax, size_t end) {
  const Sentence& sentence = syntax.SentenceOf(end - 1);
  const Quote* outer = QuoteAt(syntax, end - 1);
  const auto earliest = static_cast<uint32_t>(
      end > kMaxClause ? std::max<size_t>(end - kMaxClause, sentence.begin)
                       : std::min<size_t>(AfterDateline(syntax, sentence), end));
  if (outer != nullptr && outer->begin >= earliest) return outer->begin + 1;
  return earliest;
}

// Whether the preposition at `at` opens an adjunct of the act of saying: "in a statement", "on
// Friday", "during a visit", and not what is spoken of: "for a ceasefire", "of war crimes".
bool OpensAdjunct(const Syntax& syntax, size_t at, const NounPhrase& noun) {
  const std::string_view word = syntax.text().Lower(at);
  for (std::string_view always : {"in", "during", "at", "via", "after", "before"}) {
    if (word == always) return true;
  }
  if (word == "on") {
    return syntax.is(noun.head, Bits(Tag::kName, Tag::kTime)) ||
           (syntax.word(noun.head).noun_senses & (kTimeSense | kCommunicationSense)) != 0;
  }
  if (word == "to" || word == "from") {
    return syntax.is(noun.head, Bit(Tag::kName)) ||
           (syntax.word(noun.head).noun_senses & (kPersonSense | kGroupSense)) != 0;
  }
  return false;
}

// Skips "on Friday", "in a statement", "repeatedly", and a hearer.
size_t SkipAdjuncts(const Syntax& syntax, size_t begin, size_t limit, bool hearer) {
  size_t at = begin;
  limit = std::min(limit, begin + kMaxAdjunct);
  if (hearer && at < limit && syntax.NounAt(at) != nullptr && syntax.NounAt(at)->begin == at) {
    at = GroupFrom(syntax, at, false).end;
  }
  while (at < limit) {
    if (syntax.is(at, Bits(Tag::kTime, Tag::kAdverb))) {
      ++at;
      const NounPhrase* noun = at < limit ? syntax.NounAt(at) : nullptr;  // "Monday morning"
      if (noun != nullptr && noun->end == at + 1 && syntax.is(at, kNouns) &&
          (syntax.word(at).noun_senses & kTimeSense) != 0) {
        ++at;
      }
      continue;
    }
    if (!syntax.is(at, kPrepositions) || at + 1 >= limit) break;
    if (syntax.is(at + 1, Bit(Tag::kTime))) {
      at += 2;
      if (at < limit && syntax.is(at, Bit(Tag::kNumber))) ++at;
      continue;
    }
    const NounPhrase* noun = syntax.NounAt(at + 1);
    if (noun == nullptr || noun->begin != at + 1 || !OpensAdjunct(syntax, at, *noun)) break;
    at = noun->end;
    while (at + 1 < limit && syntax.is(at, Bit(Tag::kPreposition)) &&
           syntax.NounAt(at + 1) != nullptr && syntax.NounAt(at + 1)->begin == at + 1) {
      at = syntax.NounAt(at + 1)->end;
    }
  }
  return std::min(at, limit);
}

// "said on Monday the toll …", "announced Friday a plan": what follows the day is what was said.
bool OpensAfterDay(const Syntax& syntax, size_t begin, size_t at) {
  if (at == begin || syntax.NounAt(at) == nullptr || syntax.NounAt(at)->begin != at) return false;
  for (size_t i = begin; i < at; ++i) {
    if (!syntax.is(i, Bits(Tag::kTime, Tag::kNumber, Tag::kPreposition))) return false;
  }
  return syntax.is(at - 1, Bits(Tag::kTime, Tag::kNumber));
}

bool IsClauseStart(const Syntax& syntax, size_t at, size_t limit) {
  const NounPhrase* noun = at < limit ? syntax.NounAt(at) : nullptr;
  if (noun == nullptr || noun->begin != at) return false;
  const TokenSpan group = GroupFrom(syntax, at, false);
  size_t end = group.end;
  while (end < limit && syntax.is(end, Bits(Tag::kAdverb, Tag::kTime))) ++end;
  const VerbGroup* verb = end < limit ? syntax.VerbAt(end) : nullptr;
  return verb != nullptr && verb->finite;
}

ContentKind KindAt(const Syntax& syntax, size_t at, size_t limit) {
  if (QuoteOpeningAt(syntax, at) != nullptr) return ContentKind::kQuoteAfter;
  switch (syntax.tag(at)) {
    case Tag::kThat:
      return ContentKind::kThat;
    case Tag::kColon:
      return ContentKind::kColon;
    case Tag::kWh:
    case Tag::kSubordinator:
      return ContentKind::kWhether;
    case Tag::kPreposition:
      return ContentKind::kPreposition;
    default:
      break;
  }
  const VerbGroup* verb = syntax.VerbAt(at);
  if (verb != nullptr && verb->infinitive) return ContentKind::kInfinitive;
  if (IsClauseStart(syntax, at, limit)) return ContentKind::kClause;
  return ContentKind::kObject;
}

void AddQuote(const Syntax& syntax, const Quote& quote, Content& content) {
  const auto quotes = syntax.text().quotes();
  // What an unclosed quote goes on with in the following paragraphs is the same speech.
  const Quote* last = &quote;
  content.parts.push_back({quote.begin, quote.end});
  for (size_t i = static_cast<size_t>(&quote - quotes.data()) + 1; i < quotes.size(); ++i) {
    if (quotes[i].begin < last->end) continue;
    if (quotes[i].continues < 0 || &quotes[static_cast<size_t>(quotes[i].continues)] != last) break;
    content.parts.push_back({quotes[i].begin, quotes[i].end});
    last = &quotes[i];
  }
  content.quoted = true;
}

// `"How many times do we have to see this?" he said.`: the quote ends a sentence of its own.
bool FindQuestionBefore(const Syntax& syntax, TokenSpan clause, Content& content) {
  const Quote* quote = QuoteClosingBefore(syntax, clause.begin);
  if (quote == nullptr || quote->end < quote->begin + 2) return false;
  const Text& text = syntax.text();
  const char last = text[quote->end - 2].mark;
  if (last != '?' && last != '!') return false;
  if (syntax.SentenceOf(quote->begin).paragraph != syntax.SentenceOf(clause.begin).paragraph) {
    return false;
  }
  content.kind = ContentKind::kQuoteBefore;
  content.quoted = true;
  content.parts.push_back({quote->begin, quote->end});
  return true;
}

bool FindBefore(const Syntax& syntax, TokenSpan clause, Content& content) {
  const Sentence& sentence = syntax.SentenceOf(clause.begin);
  if (clause.begin <= sentence.begin) return FindQuestionBefore(syntax, clause, content);
  size_t end = clause.begin;
  const bool comma = syntax.is(end - 1, Bit(Tag::kComma));
  const Quote* quote = QuoteClosingBefore(syntax, comma ? end - 1 : end);
  if (quote != nullptr) {
    // `the plan is "mad," he said`: the words before the quote belong to the content.
    const bool whole = quote->begin <= sentence.begin ||
                       syntax.is(quote->begin - 1, Bits(Tag::kStop, Tag::kColon, Tag::kQuote));
    content.kind = whole ? ContentKind::kQuoteBefore : ContentKind::kClauseBefore;
    content.quoted = true;
    content.parts.push_back({whole ? quote->begin : ClauseStart(syntax, quote->begin), quote->end});
    return true;
  }
  if (!comma || end - 1 <= sentence.begin) return false;
  const uint32_t begin = ClauseStart(syntax, end - 1);
  if (begin + 1 >= end) return false;
  content.kind = ContentKind::kClauseBefore;
  content.parts.push_back({begin, static_cast<uint32_t>(end - 1)});
  return true;
}

// A quote that follows the sentence of the cue: `"…," he said. "…"`.
void AddFollowingQuote(const Syntax& syntax, size_t end, Content& content) {
  if (end >= syntax.size()) return;
  const Quote* quote = QuoteOpeningAt(syntax, end);
  if (quote == nullptr || quote->parent >= 0) return;
  const auto& sentences = syntax.text().sentences();
  if (sentences[syntax.text()[end].sentence].paragraph !=
      sentences[syntax.text()[end - 1].sentence].paragraph) {
    return;
  }
  AddQuote(syntax, *quote, content);
}

bool HasVerb(const Syntax& syntax, TokenSpan span) {
  for (size_t i = span.begin; i < span.end; ++i) {
    if (syntax.VerbAt(i) != nullptr) return true;
  }
  return false;
}

}  // namespace

// It is in capitals or closes with an agency in brackets, and a dash or colon follows it.
uint32_t AfterDateline(const Syntax& syntax, const Sentence& sentence) {
  const Text& text = syntax.text();
  if (text.paragraphs()[sentence.paragraph].begin != sentence.begin) return sentence.begin;
  const uint32_t limit = std::min(sentence.end, sentence.begin + kMaxDateline);
  const bool capitals = text[sentence.begin].is(kAllCaps) && !text.all_caps();
  bool bracket = false;
  for (uint32_t i = sentence.begin; i + 1 < limit; ++i) {
    if (syntax.is(i, Bits(Tag::kOpen, Tag::kClose))) bracket = syntax.is(i, Bit(Tag::kOpen));
    const bool dash = syntax.is(i, Bit(Tag::kDash)) || text[i].mark == '|';
    if (text[i].mark == '|' && i + 2 < limit && text[i + 2].mark == '|') continue;  // "| AFP |"
    if (dash || syntax.is(i, Bit(Tag::kColon))) {
      const bool credited = i > sentence.begin && syntax.is(i - 1, Bit(Tag::kClose));
      const bool dateline = i > sentence.begin && (capitals || credited) &&
                            (dash || text[i + 1].is(kCapitalised) || text[i + 1].is_number());
      return dateline ? i + 1 : sentence.begin;
    }
    if (text[i].is_word() && !text[i].is(kCapitalised) && !bracket) break;
  }
  return sentence.begin;
}

// "… by surprise: "We need …", the ministry said"
bool EndsAtColon(const Syntax& syntax, size_t token) {
  return syntax.is(token, Bit(Tag::kColon)) && QuoteAt(syntax, token) == nullptr &&
         QuoteOpeningAt(syntax, token + 1) != nullptr;
}

// "four", "at least four"
bool OpensCount(const Syntax& syntax, size_t token) {
  constexpr size_t kLongestBound = 3;  // "at least another"
  const size_t last = std::min(token + kLongestBound, syntax.size() - 1);
  while (token < last && syntax.is(token, Bits(Tag::kDeterminer, Tag::kAdverb))) ++token;
  return syntax.is(token, Bit(Tag::kNumber));
}

// The last token of [begin, limit) that makes somebody speak; `begin` if none does.
size_t LastSpeaking(const Syntax& syntax, size_t begin, size_t limit) {
  for (size_t i = limit; i-- > begin;) {
    const VerbGroup* verb = syntax.VerbAt(i);
    if (verb != nullptr && verb->finite && Communicates(syntax, *verb)) return i;
    if (syntax.is(i, Bit(Tag::kQuote)) || syntax.text().Lower(i) == "according") return i;
  }
  return begin;
}

uint32_t ClauseEnd(const Syntax& syntax, size_t begin) {
  const Sentence& sentence = syntax.SentenceOf(begin);
  size_t limit = std::min<size_t>(sentence.end, begin + kMaxClause);
  const Quote* outer = QuoteAt(syntax, begin);
  if (outer != nullptr && outer->begin == begin) outer = nullptr;
  if (outer != nullptr && outer->closed) limit = std::min<size_t>(limit, outer->end - 1);
  size_t end = begin;
  std::optional<size_t> speaking;  // the last such token, known from the first semicolon on
  while (end < limit) {
    if (syntax.text()[end].mark == 0 && !syntax.is(end, Bit(Tag::kConjunction))) {
      ++end;  // only a mark or a conjunction may end it
      continue;
    }
    const Quote* quote = QuoteOpeningAt(syntax, end);
    if (end > begin && EndsAtColon(syntax, end)) break;
    // "ten died; a spokesman later said" ends; "ten died; | four were hurt" goes on with a count
    // if nobody else speaks.
    if (end > begin && syntax.is(end, Bit(Tag::kSemicolon)) && QuoteAt(syntax, end) == nullptr) {
      if (end + 1 >= limit || !OpensCount(syntax, end + 1)) break;
      if (!speaking.has_value()) speaking = LastSpeaking(syntax, end, limit);
      if (end < *speaking) break;
    }
    if (quote != nullptr && quote->end > end) {
      end = std::min<size_t>(quote->end, limit);
      continue;
    }
    if (syntax.is(end, Bits(Tag::kComma, Tag::kConjunction)) &&
        OpensAnotherCue(syntax, end, limit)) {
      break;
    }
    ++end;
  }
  while (end > begin && syntax.is(end - 1, Bits(Tag::kStop, Tag::kComma, Tag::kSemicolon))) --end;
  return static_cast<uint32_t>(end);
}

namespace {

// "said, via its news agency, | that four of its men …"
size_t SkipAsideBeforeThat(const Syntax& syntax, size_t at, size_t limit) {
  constexpr size_t kLongest = 14;
  if (at >= limit || !syntax.is(at, Bit(Tag::kComma))) return at;
  for (size_t i = at + 1; i + 1 < std::min(limit, at + kLongest); ++i) {
    if (syntax.is(i, Bits(Tag::kQuote, Tag::kStop, Tag::kSemicolon))) return at;
    if (syntax.is(i, Bit(Tag::kComma))) return syntax.is(i + 1, Bit(Tag::kThat)) ? i + 1 : at;
  }
  return at;
}

// "Ten died, the ministry said on Monday, | and another six were missing": the clause after "and"
// is the same speaker's.
void AddFollowingClause(const Syntax& syntax, TokenSpan clause, size_t comma, Content& content) {
  const VerbGroup* verb = syntax.VerbAt(clause.end - 1);
  const bool says = verb != nullptr && !verb->gerund &&
                    (syntax.word(verb->head).main_verb_sense() & kCommunicationSense) != 0;
  const size_t limit = syntax.SentenceOf(clause.begin).end;
  if (!says || comma + 2 >= limit || syntax.text().Lower(comma + 1) != "and") return;
  const NounPhrase* noun = syntax.NounAt(comma + 2);
  bool clause_follows = IsClauseStart(syntax, comma + 2, limit);
  if (!clause_follows && noun != nullptr &&
      noun->begin == comma + 2) {  // "and 80 | more were hurt"
    const VerbGroup* were = noun->end + 1 < limit ? syntax.VerbAt(noun->end + 1) : nullptr;
    clause_follows = were != nullptr && were->finite && were->begin == noun->end + 1;
  }
  if (!clause_follows || OpensAnotherCue(syntax, comma, limit)) return;
  content.parts.push_back({static_cast<uint32_t>(comma + 2), ClauseEnd(syntax, comma + 2)});
}

bool OpensAdverbial(const Syntax& syntax, size_t token) {
  const std::string_view word = syntax.text().Lower(token);
  return word == "since" || word == "after" || word == "when" || word == "while" ||
         word == "before" || word == "although" || word == "though" || word == "if" ||
         word == "as" || word == "until" || word == "once";
}

}  // namespace

// The clause of the cue ends before the main one: "Describing the horror, he said …"; "X, who
// announced that …, left"; "Although the offensive was announced on Thursday, it had failed".
bool EndsWithComma(const Syntax& syntax, TokenSpan clause, const Sentence& sentence) {
  if (clause.begin == sentence.begin) return syntax.is(clause.begin, Bit(Tag::kGerund));
  if (syntax.is(clause.begin, Bit(Tag::kWh)) && syntax.is(clause.begin - 1, Bit(Tag::kComma))) {
    return true;
  }
  return clause.begin == sentence.begin + 1 && syntax.is(sentence.begin, Bit(Tag::kSubordinator));
}

Content FindContent(const Syntax& syntax, TokenSpan clause, bool hearer, bool behind_clause) {
  Content content;
  const Sentence& sentence = syntax.SentenceOf(clause.begin);
  const bool before = !behind_clause && FindBefore(syntax, clause, content);
  bool before_is_adverbial = false;
  size_t at = SkipAdjuncts(syntax, clause.end, sentence.end, hearer);
  at = SkipAsideBeforeThat(syntax, at, sentence.end);
  const size_t behind = at;
  const bool comma = at < sentence.end && syntax.is(at, Bit(Tag::kComma));
  if (at >= sentence.end || syntax.is(at, Bits(Tag::kStop, Tag::kSemicolon)) ||
      (before && content.kind == ContentKind::kQuoteBefore && comma &&
       QuoteOpeningAt(syntax, at + 1) == nullptr)) {
    if (content.quoted) AddFollowingQuote(syntax, sentence.end, content);
    return content;
  }
  if (comma && QuoteOpeningAt(syntax, at + 1) != nullptr && at + 1 < sentence.end) ++at;
  ContentKind kind = KindAt(syntax, at, sentence.end);
  if (kind == ContentKind::kColon && at + 1 < sentence.end) {
    ++at;
    if (QuoteOpeningAt(syntax, at) != nullptr) kind = ContentKind::kQuoteAfter;
  }
  const bool opens = kind != ContentKind::kObject && kind != ContentKind::kPreposition;
  if (!opens && !OpensAfterDay(syntax, clause.end, at)) at = clause.end;
  // ", he said in Geneva, after …" and "he said, smiling" have their content before them; "Since
  // the talks began, he said, ten …" only says when.
  if (before && !content.quoted && OpensAdverbial(syntax, content.parts.front().begin) &&
      at < sentence.end && syntax.NounAt(at) != nullptr && !comma) {
    before_is_adverbial = true;
  }
  if (before && !before_is_adverbial && !opens &&
      (content.quoted || HasVerb(syntax, content.parts.front()))) {
    if (content.quoted) AddFollowingQuote(syntax, sentence.end, content);
    if (comma && !content.quoted) AddFollowingClause(syntax, clause, behind, content);
    return content;
  }
  if (at >= sentence.end || (comma && kind == ContentKind::kObject)) return content;
  if (before && content.kind == ContentKind::kClauseBefore) {
    content.parts.clear();
    content.quoted = false;
  }
  content.adjunct = at != clause.end;
  content.kind = kind;
  const Quote* quote = QuoteOpeningAt(syntax, at);
  if (quote != nullptr && quote->end >= sentence.end) {
    AddQuote(syntax, *quote, content);
    return content;
  }
  TokenSpan part{static_cast<uint32_t>(at), ClauseEnd(syntax, at)};
  if (EndsWithComma(syntax, clause, sentence)) {
    for (uint32_t i = part.begin; i < part.end; ++i) {
      if (syntax.is(i, Bit(Tag::kComma))) part.end = i;
    }
  }
  if (!part.empty()) content.parts.push_back(part);
  return content;
}

}  // namespace consilience::extraction
