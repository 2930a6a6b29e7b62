#include "services/extraction/attribution/glosses.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/extraction/attribution/people.h"

namespace consilience::extraction {
namespace {

// Letters of a short name. One that only its letters explain, without brackets, has at least three:
// "UN", "EU" and "US" are known to everybody.
constexpr size_t kLeastLetters = 2;
constexpr size_t kLeastUnbracketed = 3;
constexpr size_t kMostLetters = 6;
// Words between the first and the last of a full name that have no letter in the short one.
constexpr uint32_t kMostSmallWords = 3;
constexpr size_t kSmallWord = 3;
// Short names of one text that are looked for.
constexpr size_t kMostGlosses = 16;

bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

Glosses::Glosses(const Syntax& syntax, const Organisations& organisations)
    : syntax_(syntax), organisations_(organisations) {
  const std::span<const Token> text = syntax.text().tokens();
  std::vector<WordId> looked_for;
  for (uint32_t i = 1; i < text.size() && looked_for.size() < kMostGlosses; ++i) {
    if (!text[i].is(kAllCaps) || !IsShortName(i)) continue;
    const bool bracketed =
        text[i - 1].mark == '(' && i + 1 < text.size() && text[i + 1].mark == ')';
    const bool again =
        std::find(looked_for.begin(), looked_for.end(), text[i].word) != looked_for.end();
    if (Find(i) != nullptr || (again && !bracketed)) continue;
    if (!again) looked_for.push_back(text[i].word);
    const TokenSpan full = bracketed ? FullBefore(i - 1, i) : FullAnywhere(i);
    if (!full.empty()) glosses_.push_back({text[i].word, full});
  }
}

bool Glosses::IsShortName(uint32_t token) const {
  const std::string_view word = syntax_.text().Folded(token);
  return word.size() >= kLeastLetters && word.size() <= kMostLetters &&
         std::all_of(word.begin(), word.end(), IsLetter);
}

const Glosses::Gloss* Glosses::Find(uint32_t token) const {
  const Text& text = syntax_.text();
  if (glosses_.empty() || !text[token].is(kAllCaps)) return nullptr;
  const auto found = std::find_if(glosses_.begin(), glosses_.end(), [&](const Gloss& gloss) {
    return gloss.word == text[token].word;
  });
  return found == glosses_.end() ? nullptr : &*found;
}

// Where the words end whose first letters are `letters`: "Rapid Support Forces", "Organization for
// the Prohibition of Chemical Weapons"; `begin` where they are not.
uint32_t Glosses::EndOfInitials(uint32_t begin, uint32_t limit, std::string_view letters) const {
  const Text& text = syntax_.text();
  uint32_t small = 0;
  size_t done = 0;
  for (uint32_t i = begin; i < limit; ++i) {
    const std::string_view word = text.Folded(i);
    if (syntax_.is(i, Bits(Tag::kHyphen, Tag::kGenitive)) || text[i].mark == '\'') continue;
    if (text[i].is(kCapitalised) && !word.empty() && word.front() == letters[done]) {
      if (++done == letters.size()) return i + 1;
    } else if (done == 0 || word.size() > kSmallWord || text[i].is(kCapitalised) ||
               text[i].mark != 0 || ++small > kMostSmallWords) {
      return begin;
    }
  }
  return begin;
}

TokenSpan Glosses::FullBefore(uint32_t bracket, uint32_t token) const {
  const std::string_view letters = syntax_.text().Folded(token);
  const uint32_t sentence = syntax_.SentenceOf(token).begin;
  const auto most = static_cast<uint32_t>(2 * letters.size()) + kMostSmallWords;
  const uint32_t least = std::max(sentence, bracket > most ? bracket - most : 0);
  for (uint32_t begin = bracket; begin-- > least;) {
    if (EndOfInitials(begin, bracket, letters) == bracket) return {begin, bracket};
  }
  // "Reporters Without Borders (RSF)": short for its name in another language.
  for (uint32_t begin = least; begin < bracket; ++begin) {
    if (!syntax_.text()[begin].is(kCapitalised)) continue;
    const auto known = organisations_.names().Longest(syntax_.text().tokens(), begin, bracket);
    if (known.has_value() && known->end == bracket) return {begin, bracket};
  }
  return {};
}

void Glosses::ReadCapitals() {
  const std::span<const Token> text = syntax_.text().tokens();
  capitals_.reserve(text.size() / 8);
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i].is(kCapitalised) && !text[i].is(kAllCaps)) capitals_.push_back(i);
  }
}

TokenSpan Glosses::FullAnywhere(uint32_t token) {
  const Text& text = syntax_.text();
  const std::string_view letters = text.Folded(token);
  if (letters.size() < kLeastUnbracketed ||
      organisations_.names().Longest(text.tokens(), token).has_value()) {
    return {};
  }
  if (capitals_.empty()) ReadCapitals();
  for (const uint32_t begin : capitals_) {
    if (text.Folded(begin).front() != letters.front()) continue;
    const uint32_t limit = syntax_.SentenceOf(begin).end;
    const uint32_t end = EndOfInitials(begin, limit, letters);
    if (end > begin + 1) return {begin, end};
  }
  return {};
}

std::string Glosses::NameOf(const Gloss& gloss) const {
  const auto known =
      organisations_.names().Longest(syntax_.text().tokens(), gloss.full.begin, gloss.full.end);
  const bool whole = known.has_value() && known->end == gloss.full.end;
  return whole ? organisations_[known->payload].name : WordsOf(syntax_.text(), gloss.full);
}

void Glosses::Expand(TokenSpan source, Speaker& speaker) const {
  if (glosses_.empty()) return;
  const Text& text = syntax_.text();
  for (uint32_t i = source.begin; i < source.end; ++i) {
    const Gloss* const gloss = Find(i);
    if (gloss == nullptr) continue;
    const std::string_view word = text.Folded(i);
    const auto listed = organisations_.names().Longest(text.tokens(), i, i + 1);
    const std::string other =
        listed.has_value() ? organisations_[listed->payload].name : std::string(word);
    for (std::string* const name : {&speaker.name, &speaker.organisation}) {
      if (*name == word || *name == other) *name = NameOf(*gloss);
    }
    // "An RSF spokesman" speaks for it.
    const bool spokesman = speaker.name.empty() && speaker.type == SpeakerType::kUnnamed;
    if (spokesman && speaker.organisation.empty()) speaker.organisation = NameOf(*gloss);
    const bool itself = speaker.name == NameOf(*gloss);
    if (itself && speaker.type == SpeakerType::kUnknown) speaker.type = SpeakerType::kOrganisation;
    return;
  }
}

}  // namespace consilience::extraction
