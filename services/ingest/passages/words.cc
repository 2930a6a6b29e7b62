#include "services/ingest/passages/words.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace consilience::ingest {
namespace {

enum class CharKind : uint8_t { kOther, kLetter, kDigit, kApostrophe, kPoint };

struct Char {
  CharKind kind = CharKind::kOther;
  uint32_t folded = 0;
};

constexpr std::array<Char, 128> MakeAscii() {
  std::array<Char, 128> table{};
  for (uint32_t c = 'a'; c <= 'z'; ++c) {
    table[c] = {CharKind::kLetter, c};
    table[c - 'a' + 'A'] = {CharKind::kLetter, c};
  }
  for (uint32_t c = '0'; c <= '9'; ++c) table[c] = {CharKind::kDigit, c};
  table['\''] = {CharKind::kApostrophe, 0};
  table['.'] = {CharKind::kPoint, 0};
  table[','] = {CharKind::kPoint, 0};
  return table;
}

constexpr std::array<Char, 128> kAscii = MakeAscii();

Char Classify(UChar32 c) {
  constexpr UChar32 kRightQuote = 0x2019;
  constexpr UChar32 kModifierApostrophe = 0x02BC;
  if (c == kRightQuote || c == kModifierApostrophe) return {CharKind::kApostrophe, 0};
  if (u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK) {
    return {CharKind::kLetter, static_cast<uint32_t>(u_tolower(c))};
  }
  if (u_isdigit(c)) return {CharKind::kDigit, static_cast<uint32_t>('0' + u_charDigitValue(c))};
  return {};
}

// Walks the characters of a text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool AtEnd() const { return at_ >= text_.size(); }
  size_t at() const { return at_; }
  void MoveTo(size_t at) { at_ = at; }

  Char Next() {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte < kAscii.size()) {
      ++at_;
      return kAscii[byte];
    }
    // Well-formed, so the first byte says how many follow.
    const size_t size = byte < 0xE0U ? 2 : byte < 0xF0U ? 3 : 4;
    uint32_t c = byte & (0x7FU >> size);
    for (size_t i = 1; i < size && at_ + i < text_.size(); ++i) {
      c = (c << 6U) | (static_cast<unsigned char>(text_[at_ + i]) & 0x3FU);
    }
    at_ = std::min(at_ + size, text_.size());
    return Classify(static_cast<UChar32>(c));
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// FNV-1a over code points, then a mix that spreads it over all bits (the finaliser of SplitMix64).
constexpr uint64_t kBasis = 0xCBF29CE484222325ULL;
constexpr uint64_t kPrime = 0x100000001B3ULL;

uint64_t Mix(uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31U);
}

// The rest of a word whose first character is `first`. An apostrophe or point belongs to it only
// when a letter or digit of the same word follows.
void ReadWord(Cursor& cursor, Char first, Word& word) {
  uint64_t hash = (kBasis ^ first.folded) * kPrime;
  CharKind last = first.kind;
  word.end = static_cast<uint32_t>(cursor.at());
  while (!cursor.AtEnd()) {
    Char c = cursor.Next();
    if (c.kind == CharKind::kApostrophe ||
        (c.kind == CharKind::kPoint && last == CharKind::kDigit)) {
      const bool is_point = c.kind == CharKind::kPoint;
      if (cursor.AtEnd()) break;
      c = cursor.Next();
      if (is_point && c.kind != CharKind::kDigit) break;
    }
    if (c.kind != CharKind::kLetter && c.kind != CharKind::kDigit) break;
    hash = (hash ^ c.folded) * kPrime;
    last = c.kind;
    word.end = static_cast<uint32_t>(cursor.at());
  }
  cursor.MoveTo(word.end);
  word.folded = Mix(hash);
}

}  // namespace

std::vector<Word> FindWords(std::string_view text) {
  std::vector<Word> words;
  words.reserve(text.size() / 6 + 1);
  Cursor cursor(text);
  while (!cursor.AtEnd()) {
    const size_t begin = cursor.at();
    const Char c = cursor.Next();
    if (c.kind != CharKind::kLetter && c.kind != CharKind::kDigit) continue;
    Word word{.begin = static_cast<uint32_t>(begin), .end = 0, .folded = 0};
    ReadWord(cursor, c, word);
    words.push_back(word);
  }
  return words;
}

}  // namespace consilience::ingest
