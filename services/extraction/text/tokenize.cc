#include "services/extraction/text/tokenize.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "services/extraction/text/utf8.h"

namespace consilience::extraction {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

constexpr bool IsAsciiLetter(char c) { return IsLower(c) || IsUpper(c); }
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// By byte: what is a symbol and no punctuation, among it all that is outside ASCII.
constexpr std::array<bool, 256> kSymbols = [] {
  std::array<bool, 256> symbols{};
  for (const char c : std::string_view("$%#@&*+=<>^~|\\")) {
    symbols[static_cast<unsigned char>(c)] = true;
  }
  std::fill(symbols.begin() + 0x80, symbols.end(), true);
  return symbols;
}();

struct Letters {
  size_t count = 0;
  bool small = false;  // one of them at least is no capital
};

// The ASCII letters that `text` has from `at` on. Where a word ends cannot be foreseen, so that
// eight bytes are looked at together: in each number below, the high bit of a byte stands for the
// byte.
Letters LettersFrom(std::string_view text, size_t at) {
  Letters run;
  if constexpr (std::endian::native == std::endian::little) {
    constexpr uint64_t kOnes = 0x0101010101010101;
    constexpr uint64_t kHigh = 0x80 * kOnes;
    for (uint64_t bytes = 0; at + sizeof bytes <= text.size(); at += sizeof bytes) {
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
      // 0x20 makes a capital small and tells small letters from capitals.
      const uint64_t folded = (bytes | 0x20 * kOnes) & ~kHigh;
      const uint64_t from_a = folded + (0x80 - 'a') * kOnes;  // no byte overflows into the next
      const uint64_t after_z = folded + (0x7F - 'z') * kOnes;
      const uint64_t other = ~(from_a & ~after_z & ~bytes) & kHigh;
      const uint64_t before_other = (other - 1) & ~other;  // all bits if there is no other
      run.small = run.small || (bytes << 2 & kHigh & before_other) != 0;
      run.count += static_cast<size_t>(std::countr_zero(other)) / 8;
      if (other != 0) return run;
    }
  }
  for (; at < text.size() && IsAsciiLetter(text[at]); ++at) {
    run.small = run.small || IsLower(text[at]);
    ++run.count;
  }
  return run;
}

// Names without a slash count as addresses only under these.
constexpr std::array<std::string_view, 12> kTopLevelDomains = {
    "com", "org", "net", "gov", "edu", "int", "info", "uk", "io", "tv", "eu", "co"};

// The longest domain name there can be (RFC 1035); also what bounds the look-ahead.
constexpr size_t kMaxDomain = 253;

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  std::vector<Token> Run() {
    tokens_.reserve(text_.size() / 5 + 8);
    size_t at = 0;
    bool space = true;
    while (at < text_.size()) {
      if (IsSpace(text_[at])) {
        space = true;
        ++at;
        continue;
      }
      Token token;
      token.begin = static_cast<uint32_t>(at);
      if (space) token.flags = kSpaceBefore;
      at = Scan(at, token);
      token.end = static_cast<uint32_t>(at);
      tokens_.push_back(token);
      space = false;
    }
    return std::move(tokens_);
  }

