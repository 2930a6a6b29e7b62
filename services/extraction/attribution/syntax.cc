#include "services/extraction/attribution/syntax.h"

#include <algorithm>
#include <string_view>

namespace consilience::extraction {
namespace {

constexpr TagSet kModifiers =
    Bits(Tag::kDeterminer, Tag::kPossessive, Tag::kAdjective, Tag::kNumber);
constexpr TagSet kNounStart = kModifiers | kNouns | Bits(Tag::kName, Tag::kPronoun, Tag::kObject);
constexpr TagSet kCore = kNouns | Bits(Tag::kName, Tag::kNumber);
// No noun phrase or verb group is longer; keeps the work on a text without punctuation linear.
constexpr size_t kMaxPhrase = 40;
// What may stand in a verb group before its verb.
constexpr TagSet kBeforeVerb = kAuxiliaries | Bits(Tag::kTo, Tag::kNot, Tag::kAdverb, Tag::kClitic);

}  // namespace

Syntax::Syntax(const Text& text, const WordClasses& classes)
    : text_(text),
      tokens_(TagText(text, classes)),
      // One more than there are tokens: readers ask what follows the last one.
      noun_at_(text.size() + 1, -1),
      verb_at_(text.size() + 1, -1) {
  nouns_.reserve(text.size() / 3);
  verbs_.reserve(text.size() / 6);
  for (const Sentence& sentence : text.sentences()) {
    for (size_t i = sentence.begin; i < sentence.end;) {
      size_t next = i;
      if (is(i, kNounStart)) {
        next = ReadNoun(i, sentence.end);
      } else if (is(i, kVerbs | kBeforeVerb)) {
        next = ReadVerb(i, sentence.end);
      }
      i = std::max(next, i + 1);
    }
  }
}

// Whether `token` still belongs to the noun phrase that began at `begin`.
bool Syntax::ContinuesNoun(size_t token, size_t begin, size_t head, size_t limit) const {
  const bool has_head = head != limit;
  const Tag tag = tokens_[token].tag;
  if (In(tag, kCore)) return true;
  if (In(tag, Bits(Tag::kHyphen, Tag::kDot))) return token > begin;
  if (tag == Tag::kGenitive) return has_head && head + 1 == token;
  if (In(tag, Bits(Tag::kAdjective, Tag::kDeterminer))) {
    if (!has_head || In(tokens_[token - 1].tag, Bits(Tag::kGenitive, Tag::kHyphen))) return true;
    return tag == Tag::kAdjective && head + 1 == token && OpensTitle(token, limit);
  }
  const bool noun_follows =
      token + 1 < limit && In(tokens_[token + 1].tag, kCore | Bits(Tag::kAdjective, Tag::kHyphen));
  if (In(tag, Bits(Tag::kParticiple, Tag::kGerund, Tag::kAdverb, Tag::kTime))) {
    return token > begin && !has_head && noun_follows;
  }
  if (tag == Tag::kConjunction && text_[token].mark == '&') return has_head && noun_follows;
  return false;
}

// "deputy | interior minister", "IMF | chief economist": an adjective within somebody's title.
bool Syntax::OpensTitle(size_t token, size_t limit) const {
  constexpr size_t kLongest = 5;
  limit = std::min(limit, token + kLongest);
  size_t last = token;
  while (last + 1 < limit &&
         In(tokens_[last + 1].tag, kNouns | Bits(Tag::kAdjective, Tag::kHyphen))) {
    ++last;
  }
  return (tokens_[last].word->noun_senses & kPersonSense) != 0;
}

// "told AFP | security forces were …", "told reporters | 12 people had …": the noun phrase at
// [begin, end) holds who was told and the subject of what they were told. Where the second begins,
// or `end`.
size_t Syntax::HearerEnd(size_t begin, size_t end) const {
  constexpr TagSet kFinite = kAuxiliaries | Bits(Tag::kPast, Tag::kPresent);
  if (begin == 0 || end >= tokens_.size()) return end;
  const std::string_view verb = text_.Lower(begin - 1);
  if (verb != "told" && verb != "tells") return end;
  size_t hearer = begin;
  if (In(tokens_[begin].tag, Bit(Tag::kName))) {
    const bool acronym = text_[begin].is(kAllCaps);
    while (hearer < end && In(tokens_[hearer].tag, Bits(Tag::kName, Tag::kHyphen)) &&
           !(acronym && hearer > begin)) {
      ++hearer;
    }
  } else if (In(tokens_[begin].tag, Bit(Tag::kPlural)) &&
             (tokens_[begin].word->noun_senses & kPersonSense) != 0) {
    ++hearer;
  }
  if (hearer == begin || hearer >= end) return end;
  const Tag next = tokens_[hearer].tag;
  const bool counts = next == Tag::kNumber && (hearer + 1 < end || text_.Lower(end) == "of");
  const bool clause = In(tokens_[end].tag, kFinite) && In(next, kNouns | Bit(Tag::kNumber));
  return counts || clause ? hearer : end;
}

// At what may start a noun phrase.
size_t Syntax::ReadNoun(size_t begin, size_t limit) {
  limit = std::min(limit, begin + kMaxPhrase);
  NounPhrase noun;
  noun.begin = static_cast<uint32_t>(begin);
  size_t head = limit;
  size_t end = begin;
  if (In(tokens_[begin].tag, Bits(Tag::kPronoun, Tag::kObject))) {
    head = begin;
    end = begin + 1;
  } else {
    for (; end < limit && (end == begin || ContinuesNoun(end, begin, head, limit)); ++end) {
      if (In(tokens_[end].tag, kCore)) head = end;
      if (tokens_[end].tag == Tag::kGenitive) head = limit;
    }
    // "some", "those" and "the injured" stand for a noun of their own.
    if (head == limit) head = end - 1;
    while (end > head + 1 && !In(tokens_[end - 1].tag, kCore)) --end;
    if (const size_t hearer = HearerEnd(begin, end); hearer < end) {
      end = hearer;
      head = hearer - 1;
    }
  }
  noun.head = static_cast<uint32_t>(head);
  noun.end = static_cast<uint32_t>(end);
  for (size_t i = begin; i < end; ++i) noun_at_[i] = static_cast<int32_t>(nouns_.size());
  nouns_.push_back(noun);
  return end;
}

// At what may start a verb group; `begin` if none does.
size_t Syntax::ReadVerb(size_t begin, size_t limit) {
  limit = std::min(limit, begin + kMaxPhrase);
  size_t i = begin;
  size_t auxiliary = limit;
  while (i < limit && In(tokens_[i].tag, kBeforeVerb)) {
    if (In(tokens_[i].tag, kAuxiliaries)) auxiliary = i;
    ++i;
  }
  size_t head = i;
  if (i >= limit || !In(tokens_[i].tag, kVerbs)) {
    if (auxiliary == limit) return begin;
    head = auxiliary;
  }
  const VerbGroup verb = DescribeVerb(begin, head);
  for (size_t k = verb.begin; k < verb.end; ++k) verb_at_[k] = static_cast<int32_t>(verbs_.size());
  verbs_.push_back(verb);
  return verb.end;
}

VerbGroup Syntax::DescribeVerb(size_t begin, size_t head) const {
  VerbGroup verb;
  verb.begin = static_cast<uint32_t>(begin);
  verb.head = static_cast<uint32_t>(head);
  verb.end = verb.head + 1;
  bool be = false;
  bool auxiliary = false;
  for (size_t i = begin; i < head; ++i) {
    const Tag tag = tokens_[i].tag;
    if (tag == Tag::kTo) {
      verb.infinitive = !auxiliary;
      be = false;
    }
    if (tag == Tag::kBe) be = true;
    if (tag == Tag::kHave) be = false;
    if (tag == Tag::kNot) verb.negated = true;
    if (In(tag, kAuxiliaries | Bit(Tag::kClitic))) {
      auxiliary = true;
      const std::string_view word = text_.Lower(i);
      if (word.ends_with("n't") || word == "cannot") verb.negated = true;
    }
  }
  const Tag tag = tokens_[head].tag;
  verb.passive = tag == Tag::kParticiple && (be || !auxiliary);
  verb.gerund = tag == Tag::kGerund && !be;
  verb.finite = !verb.infinitive && (auxiliary || !In(tag, Bits(Tag::kParticiple, Tag::kGerund)));
  return verb;
}

}  // namespace consilience::extraction
