#include "services/corroboration/matching/words.h"

#include <algorithm>
#include <cstddef>
#include <span>

namespace consilience::corroboration {
namespace {

constexpr size_t kComparedWords = 200;

bool IsAsciiWordByte(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Length of the sign at `at` when it is one of the separators beyond ASCII: U+00A0 and the blocks
// of general punctuation (U+2000–U+206F), which hold every typographic quote, dash and space.
size_t WideSeparator(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (at + 1 < text.size() && byte(at) == 0xC2 && byte(at + 1) >= 0xA0 && byte(at + 1) <= 0xBF) {
    return 2;
  }
  if (at + 2 < text.size() && byte(at) == 0xE2 && (byte(at + 1) == 0x80 || byte(at + 1) == 0x81)) {
    return 3;
  }
  return 0;
}

// U+2018 and U+2019, the typographic apostrophes.
bool IsWideApostrophe(std::string_view sign) {
  return sign == "\xE2\x80\x98" || sign == "\xE2\x80\x99";
}

// Calls `visit` with each word.
template <typename Visit>
void ForEachWord(std::string_view text, Visit visit) {
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) visit(word);
    word.clear();
  };
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (const size_t wide = WideSeparator(text, i); wide != 0) {
      if (!IsWideApostrophe(text.substr(i, wide))) flush();
      i += wide;
      continue;
    }
    if (c >= 0x80 || IsAsciiWordByte(c)) {
      word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    } else if (c != '\'') {
      flush();
    }
    ++i;
  }
  flush();
}

}  // namespace

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  ForEachWord(text, [&](const std::string& word) { words.push_back(word); });
  return words;
}

std::string FoldedName(std::string_view text) {
  std::string name;
  name.reserve(text.size());
  ForEachWord(text, [&](const std::string& word) {
    if (name.empty() && word == "the") return;
    if (!name.empty()) name += ' ';
    name += word;
  });
  return name;
}

double WordSimilarity(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0.0;
  if (a == b) return 1.0;
  const std::span left = std::span(a).first(std::min(a.size(), kComparedWords));
  const std::span right = std::span(b).first(std::min(b.size(), kComparedWords));
  std::vector<size_t> row(right.size() + 1, 0);
  for (const std::string& word : left) {
    size_t diagonal = 0;
    for (size_t j = 0; j < right.size(); ++j) {
      const size_t above = row[j + 1];
      row[j + 1] = word == right[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return 2.0 * static_cast<double>(row.back()) / static_cast<double>(left.size() + right.size());
}

}  // namespace consilience::corroboration
