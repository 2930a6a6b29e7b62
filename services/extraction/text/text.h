// A text as every later stage sees it: folded, in tokens, sentences, paragraphs, quotes and
// segments.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_TEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_TEXT_H_

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/fold.h"
#include "services/extraction/text/token.h"

namespace consilience::extraction {

// Immutable. Does not own the stored text, which must outlive it. Token positions are indices into
// tokens().
class Text {
 public:
  std::string_view stored() const { return stored_; }
  const std::string& folded() const { return folded_.text(); }

  std::span<const Token> tokens() const { return tokens_; }
  std::span<const Sentence> sentences() const { return sentences_; }
  std::span<const Paragraph> paragraphs() const { return paragraphs_; }
  std::span<const Quote> quotes() const { return quotes_; }
  std::span<const Segment> segments() const { return segments_; }

  const Token& operator[](size_t token) const { return tokens_[token]; }
  size_t size() const { return tokens_.size(); }

  std::string_view Folded(size_t token) const {
    return std::string_view(folded()).substr(tokens_[token].begin,
                                             tokens_[token].end - tokens_[token].begin);
  }
  std::string_view Lower(size_t token) const {
    return std::string_view(lower_).substr(tokens_[token].begin,
                                           tokens_[token].end - tokens_[token].begin);
  }

  // Folded and lower-cased text of tokens [begin, end), with whatever stands between them.
  std::string_view Folded(size_t begin, size_t end) const;
  std::string_view Lower(size_t begin, size_t end) const;

  // Stored bytes of tokens [begin, end); begin < end.
  Span SpanOf(size_t begin, size_t end) const {
    return {tokens_[begin].span.begin, tokens_[end - 1].span.end};
  }
  // Stored bytes of a range of folded(), for matches of a regular expression.
  Span ToStored(size_t begin, size_t end) const { return folded_.ToStored(begin, end); }

  // The first token that ends after a stored offset, a folded offset; size() if there is none.
  size_t TokenAtStored(size_t offset) const;
  size_t TokenAtFolded(size_t offset) const;

  // Index into segments() of the segment that holds a token.
  size_t SegmentOf(size_t token) const { return places_[token].segment; }
  // Index into quotes() of the innermost quote that holds a token, or -1.
  int QuoteOf(size_t token) const { return places_[token].quote; }

  // A "-" without white space on either side: "rebel-held", "10-12".
  bool IsHyphen(size_t token) const {
    return tokens_[token].mark == '-' && IsInnerHyphen(tokens_, token);
  }
  // The next token stands right against this one.
  bool GluedToNext(size_t token) const {
    return token + 1 < tokens_.size() && !tokens_[token + 1].is(kSpaceBefore);
  }

  // Most letters are capitals, so that capitals tell nothing about names.
  bool all_caps() const { return all_caps_; }

 private:
  friend class TextAnalyser;
  explicit Text(std::string_view stored) : stored_(stored), folded_(stored) {}

  // What holds a token, so that asking costs nothing.
  struct TokenPlace {
    int32_t quote = -1;
    uint32_t segment = 0;
  };
  void PlaceTokens();

  std::string_view stored_;
  FoldedText folded_;
  std::string lower_;  // folded(), ASCII letters in lower case, and the padding of look-ups
  std::vector<Token> tokens_;
  std::vector<Sentence> sentences_;
  std::vector<Paragraph> paragraphs_;
  std::vector<Quote> quotes_;
  std::vector<Segment> segments_;
  std::vector<TokenPlace> places_;  // by token
  bool all_caps_ = false;
};

// Thread-safe once loaded.
class TextAnalyser {
 public:
  // Reads `rules`/text/*.tsv. The vocabulary must outlive the analyser; other stages may intern
  // into it until the first Analyse.
  static absl::StatusOr<TextAnalyser> Load(const std::filesystem::path& rules,
                                           Vocabulary& vocabulary);

  // Linear in the length of `stored`, which must be less than 4 GiB of UTF-8 and outlive the
  // result.
  Text Analyse(std::string_view stored) const;

 private:
  TextAnalyser(const Vocabulary& vocabulary, Lexicon words)
      : vocabulary_(&vocabulary), words_(std::move(words)) {}

  void LookUpWords(Text& text) const;

  const Vocabulary* vocabulary_;
  Lexicon
      words_;  // abbreviations, sentence starters and the furniture of web pages; payload: TextWord
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_TEXT_H_
