// Tokens, and the larger units of a text as ranges of tokens.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKEN_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "services/common/text/span.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

using common::Span;

enum class TokenKind : uint8_t {
  kWord,  // letters, with inner apostrophes ("O'Brien", "don't"), inner full stops ("U.S.", "a.m.")
          // and later digits ("M16")
  kNumber,  // digits with inner points and commas: "450.000", "1,200", "192.168.1.2"
  kPunct,   // one mark, or a run: "...", "--"
  kSymbol,  // "$", "%", "#", "@", "€", "½"
  kUrl,     // "https://…", "pic.twitter.com/…", "example.org"
};

enum TokenFlag : uint8_t {
  kCapitalised = 1 << 0,      // starts with an upper-case letter
  kAllCaps = 1 << 1,          // two letters or more, all upper case
  kSentenceInitial = 1 << 2,  // the first word or number of its sentence
  kPossessive = 1 << 3,       // the next token is its "'s" or "'"
  kSpaceBefore = 1 << 4,      // white space, or the start of the text, precedes it
  kHasDigit = 1 << 5,         // a word with digits: "M16"
  kDotted = 1 << 6,           // letters with full stops: "U.S.", "p.m."
};

// A Span in half its room, so that a token takes half a cache line: texts are shorter than 4 GiB.
struct ShortSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  ShortSpan() = default;
  explicit ShortSpan(Span span)
      : begin(static_cast<uint32_t>(span.begin)), end(static_cast<uint32_t>(span.end)) {}
  operator Span() const { return {begin, end}; }  // NOLINT(google-explicit-constructor): it is one
  std::string_view In(std::string_view text) const { return Span(*this).In(text); }
};

// Hyphens, the possessive "'s", and digits glued to letters are split: "rebel-held" is three
// tokens, "Syria's" is "Syria" and "'s", "82mm" is "82" and "mm". kSpaceBefore tells what was
// glued.
struct Token {
  ShortSpan span;      // in the stored text
  uint32_t begin = 0;  // in the folded and the lower-cased text
  uint32_t end = 0;
  WordId word = kNoWord;  // of the lower-cased folded form; kNoWord if no lexicon knows it
  uint32_t marks = 0;     // of the word: which lexicons have a phrase that starts with it
  uint32_t sentence = 0;  // index into Text::sentences()
  TokenKind kind = TokenKind::kWord;
  uint8_t flags = 0;
  char mark = 0;  // the first folded byte of a kPunct or kSymbol token, else 0

  bool is(TokenFlag flag) const { return (flags & flag) != 0; }
  bool is_word() const { return kind == TokenKind::kWord; }
  bool is_number() const { return kind == TokenKind::kNumber; }
  // A single "-" that joins its neighbours is told from a dash by Text::IsHyphen.
};

// A range of tokens, `end` not included, with the stored bytes from the first to the last.
struct TokenRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  Span span;

  bool Contains(size_t token) const { return begin <= token && token < end; }
};

struct Sentence : TokenRange {
  uint32_t paragraph = 0;  // index into Text::paragraphs()
  bool glued = false;      // no white space before it: "he said.Launching"
};

// Lines set apart: by blank lines, by indentation, or by single line breaks where lines are not
// wrapped.
struct Paragraph : TokenRange {};

// Words between quotation marks. The range includes the marks.
struct Quote : TokenRange {
  bool closed = true;      // false: runs to the end of its paragraph without a closing mark
  bool single = false;     // ‘…’ or '…'
  int32_t continues = -1;  // the quote of an earlier paragraph that this one goes on with
  int32_t parent = -1;     // the quote that it stands within
};

enum class SegmentKind : uint8_t {
  kBody,
  kHeadline,
  kRepeatedHeadline,  // the headline, word for word, once more
  kSubheading,
  kCaption,
  kDateline,     // "NAIROBI, Kenya (AP) _", without what follows
  kLanguageBar,  // "Portuguese / Spanish / English"
  kTweet,        // an embedded post with its signature and date
  kFurniture,    // "Show Comments", tags, share buttons
};

// Segments cover all tokens, in order, without overlap.
struct Segment : TokenRange {
  SegmentKind kind = SegmentKind::kBody;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKEN_H_
