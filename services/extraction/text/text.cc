#include "services/extraction/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "services/extraction/lexicon/table.h"
#include "services/extraction/text/structure.h"
#include "services/extraction/text/tokenize.h"

namespace consilience::extraction {
namespace {

// Share of capitals among letters above which a text counts as set in capitals.
constexpr double kAllCapsShare = 0.8;
constexpr size_t kAllCapsLetters = 12;  // fewer tell nothing about how a text is set

bool IsAllCaps(std::string_view text) {
  constexpr size_t kBlock = 512;
  uint32_t upper = 0;
  uint32_t lower = 0;
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    for (const char c : text.substr(begin, kBlock)) {
      upper += c >= 'A' && c <= 'Z' ? 1 : 0;
      lower += c >= 'a' && c <= 'z' ? 1 : 0;
    }
    // However many capitals the rest has, they are too few.
    const double most = static_cast<double>(upper) + static_cast<double>(text.size() - begin);
    if (most <= kAllCapsShare * (most + lower)) return false;
  }
  return upper >= kAllCapsLetters &&
         static_cast<double>(upper) > kAllCapsShare * static_cast<double>(upper + lower);
}

// A binary search without a branch on what it compares, which no processor could foresee.
template <typename End>
size_t FirstEndingAfter(std::span<const Token> tokens, size_t offset, const End& end) {
  if (tokens.empty()) return 0;
  size_t first = 0;  // of `count` tokens among which the last is that does not end after the offset
  for (size_t count = tokens.size(); count > 1;) {
    const size_t half = count / 2;
    first += end(tokens[first + half]) <= offset ? half : 0;
    count -= half;
  }
  return first + (end(tokens[first]) <= offset ? 1 : 0);
}

absl::StatusOr<int32_t> TextWordNamed(const Table& table, const Table::Row& row) {
  static const std::map<std::string_view, TextWord> kNames = {{"title", kTitleWord},
                                                              {"abbreviation", kAbbreviation},
                                                              {"starter", kStarter},
                                                              {"language", kLanguage},
                                                              {"furniture", kFurnitureLine}};
  const auto it = kNames.find(row[1]);
  if (it == kNames.end()) {
    return table.Error(row, fmt::format("unknown kind \"{}\"; known are abbreviation, furniture, "
                                        "language, starter, title",
                                        row[1]));
  }
  return it->second;
}

}  // namespace

std::string_view Text::Folded(size_t begin, size_t end) const {
  return std::string_view(folded()).substr(tokens_[begin].begin,
                                           tokens_[end - 1].end - tokens_[begin].begin);
}

std::string_view Text::Lower(size_t begin, size_t end) const {
  return std::string_view(lower_).substr(tokens_[begin].begin,
                                         tokens_[end - 1].end - tokens_[begin].begin);
}

size_t Text::TokenAtStored(size_t offset) const {
  return FirstEndingAfter(tokens_, offset, [](const Token& token) { return token.span.end; });
}

size_t Text::TokenAtFolded(size_t offset) const {
  return FirstEndingAfter(tokens_, offset, [](const Token& token) { return token.end; });
}

void Text::PlaceTokens() {
  const TokenPlace behind{-1, static_cast<uint32_t>(segments_.size())};
  places_.assign(tokens_.size(), behind);
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    std::fill(places_.begin() + segments_[i].begin, places_.begin() + segments_[i].end,
              TokenPlace{-1, i});
  }
  // In order of their first token: what stands within a quote comes after it. How deep quotes may
  // stand within one another is bounded.
  for (size_t i = 0; i < quotes_.size(); ++i) {
    for (uint32_t at = quotes_[i].begin; at < quotes_[i].end; ++at) {
      places_[at].quote = static_cast<int32_t>(i);
    }
  }
}

absl::StatusOr<TextAnalyser> TextAnalyser::Load(const std::filesystem::path& rules,
                                                Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table =
      Table::Load(rules / "text" / "words.tsv", {"text-words", 1, {"phrase", "kind"}});
  if (!table.ok()) return table.status();
  std::map<std::string, std::pair<int32_t, const Table::Row*>> kinds;
  for (const Table::Row& row : table->rows()) {
    const absl::StatusOr<int32_t> kind = TextWordNamed(*table, row);
    if (!kind.ok()) return kind.status();
    auto& entry = kinds[AsciiLower(row[0])];
    entry.first |= *kind | (row[0] == AsciiLower(row[0]) ? kAnyCase : 0);
    entry.second = &row;
  }
  Lexicon words;
  for (const auto& [phrase, entry] : kinds) {
    if (const absl::Status added = words.Add(vocabulary, phrase, entry.first); !added.ok()) {
      return table->Error(*entry.second, std::string(added.message()));
    }
  }
  return TextAnalyser(vocabulary, std::move(words));
}

// In pieces small enough for the nearest cache.
void TextAnalyser::LookUpWords(Text& text) const {
  constexpr size_t kPiece = 64;
  std::array<std::string_view, kPiece> forms;
  std::array<Vocabulary::Known, kPiece> known;
  for (size_t first = 0; first < text.size(); first += kPiece) {
    const size_t count = std::min(kPiece, text.size() - first);
    Token* const tokens = &text.tokens_[first];
    for (size_t i = 0; i < count; ++i) forms[i] = WordForm(text.lower_, tokens[i]);
    vocabulary_->LookAll(std::span(forms).first(count), known);
    for (size_t i = 0; i < count; ++i) {
      tokens[i].word = known[i].id;
      tokens[i].marks = known[i].marks;
    }
  }
}

Text TextAnalyser::Analyse(std::string_view stored) const {
  Text text(stored);
  text.lower_ = AsciiLower(text.folded());
  text.lower_.append(Vocabulary::kPadding, '\0');
  text.all_caps_ = IsAllCaps(text.folded());
  text.tokens_ = Tokenize(text.folded());
  FoldedText::Cursor cursor(text.folded_);
  for (Token& token : text.tokens_) {
    token.span = ShortSpan(cursor.ToStored(token.begin, token.end));
  }
  LookUpWords(text);
  text.paragraphs_ = FindParagraphs(text.folded(), text.tokens_);
  text.sentences_ = FindSentences(text.paragraphs_, words_, text.all_caps_, text.tokens_);
  text.quotes_ = FindQuotes(stored, text.paragraphs_, text.tokens_);
  text.segments_ =
      FindSegments(text.lower_, text.paragraphs_, text.sentences_, words_, text.tokens_);
  text.PlaceTokens();
  return text;
}

}  // namespace consilience::extraction