 private:
  char At(size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  // Length of the letter at `at`, 0 if there is none. Only letters outside ASCII take more than a
  // byte.
  size_t LetterAt(size_t at) const {
    const char c = At(at);
    if (IsAsciiLetter(c)) return 1;
    if (!IsHigh(c)) return 0;
    const Utf8Character character = DecodeUtf8(text_, at);
    return character.code >= 0 && u_isalpha(character.code) ? character.size : 0;
  }

  size_t Scan(size_t at, Token& token) {
    const char c = text_[at];
    if (IsDigit(c)) {
      token.kind = TokenKind::kNumber;
      return ScanNumber(at);
    }
    if (LetterAt(at) > 0) return ScanWord(at, token);
    if (c == '\'' && At(at + 1) != '\0') {
      const bool follows_word =
          !token.is(kSpaceBefore) && !tokens_.empty() && tokens_.back().kind == TokenKind::kWord;
      if (follows_word) tokens_.back().flags |= kPossessive;
      token.kind = TokenKind::kPunct;
      token.mark = c;
      const char s = At(at + 1);
      return follows_word && (s == 's' || s == 'S') && LetterAt(at + 2) == 0 ? at + 2 : at + 1;
    }
    return ScanMark(at, token);
  }

  size_t ScanMark(size_t at, Token& token) const {
    const char c = text_[at];
    token.mark = c;
    token.kind = kSymbols[static_cast<unsigned char>(c)] ? TokenKind::kSymbol : TokenKind::kPunct;
    if (IsHigh(c)) return at + DecodeUtf8(text_, at).size;
    size_t end = at + 1;
    if (c == '.' || c == '-' || c == '_') {
      while (At(end) == c) ++end;
    }
    return end;
  }

  size_t Digits(size_t at) const {
    while (IsDigit(At(at))) ++at;
    return at;
  }

  // A comma goes on with a number only before exactly three digits: "12,500" but "May 12,2016".
  size_t ScanNumber(size_t at) const {
    at = Digits(at);
    while (true) {
      const char c = At(at);
      if ((c != '.' && c != ',') || !IsDigit(At(at + 1))) return at;
      const size_t end = Digits(at + 1);
      if (c == ',' && end - at != 4) return at;
      at = end;
    }
  }

  size_t ScanWord(size_t at, Token& token) {
    if (IsUpper(text_[at])) token.flags |= kCapitalised;
    size_t letters = 0;
    bool upper = true;
    size_t end = ScanLetters(at, letters, upper);
    if (At(end) == ':' || At(end) == '.' || IsDigit(At(end))) {
      if (const size_t address = ScanAddress(at); address > at) {
        token.kind = TokenKind::kUrl;
        return address;
      }
      if (const size_t dotted = letters == 1 ? ScanDotted(at) : at; dotted > at) {
        token.flags |= kDotted;
        if (IsUpper(text_[at])) token.flags |= kAllCaps;
        return dotted;
      }
    }
    if (upper && letters >= 2) token.flags |= kAllCaps;
    // A model or a road: "M16", "AK47". Longer words, "PHP500" and "BTR80", and lower-cased ones
    // are just glued to a number.
    if (upper && letters <= 2 && IsDigit(At(end))) {
      token.flags |= kHasDigit;
      while (IsDigit(At(end)) || IsAsciiLetter(At(end))) ++end;
    }
    return end;
  }

  // Letters with inner apostrophes and underscores.
  size_t ScanLetters(size_t at, size_t& letters, bool& upper) const {
    size_t end = at;
    while (end < text_.size()) {
      const Letters run = LettersFrom(text_, end);
      end += run.count;
      letters += run.count;
      upper = upper && !run.small;
      if (end == text_.size()) break;
      const char c = text_[end];
      if (c == '\'' ? LetterAt(end + 1) > 0 && !IsPossessive(end)
                    : c == '_' && (LetterAt(end + 1) > 0 || IsDigit(At(end + 1)))) {
        ++end;
      } else if (const size_t length = IsHigh(c) ? LetterAt(end) : 0; length > 0) {
        upper = false;
        end += length;
        ++letters;
      } else {
        break;
      }
    }
    return end;
  }

  bool IsPossessive(size_t apostrophe) const {
    const char s = At(apostrophe + 1);
    return (s == 's' || s == 'S') && LetterAt(apostrophe + 2) == 0;
  }

  // "U.S.", "a.m.", "e.g": single letters with full stops between them; the last stop is part of
  // it.
  size_t ScanDotted(size_t at) const {
    size_t end = at + 1;
    while (At(end) == '.' && IsAsciiLetter(At(end + 1)) && LetterAt(end + 2) == 0 &&
           IsAsciiLetter(At(end - 1))) {
      end += 2;
    }
    if (end == at + 1) return at;
    return At(end) == '.' && At(end + 1) != '.' ? end + 1 : end;
  }

  // A web address; `at` if there is none. Only looks further when a full stop or colon follows the
  // first word.
  size_t ScanAddress(size_t at) const {
    size_t label = at;
    while (IsAsciiLetter(At(label)) || IsDigit(At(label))) ++label;
    if (text_.substr(label, 3) == "://") return ScanToSpace(label + 3);
    if (At(label) != '.' || !IsLower(text_[at]) || !IsLower(At(label + 1))) return at;
    size_t last = label + 1;
    size_t end = last;
    while (end - at < kMaxDomain && (IsLower(At(end)) || IsDigit(At(end)) || At(end) == '-' ||
                                     (At(end) == '.' && IsLower(At(end + 1))))) {
      if (At(end) == '.') last = end + 1;
      ++end;
    }
    const std::string_view domain = text_.substr(last, end - last);
    if (At(end) == '/') return ScanToSpace(end);
    const bool known = std::find(kTopLevelDomains.begin(), kTopLevelDomains.end(), domain) !=
                       kTopLevelDomains.end();
    return known && !IsAsciiLetter(At(end)) ? end : at;
  }

  size_t ScanToSpace(size_t at) const {
    size_t end = at;
    while (end < text_.size() && !IsSpace(text_[end]) && text_[end] != '"' && text_[end] != '>') {
      ++end;
    }
    constexpr std::string_view kTrailing = ".,;:!?)]'";
    while (end > at && kTrailing.find(text_[end - 1]) != std::string_view::npos) --end;
    return end;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view folded) { return Tokenizer(folded).Run(); }

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  // Without a branch, so that compilers turn it into vector instructions.
  for (char& c : lower) c = static_cast<char>(c | (IsUpper(c) ? 'a' - 'A' : 0));
  return lower;
}

}  // namespace consilience::extraction
