#include "services/extraction/attribution/sources.h"

#include <algorithm>
#include <string_view>

namespace consilience::extraction {
namespace {

constexpr TagSet kPrepositions = Bits(Tag::kPreposition, Tag::kTo);
// How far apart the commas around an apposition may stand, in tokens.
constexpr size_t kMaxApposition = 40;
// How many phrases a source may be made of.
constexpr int kMaxParts = 12;

const NounPhrase* NounEndingAt(const Syntax& syntax, size_t end, size_t limit) {
  if (end <= limit) return nullptr;
  const NounPhrase* noun = syntax.NounAt(end - 1);
  return noun != nullptr && noun->end == end && noun->begin >= limit ? noun : nullptr;
}

bool OpensApposition(const Syntax& syntax, size_t token) {
  return syntax.NounAt(token) != nullptr ||
         syntax.is(token, Bits(Tag::kWh, Tag::kPreposition, Tag::kParticiple, Tag::kGerund));
}

// The end of an apposition that opens after the comma at `comma`: before the next comma outside of
// it, or before the end of the sentence.
size_t AppositionEnd(const Syntax& syntax, size_t comma, size_t limit) {
  limit = std::min(limit, comma + kMaxApposition);
  for (size_t i = comma + 1; i < limit; ++i) {
    if (syntax.is(i, Bits(Tag::kComma, Tag::kStop, Tag::kQuote, Tag::kSemicolon, Tag::kColon,
                          Tag::kDash))) {
      return i;
    }
  }
  return limit;
}

// Where "(R-Ohio)" that ends at `end` begins, or `end`.
size_t SkipParenthesisBack(const Syntax& syntax, size_t end, size_t limit) {
  if (end <= limit || !syntax.is(end - 1, Bit(Tag::kClose))) return end;
  for (size_t i = end - 1; i > limit && end - i < kMaxApposition; --i) {
    if (syntax.is(i - 1, Bit(Tag::kOpen))) return i - 1;
  }
  return end;
}

size_t SkipBack(const Syntax& syntax, size_t end, size_t limit, TagSet tags) {
  while (end > limit && syntax.is(end - 1, tags)) --end;
  return end;
}

// "The army, however, | rejected": where the adverbs between two commas that end at `end` begin.
size_t SkipAside(const Syntax& syntax, size_t end, size_t limit) {
  if (end < limit + 4 || !syntax.is(end - 1, Bit(Tag::kComma))) return end;
  const size_t begin = SkipBack(syntax, end - 1, limit, Bits(Tag::kAdverb));
  const bool aside = begin < end - 1 && begin > limit + 1 && syntax.is(begin - 1, Bit(Tag::kComma));
  return aside ? begin - 1 : end;
}

// "The mayor at a news conference | said", "The mayor last week | said", "The mayor in turn |
// said": where the words end that say who speaks, before those that say when and in what.
size_t SkipOccasion(const Syntax& syntax, size_t end, size_t limit) {
  const Text& text = syntax.text();
  const bool at_first = end > limit && text.Lower(end - 1) == "at" && text.Lower(end) == "first";
  if (at_first) return end - 1;
  const NounPhrase* occasion = NounEndingAt(syntax, end, limit);
  if (occasion == nullptr || occasion->begin <= limit + 1) return end;
  const uint16_t senses = syntax.word(occasion->head).noun_senses;
  const std::string_view join = text.Lower(occasion->begin - 1);
  const std::string_view first = text.Lower(occasion->begin);
  if (senses == kTimeSense && NounEndingAt(syntax, occasion->begin, limit) != nullptr) {
    return syntax.is(occasion->begin, Bit(Tag::kAdjective)) ? occasion->begin : end;
  }
  const bool told = (join == "in" || join == "at" || join == "during") &&
                    (senses & kCommunicationSense) != 0 && (first == "a" || first == "an");
  const bool turn = join == "in" && first == "turn";
  const NounPhrase* who = NounEndingAt(syntax, occasion->begin - 1, limit);
  if (!(told || turn) || who == nullptr) return end;
  const bool speaks = syntax.is(who->head, Bits(Tag::kName, Tag::kPronoun)) ||
                      (syntax.word(who->head).noun_senses & (kPersonSense | kGroupSense)) != 0;
  return speaks ? who->end : end;
}

// Whether a clause with a finite verb, other than a relative one, stands between two commas: then
// what is before the first comma is its subject, and not that of a verb after the second.
bool HoldsClause(const Syntax& syntax, size_t first, size_t second) {
  bool relative = false;
  for (size_t i = first; i < second; ++i) {
    if (syntax.is(i, Bit(Tag::kComma))) relative = false;
    if (syntax.is(i, Bits(Tag::kWh, Tag::kThat, Tag::kSubordinator))) relative = true;
    const VerbGroup* verb = syntax.VerbAt(i);
    if (verb != nullptr && verb->finite && !relative) return true;
  }
  return false;
}

// "12 people were killed in | Homs": the phrase ends a clause, so that what follows behind a comma
// is no apposition to it.
bool EndsClause(const Syntax& syntax, const NounPhrase& noun, size_t limit) {
  size_t at = noun.begin;
  constexpr TagSet kOpensSubject = Bits(Tag::kConjunction, Tag::kThat, Tag::kSubordinator,
                                        Tag::kComma, Tag::kQuote, Tag::kColon, Tag::kSemicolon);
  if (at <= limit || syntax.is(at - 1, kOpensSubject)) return false;
  const size_t lowest = at > limit + kMaxApposition ? at - kMaxApposition : limit;
  for (; at > lowest; --at) {
    if (syntax.is(at - 1, Bits(Tag::kQuote, Tag::kSemicolon, Tag::kColon))) return false;
    const VerbGroup* verb = syntax.VerbAt(at - 1);
    if (verb == nullptr || !verb->finite) continue;
    return verb->begin <= limit || !syntax.is(verb->begin - 1, Bits(Tag::kWh, Tag::kThat));
  }
  return false;
}

// "in Homs, | Syria": a name behind one that a preposition leads to.
bool IsAddress(const Syntax& syntax, const NounPhrase& town, const NounPhrase& country,
               size_t limit) {
  return syntax.is(town.head, Bit(Tag::kName)) && town.begin > limit &&
         syntax.is(town.begin - 1, Bit(Tag::kPreposition)) && country.begin == town.end + 1 &&
         country.end == country.begin + 1 && syntax.is(country.begin, Bit(Tag::kName));
}

// "X, the head of Y, said": the phrase that stands before the pair of commas that closes before
// `end`.
Subject ParentheticalSubject(const Syntax& syntax, size_t end, size_t limit) {
  Subject subject;
  const size_t close = end - 1;  // the comma
  const size_t lowest = close > limit + kMaxApposition ? close - kMaxApposition : limit;
  size_t best = close;
  size_t second = close;              // the one that was the best before
  const NounPhrase* piece = nullptr;  // the phrase before `best`
  for (size_t i = close; i > lowest; --i) {
    const size_t at = i - 1;
    if (syntax.is(at, Bits(Tag::kStop, Tag::kQuote, Tag::kSemicolon))) break;
    if (!syntax.is(at, Bit(Tag::kComma)) || !OpensApposition(syntax, at + 1)) continue;
    const NounPhrase* before = NounEndingAt(syntax, SkipParenthesisBack(syntax, at, limit), limit);
    if (before == nullptr) continue;
    // "… were killed in Homs, X, a doctor, said": what is said ends before X.
    if (piece != nullptr && EndsClause(syntax, *before, limit)) {
      if (IsAddress(syntax, *before, *piece, limit)) best = second;
      break;
    }
    // "Smith, 42, of Springfield, said": go on to the left while the pieces stay appositions.
    const bool more = before->begin > limit && syntax.is(before->begin - 1, Bit(Tag::kComma)) &&
                      !syntax.is(before->head, Bit(Tag::kPronoun));
    // "… has risen to 33, the mayor, X, said": a figure has no apposition.
    if (!more && syntax.is(before->head, Bit(Tag::kNumber))) break;
    second = best;
    best = at;
    piece = before;
    if (!more) break;
  }
  if (best == close || HoldsClause(syntax, best, close)) return subject;
  subject.core = GroupBefore(syntax, SkipParenthesisBack(syntax, best, limit));
  subject.span = {subject.core.begin, static_cast<uint32_t>(end)};
  subject.kind = SubjectKind::kParenthetical;
  return subject;
}

// How far back a verb without a subject of its own looks for the verb whose subject it shares, in
// tokens.
constexpr size_t kMaxShare = 60;

// The subject of the closest finite verb before `token` in the sentence; `earlier` are the subjects
// of the verbs so far.
Subject SharedSubject(const Syntax& syntax, size_t token, size_t limit, bool reporting,
                      const std::vector<Subject>& earlier) {
  limit = token > limit + kMaxShare ? token - kMaxShare : limit;
  for (size_t i = token; i > limit; --i) {
    const VerbGroup* verb = syntax.VerbAt(i - 1);
    if (verb == nullptr || !verb->finite || verb->end > token) continue;
    if (reporting && (syntax.word(verb->head).main_verb_sense() & kCommunicationSense) == 0) {
      continue;
    }
    Subject shared = earlier[static_cast<size_t>(verb - syntax.verbs().data())];
    if (shared.kind != SubjectKind::kNone) shared.kind = SubjectKind::kShared;
    return shared;
  }
  return {};
}

TokenSpan Extended(const Syntax& syntax, TokenSpan group, size_t limit) {
  for (int part = 0; part < kMaxParts && group.end + 1 < limit; ++part) {
    // "a source | close to the investigation"
    if (syntax.is(group.end, Bit(Tag::kAdjective)) && syntax.is(group.end + 1, kPrepositions)) {
      ++group.end;
    }
    if (!syntax.is(group.end, kPrepositions | Bit(Tag::kConjunction))) break;
    const NounPhrase* next = syntax.NounAt(group.end + 1);
    if (next == nullptr || next->begin != group.end + 1) break;
    if (syntax.is(group.end, Bit(Tag::kConjunction)) && next->end < limit &&
        syntax.VerbAt(next->end) != nullptr) {
      break;  // "said X and Y left"
    }
    group.end = next->end;
  }
  return group;
}

}  // namespace

TokenSpan GroupFrom(const Syntax& syntax, size_t begin, bool appositions) {
  const size_t limit = syntax.SentenceOf(begin).end;
  const NounPhrase* noun = syntax.NounAt(begin);
  if (noun == nullptr || noun->begin != begin) return {};
  TokenSpan group = Extended(syntax, {noun->begin, noun->end}, limit);
  if (group.end < limit && syntax.is(group.end, Bit(Tag::kOpen))) {
    size_t close = group.end;
    while (close < limit && !syntax.is(close, Bit(Tag::kClose))) ++close;
    if (close < limit && close - group.end < kMaxApposition) {
      group.end = static_cast<uint32_t>(close + 1);
    }
  }
  if (!appositions) return group;
  for (int part = 0; part < kMaxParts && group.end + 1 < limit; ++part) {
    const bool opens =
        syntax.is(group.end, Bit(Tag::kComma)) &&
        (syntax.NounAt(group.end + 1) != nullptr || syntax.is(group.end + 1, Bit(Tag::kWh)));
    if (!opens) break;
    group.end = static_cast<uint32_t>(AppositionEnd(syntax, group.end, limit));
  }
  return group;
}

namespace {

// "held by the army until rebels seized it": before a subject, such a word opens a clause.
bool OpensClause(const Syntax& syntax, size_t token) {
  const std::string_view word = syntax.text().Lower(token);
  return word == "until" || word == "till" || word == "after" || word == "before" ||
         word == "since" || word == "as" || word == "than";
}

}  // namespace

TokenSpan GroupBefore(const Syntax& syntax, size_t end) {
  const size_t limit = syntax.SentenceOf(end - 1).begin;
  const NounPhrase* noun = NounEndingAt(syntax, end, limit);
  if (noun == nullptr) return {};
  TokenSpan group{noun->begin, noun->end};
  for (int part = 0; part < kMaxParts && group.begin > limit + 1; ++part) {
    size_t join = group.begin - 1;
    const VerbGroup* reduced = syntax.VerbAt(join);
    if (reduced != nullptr && (reduced->gerund || (reduced->passive && !reduced->finite)) &&
        reduced->end == join + 1) {
      join = reduced->begin;  // "a statement confirming the advance"
    } else if (!syntax.is(join, kPrepositions | Bit(Tag::kConjunction)) ||
               OpensClause(syntax, join)) {
      break;
    }
    const NounPhrase* previous = NounEndingAt(syntax, join, limit);
    if (previous == nullptr && join > limit) {
      const VerbGroup* based = syntax.VerbAt(join - 1);  // "a group based in the city"
      const bool attached =
          based != nullptr && based->end == based->begin + 1 &&
          syntax.is(based->head, Bits(Tag::kPast, Tag::kParticiple)) &&
          ((syntax.word(based->head).main_verb_sense() & kCommunicationSense) == 0 ||
           syntax.text().Lower(join) == "by");  // "residents contacted by phone"
      if (attached) {
        previous = NounEndingAt(syntax, based->begin, limit);
      }
    }
    if (previous == nullptr) break;
    if (syntax.is(previous->head, Bits(Tag::kPronoun, Tag::kObject)) &&
        syntax.text().Lower(previous->head) != "one") {
      break;
    }
    group.begin = previous->begin;
    // "a source | close to the investigation"
    const NounPhrase* described = NounEndingAt(syntax, group.begin, limit);
    const bool describes = previous->end == previous->begin + 1 &&
                           syntax.is(previous->begin, Bit(Tag::kAdjective)) && described != nullptr;
    if (describes) group.begin = described->begin;
  }
  return group;
}

namespace {

// "an official who spoke on condition of anonymity | said": the noun before the relative clause
// that `group` ends, or else `group`.
TokenSpan BeforeRelative(const Syntax& syntax, TokenSpan group, size_t limit) {
  constexpr size_t kLongest = 14;
  const size_t lowest = group.begin > limit + kLongest ? group.begin - kLongest : limit;
  for (size_t i = group.begin; i > lowest + 1; --i) {
    const size_t at = i - 1;
    if (syntax.is(at, Bits(Tag::kComma, Tag::kStop, Tag::kQuote, Tag::kColon, Tag::kSemicolon,
                           Tag::kConjunction, Tag::kSubordinator))) {
      return group;
    }
    if (!syntax.is(at, Bits(Tag::kWh, Tag::kThat))) continue;
    const std::string_view word = syntax.text().Lower(at);
    if (word != "who" && word != "which" && word != "that") return group;
    const VerbGroup* verb = syntax.VerbAt(at + 1);
    if (verb == nullptr || verb->begin != at + 1 || !verb->finite) return group;
    const TokenSpan before =
        NounEndingAt(syntax, at, limit) != nullptr ? GroupBefore(syntax, at) : TokenSpan{};
    return before.empty() ? group : before;
  }
  return group;
}

Subject SubjectBefore(const Syntax& syntax, const VerbGroup& verb,
                      const std::vector<Subject>& earlier) {
  const size_t limit = syntax.SentenceOf(verb.head).begin;
  Subject subject;
  size_t end = SkipBack(syntax, verb.begin, limit, Bits(Tag::kAdverb, Tag::kTime));
  if (end > limit && end < verb.begin && syntax.is(end, Bit(Tag::kTime)) &&
      syntax.is(end - 1, Bit(Tag::kPreposition))) {
    end = SkipBack(syntax, end - 1, limit, Bits(Tag::kAdverb, Tag::kTime));
    // "a statement issued late on Wednesday said"
    const VerbGroup* issued = end > limit ? syntax.VerbAt(end - 1) : nullptr;
    const bool reduced = issued != nullptr && issued->end == issued->begin + 1 &&
                         syntax.is(issued->head, Bits(Tag::kPast, Tag::kParticiple));
    if (reduced) {
      const TokenSpan group =
          issued->begin > limit ? GroupBefore(syntax, issued->begin) : TokenSpan{};
      if (!group.empty()) return {{group.begin, verb.begin}, group, SubjectKind::kPlain};
    }
  }
  end = SkipAside(syntax, SkipOccasion(syntax, end, limit), limit);
  if (end == limit) return subject;
  const Tag before = syntax.tag(end - 1);
  if (In(before, Bits(Tag::kWh, Tag::kThat))) {
    subject.span = subject.core = {static_cast<uint32_t>(end - 1), static_cast<uint32_t>(end)};
    subject.kind = SubjectKind::kRelative;
    return subject;
  }
  if (before == Tag::kConjunction || (verb.gerund && before == Tag::kComma)) {
    // "said the plan would fail, and insisted": who insists is who said.
    const WordClass& word = syntax.word(verb.head);
    const uint16_t senses = verb.gerund ? word.verb_senses : word.main_verb_sense();
    const bool reporting = (senses & kCommunicationSense) != 0 && !verb.infinitive && !verb.passive;
    Subject shared;
    if (reporting) shared = SharedSubject(syntax, end - 1, limit, true, earlier);
    if (shared.kind != SubjectKind::kNone) return shared;
    return SharedSubject(syntax, end - 1, limit, false, earlier);
  }
  if (before == Tag::kComma) return ParentheticalSubject(syntax, end, limit);
  const size_t noun_end = SkipParenthesisBack(syntax, end, limit);
  const TokenSpan group = noun_end > limit ? GroupBefore(syntax, noun_end) : TokenSpan{};
  if (group.empty()) {
    return verb.infinitive || verb.gerund ? SharedSubject(syntax, verb.begin, limit, false, earlier)
                                          : subject;
  }
  subject.core = BeforeRelative(syntax, group, limit);
  subject.span = {subject.core.begin, static_cast<uint32_t>(end)};
  subject.kind = SubjectKind::kPlain;
  return subject;
}

}  // namespace

std::vector<Subject> SubjectsBefore(const Syntax& syntax) {
  std::vector<Subject> subjects;
  subjects.reserve(syntax.verbs().size());
  for (const VerbGroup& verb : syntax.verbs()) {
    subjects.push_back(SubjectBefore(syntax, verb, subjects));
  }
  return subjects;
}

Subject SubjectAfter(const Syntax& syntax, const VerbGroup& verb) {
  Subject subject;
  const size_t limit = syntax.SentenceOf(verb.head).end;
  if (verb.end >= limit) return subject;
  const NounPhrase* noun = syntax.NounAt(verb.end);
  if (noun == nullptr || noun->begin != verb.end) return subject;
  subject.core = GroupFrom(syntax, verb.end, false);
  subject.span = GroupFrom(syntax, verb.end, true);
  subject.kind = SubjectKind::kInverted;
  return subject;
}

}  // namespace consilience::extraction
