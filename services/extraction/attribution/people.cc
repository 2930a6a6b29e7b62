#include "services/extraction/attribution/people.h"

#include <algorithm>
#include <utility>

#include "services/extraction/attribution/sources.h"

namespace consilience::extraction {
namespace {

// From this many uses as a noun on a word is a title even after another: "party leader President".
constexpr unsigned kTitleUses = 4;
constexpr size_t kAcronym = 5;  // letters; "WHO" is not "who"
constexpr TagSet kOpening = Bits(Tag::kDeterminer, Tag::kPossessive);

bool MayBeOrganisation(const Syntax& syntax, const LexiconMatch& match) {
  const Text& text = syntax.text();
  if (match.end != match.begin + 1) return true;
  const Token& token = text[match.begin];
  if (token.end - token.begin <= kAcronym && syntax.word(match.begin).function != Tag::kOther) {
    return token.is(kAllCaps);
  }
  if (token.is(kCapitalised)) return true;
  return match.begin > 0 && text.Lower(match.begin - 1) == "the";
}

bool IsPersonNoun(const Syntax& syntax, size_t token) {
  return (syntax.word(token).noun_senses & kPersonSense) != 0;
}

bool IsGroupNoun(const Syntax& syntax, size_t token) {
  const WordClass& word = syntax.word(token);
  return (word.noun_senses & (kGroupSense | kCommunicationSense)) != 0 && word.as_noun > 0;
}

}  // namespace

std::string WordsOf(const Text& text, TokenSpan span) {
  std::string words;
  for (const char c : text.Folded(span.begin, span.end)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      words.push_back(c);
    } else if (!words.empty() && words.back() != ' ') {
      words.push_back(' ');
    }
  }
  return words;
}

std::optional<NamedOrganisation> OrganisationIn(const Syntax& syntax,
                                                const Organisations& organisations,
                                                TokenSpan span) {
  const Lexicon& names = organisations.names();
  const std::span<const Token> tokens = syntax.text().tokens();
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (!names.Starts(tokens[i])) continue;
    const auto match = names.Longest(tokens, i, span.end);
    if (match.has_value() && MayBeOrganisation(syntax, *match)) {
      return NamedOrganisation{{match->begin, match->end}, match->payload};
    }
  }
  return std::nullopt;
}

NameParts SplitName(const Syntax& syntax, const Lexicon& titles, const NounPhrase& noun) {
  NameParts parts;
  if (!syntax.is(noun.head, Bit(Tag::kName))) return parts;
  uint32_t begin = noun.head;
  while (begin > noun.begin && syntax.is(begin - 1, Bits(Tag::kName, Tag::kHyphen, Tag::kDot))) {
    --begin;
  }
  const auto tokens = syntax.text().tokens();
  // "resident | Ronnie Dean Stout": after a plain title every capital belongs to the name.
  const bool described = begin > noun.begin && IsPersonNoun(syntax, begin - 1) &&
                         !syntax.text()[begin - 1].is(kCapitalised);  // "Chief | Fire Officer X"
  const uint32_t first = begin;
  for (uint32_t i = begin; i < noun.head;) {
    if (const auto title = titles.Longest(tokens, i, noun.head); title.has_value()) {
      i = begin = title->end;
      parts.titled = true;
    } else if (IsPersonNoun(syntax, i) && syntax.word(i).as_noun > 0 &&  // not "Scott", "Ali"
               !(described && (i > first || syntax.word(i).as_noun < kTitleUses))) {
      begin = ++i;
      parts.titled = true;
    } else {
      ++i;
    }
    while (begin < noun.head && syntax.is(begin, Bits(Tag::kDot, Tag::kHyphen))) i = ++begin;
  }
  // "Secretary of | State John Kerry"
  if (noun.begin >= 2 && syntax.text().Lower(noun.begin - 1) == "of") {
    const auto title = titles.Longest(tokens, noun.begin - 2, noun.head);
    if (title.has_value() && title->end > noun.begin) {
      begin = std::max(begin, title->end);
      parts.titled = true;
    }
  }
  parts.titled = parts.titled || (begin > noun.begin && IsPersonNoun(syntax, begin - 1));
  parts.name = {begin, noun.head + 1};
  parts.before = {noun.begin, begin};
  while (!parts.before.empty() && syntax.is(parts.before.begin, kOpening)) ++parts.before.begin;
  return parts;
}

NamedPeople::NamedPeople(const Syntax& syntax, const CueLexicon& cues,
                         const Organisations& organisations, const Lexicon& titles)
    : syntax_(syntax), cues_(cues), organisations_(organisations), titles_(titles) {
  constexpr size_t kUsual = 14;  // of a text; in more room a table need not grow
  people_.reserve(kUsual);
  by_last_name_.reserve(kUsual);
  for (const NounPhrase& noun : syntax.nouns()) Read(noun);
}

std::string_view NamedPeople::LastName(TokenSpan name) const {
  return syntax_.text().Lower(name.end - 1);
}

