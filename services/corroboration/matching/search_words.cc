#include "services/corroboration/matching/search_words.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "services/extraction/model/names.h"
#include "services/extraction/text/fold.h"
#include "services/extraction/text/utf8.h"

namespace consilience::corroboration {
namespace {

// Longer words are known by their beginning.
constexpr size_t kLongestWord = 100;  // bytes
constexpr size_t kLongestSign = 4;    // bytes of UTF-8
// A tsvector of PostgreSQL holds 1 MiB.
constexpr size_t kMostOfADocument = 500'000;  // bytes

bool IsArticle(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kArticles = {"al", "el", "ul", "ad", "as",
                                                                "ar", "an", "az", "ash"};
  return std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end();
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A code point's bytes; ASCII comes first because nearly all are.
void AppendUtf8(UChar32 c, std::string& text) {
  if (c < 0x80) {
    text += static_cast<char>(c);
    return;
  }
  icu::UnicodeString(c).toUTF8String(text);
}

// Marks that stand on a letter and apostrophes part no word.
bool IsSilent(UChar32 c) {
  const int8_t type = u_charType(c);
  return c == '\'' || type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR;
}

// Calls `visit` with each word.
template <typename Visit>
void ForEachWord(std::string_view text, Visit visit) {
  const extraction::FoldedText folded(text);
  const std::string& bytes = folded.text();
  std::string word;
  const auto flush = [&] {
    if (!word.empty() && !IsArticle(word)) visit(word);
    word.clear();
  };
  for (size_t at = 0; at < bytes.size();) {
    const auto [c, size] = extraction::DecodeUtf8(bytes, at);
    at += size;
    if (c >= 0 && IsSilent(c)) continue;
    if (c < 0 || !u_isalnum(c)) {
      flush();
    } else if (word.size() + kLongestSign <= kLongestWord) {
      AppendUtf8(u_foldCase(c, U_FOLD_CASE_DEFAULT), word);
    }
  }
  flush();
}

}  // namespace

std::vector<SearchTerm> SearchTermsOf(std::string_view query) {
  SearchWords words;
  ForEachWord(query, [&](const std::string& word) { words.insert(word); });
  std::vector<SearchTerm> terms;
  for (const std::string& word : words) terms.push_back({word, IsNumber(word)});
  return terms;
}

SearchWords SearchWordsOf(const RecordedAssertion& assertion) {
  SearchWords words;
  const auto add = [&](std::string_view text) {
    ForEachWord(text, [&](const std::string& word) { words.insert(word); });
  };
  const extraction::Assertion& said = assertion.said;
  add(assertion.quote);
  add(extraction::NameOf(said.kind));
  add(said.measure);
  add(said.place.name);
  add(said.population.label);
  add(said.actor);
  add(said.target);
  add(said.time.from);
  add(said.time.to);
  for (const extraction::Speaker& speaker : said.chain) {
    add(speaker.name);
    add(speaker.description);
    add(speaker.organisation);
  }
  add(assertion.document.outlet);
  add(assertion.document.title);
  return words;
}

SearchWords SearchWordsOf(const std::vector<RecordedAssertion>& assertions) {
  SearchWords words;
  size_t bytes = 0;
  for (const RecordedAssertion& assertion : assertions) {
    for (const std::string& word : SearchWordsOf(assertion)) {
      if (bytes + word.size() > kMostOfADocument) return words;
      if (words.insert(word).second) bytes += word.size() + 1;
    }
  }
  return words;
}

bool HoldsAll(const SearchWords& words, const std::vector<SearchTerm>& terms) {
  return std::all_of(terms.begin(), terms.end(), [&](const SearchTerm& term) {
    const auto found = words.lower_bound(term.word);
    if (found == words.end()) return false;
    return term.whole ? *found == term.word : found->starts_with(term.word);
  });
}

}  // namespace consilience::corroboration
