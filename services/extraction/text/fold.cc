#include "services/extraction/text/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

#include "services/extraction/text/utf8.h"

namespace consilience::extraction {
namespace {

// Latin letters that Unicode does not decompose into a base letter and a mark, and punctuation.
std::optional<std::string_view> FoldPunctuationOrLigature(UChar32 c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x02BC:
    case 0x02BB:
    case 0x02BE:
    case 0x02BF:
    case 0x2039:
    case 0x203A:
    case 0x00B4:
      return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
      return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
      return "-";
    case 0x2014:
    case 0x2015:
      return "--";
    case 0x2026:
      return "...";
    case 0x00C6:
      return "AE";
    case 0x00E6:
      return "ae";
    case 0x00D8:
      return "O";
    case 0x00F8:
      return "o";
    case 0x0110:
      return "D";
    case 0x0111:
      return "d";
    case 0x0141:
      return "L";
    case 0x0142:
      return "l";
    case 0x0131:
      return "i";
    case 0x0152:
      return "OE";
    case 0x0153:
      return "oe";
    case 0x00DF:
      return "ss";
    default:
      return std::nullopt;
  }
}

bool HasNoWidth(UChar32 c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         c == 0x2060 || c == 0xFEFF || (c >= 0x0300 && c <= 0x036F);
}

// The ASCII letter under a letter's diacritics, or 0.
char BaseLetter(UChar32 c) {
  static const UNormalizer2* const nfd = [] {
    UErrorCode status = U_ZERO_ERROR;
    return unorm2_getNFDInstance(&status);
  }();
  std::array<UChar, 8> buffer{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length =
      unorm2_getDecomposition(nfd, c, buffer.data(), static_cast<int32_t>(buffer.size()), &status);
  if (U_FAILURE(status) || length < 1) return 0;
  const UChar base = buffer[0];
  const bool letter = (base >= 'a' && base <= 'z') || (base >= 'A' && base <= 'Z');
  return letter ? static_cast<char>(base) : '\0';
}

constexpr bool IsPlain(char c) {
  return static_cast<unsigned char>(c) < 0x80 && c != '`' && c != '\'';
}

// The first character at or after `at` that may have to be replaced.
size_t SkipPlain(std::string_view stored, size_t at) {
  // Eight bytes at a time; a byte that differs from x in no bit borrows from its high bit.
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x8080808080808080;
  constexpr auto kHas = [](uint64_t bytes, char c) {
    const uint64_t other = bytes ^ (kOnes * static_cast<unsigned char>(c));
    return (other - kOnes) & ~other & kHigh;
  };
  for (uint64_t bytes = 0; at + sizeof bytes <= stored.size(); at += sizeof bytes) {
    std::memcpy(&bytes, stored.data() + at, sizeof bytes);
    if (((bytes & kHigh) | kHas(bytes, '`') | kHas(bytes, '\'')) != 0) break;
  }
  while (at < stored.size() && IsPlain(stored[at])) ++at;
  return at;
}

}  // namespace

FoldedText::FoldedText(std::string_view stored) {
  text_.reserve(stored.size());
  size_t kept = 0;  // everything before is in text_
  for (size_t at = 0; at < stored.size();) {
    at = SkipPlain(stored, at);
    if (at == stored.size()) break;
    if (stored[at] == '\'' && (at + 1 == stored.size() || stored[at + 1] != '\'')) {
      ++at;
      continue;
    }
    text_.append(stored, kept, at - kept);
    at = Replace(stored, at);
    kept = at;
  }
  text_.append(stored, kept, stored.size() - kept);
}

// Appends what stands for the character at `at` and returns where the next one starts.
size_t FoldedText::Replace(std::string_view stored, size_t at) {
  if (stored[at] == '`' || stored[at] == '\'') {
    const bool doubled = at + 1 < stored.size() && stored[at + 1] == stored[at];
    text_.push_back(doubled ? '"' : '\'');
    if (doubled) AddEdit(at + 2, at + 2);
    return at + (doubled ? 2 : 1);
  }
  const auto [c, size] = DecodeUtf8(stored, at);
  const size_t end = at + size;
  if (c < 0) {
    text_.append(stored.substr(at, end - at));
    return end;
  }
  if (HasNoWidth(c)) {
    AddEdit(at, end);
    return end;
  }
  if (const auto replacement = FoldPunctuationOrLigature(c)) {
    text_.append(*replacement);
  } else if (u_isUWhiteSpace(c)) {
    text_.push_back(c == 0x2028 || c == 0x2029 || c == 0x85 ? '\n' : ' ');
  } else if (const int32_t digit = u_charDigitValue(c); digit >= 0) {
    text_.push_back(static_cast<char>('0' + digit));
  } else if (const char base = BaseLetter(c); base != 0) {
    text_.push_back(base);
  } else {
    text_.append(stored.substr(at, end - at));
    return end;
  }
  AddEdit(end, end);
  return end;
}

void FoldedText::AddEdit(size_t before, size_t after) {
  const auto folded = static_cast<uint32_t>(text_.size());
  if (!edits_.empty() && edits_.back().folded == folded) {
    edits_.back().after = static_cast<uint32_t>(after);
  } else {
    constexpr size_t kUsualEdits = 64;
    if (edits_.empty()) edits_.reserve(kUsualEdits);
    edits_.push_back({folded, static_cast<uint32_t>(before), static_cast<uint32_t>(after)});
  }
}

Span FoldedText::ToStored(size_t begin, size_t end) const {
  const auto after = [](size_t position, const Edit& edit) { return position < edit.folded; };
  const auto start = std::upper_bound(edits_.begin(), edits_.end(), begin, after);
  const auto stop = std::upper_bound(start, edits_.end(), end, after);
  return Map(begin, end, static_cast<size_t>(start - edits_.begin()),
             static_cast<size_t>(stop - edits_.begin()));
}

Span FoldedText::Cursor::PassEdits(size_t begin, size_t end) {
  const auto& edits = folded_.edits_;
  while (start_ < edits.size() && edits[start_].folded <= begin) ++start_;
  size_t stop = start_;
  while (stop < edits.size() && edits[stop].folded <= end) ++stop;
  FindNext();
  return folded_.Map(begin, end, start_, stop);
}

void FoldedText::Cursor::FindNext() {
  const auto& edits = folded_.edits_;
  next_ = start_ < edits.size() ? edits[start_].folded : std::numeric_limits<size_t>::max();
  shift_ = start_ > 0 ? size_t{edits[start_ - 1].after} - edits[start_ - 1].folded : 0;
}

}  // namespace consilience::extraction