// "the Office for | National Statistics", "the Bureau of | Labor Statistics"
bool NamedPeople::IsNameOfBody(const NounPhrase& noun) const {
  if (noun.begin < 2) return false;
  const std::string_view joint = syntax_.text().Lower(noun.begin - 1);
  return (joint == "for" || joint == "of" || joint == "on") &&
         syntax_.text()[noun.begin - 2].is(kCapitalised) &&
         (cues_.Flags(syntax_.text()[noun.begin - 2].word) & kBody) != 0;
}

void NamedPeople::Read(const NounPhrase& noun) {
  if (!syntax_.is(noun.head, Bit(Tag::kName))) return;
  // "the Secretary" of "Secretary of State John Kerry"
  if (noun.end < syntax_.size() && syntax_.text().Lower(noun.end) == "of" &&
      IsPersonNoun(syntax_, noun.head)) {
    return;
  }
  // "Disaster Management Authority", "Sir Ganga Ram Hospital"
  if ((cues_.Flags(syntax_.text()[noun.head].word) & kBody) != 0) return;
  const NameParts parts = SplitName(syntax_, titles_, noun);
  uint32_t names = 0;
  for (uint32_t i = parts.name.begin; i < parts.name.end; ++i) {
    if (syntax_.is(i, Bit(Tag::kName))) ++names;
  }
  if (names < 2 && !parts.titled) return;
  if (IsGroupNoun(syntax_, noun.head) && !parts.titled) return;
  const SegmentKind segment = syntax_.text().segments()[syntax_.text().SegmentOf(noun.head)].kind;
  // Outside of the body capitals make no names, but titles do.
  if (segment != SegmentKind::kBody && !(parts.titled && names >= 2)) return;
  const auto organisation = OrganisationIn(syntax_, organisations_, noun);
  if (organisation.has_value() && organisation->span.end > parts.name.begin) return;
  if (noun.begin < parts.name.begin && !parts.titled &&
      syntax_.is(noun.begin, Bit(Tag::kDeterminer)) &&
      !syntax_.is(parts.name.begin - 1, Bit(Tag::kGenitive))) {  // "the UN's Volker Türk"
    return;                                                      // "the Bustan al-Basha quarter"
  }
  if (IsNameOfBody(noun)) return;
  const auto [known, is_new] = by_last_name_.emplace(LastName(parts.name), people_.size());
  if (is_new) {
    people_.emplace_back();
    people_.back().type = SpeakerType::kPerson;
  }
  Speaker& person = people_[known->second];
  const Text& text = syntax_.text();
  if (text.Folded(parts.name.begin, parts.name.end).size() > person.name.size()) {
    std::string name = WordsOf(text, parts.name);
    if (name.size() > person.name.size()) person.name = std::move(name);
  }
  Describe(noun, parts, person);
}

// Role and organisation from what stands before the name and in the apposition after it.
void NamedPeople::Describe(const NounPhrase& noun, const NameParts& parts, Speaker& person) const {
  const Text& text = syntax_.text();
  TokenSpan apposition;
  if (noun.end + 1 < syntax_.SentenceOf(noun.head).end && syntax_.is(noun.end, Bit(Tag::kComma))) {
    apposition = GroupFrom(syntax_, noun.end + 1, true);
    if (apposition.empty() && syntax_.is(noun.end + 1, Bit(Tag::kPreposition))) {
      apposition = GroupFrom(syntax_, noun.end + 2, false);
    }
  } else if (noun.end + 1 < syntax_.size() && text.Lower(noun.end) == "of") {
    apposition = GroupFrom(syntax_, noun.end + 1, false);
  }
  for (const TokenSpan span : {parts.before, apposition}) {
    if (span.empty()) continue;
    const auto organisation = OrganisationIn(syntax_, organisations_, span);
    if (person.organisation.empty() && organisation.has_value()) {
      person.organisation = organisations_[organisation->index].name;
    }
    if (!person.role.empty()) continue;
    const NounPhrase* first = syntax_.NounAt(span.begin);
    const uint32_t head = span == parts.before ? span.end - 1 : first->head;
    if (IsPersonNoun(syntax_, head) || parts.titled) {
      TokenSpan role{span.begin, head + 1};
      while (!role.empty() && syntax_.is(role.begin, kOpening)) ++role.begin;
      if (!role.empty() && IsPersonNoun(syntax_, head)) person.role = WordsOf(text, role);
    }
  }
}

std::optional<Speaker> NamedPeople::Find(const NounPhrase& noun) const {
  if (!syntax_.is(noun.head, Bit(Tag::kName))) return std::nullopt;
  const NameParts parts = SplitName(syntax_, titles_, noun);
  const auto known = by_last_name_.find(LastName(parts.name));
  if (known == by_last_name_.end()) return std::nullopt;
  Speaker person = people_[known->second];
  person.span = syntax_.text().SpanOf(parts.name.begin, parts.name.end);
  return person;
}

}  // namespace consilience::extraction
