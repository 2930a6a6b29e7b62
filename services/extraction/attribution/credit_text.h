// A text as those read it who look for credits: its marks, names and the words of credits.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_TEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_TEXT_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "services/extraction/attribution/credit_words.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Every question may be asked of tokens behind the end; the answer is no.
class CreditText {
 public:
  // Both must outlive it.
  CreditText(const Text& text, const CreditWords& words) : text_(text), words_(words) {}

  const Text& text() const { return text_; }
  const Token& operator[](uint32_t token) const { return text_[token]; }

  bool Is(uint32_t token, std::string_view word) const {
    return token < text_.size() && text_.Lower(token) == word;
  }
  // Punctuation or a symbol: this one, any.
  bool IsMark(uint32_t token, char mark) const {
    return token < text_.size() && text_[token].mark == mark;
  }
  bool IsMark(uint32_t token) const {
    return token < text_.size() && (text_[token].kind == TokenKind::kPunct || text_[token].mark);
  }
  // Between a dateline or an agency and the text.
  bool IsDash(uint32_t token) const {
    return (IsMark(token, '-') && !text_.IsHyphen(token)) || IsMark(token, '_') || Is(token, "--");
  }
  bool IsSeparator(uint32_t token) const { return IsDash(token) || IsMark(token, '|'); }

  // The mark of tokens that some phrase of credits may start with.
  uint32_t phrase_mark() const { return words_.mark(); }
  // The longest phrase of credits that starts at `token`; whether there is one of that role.
  std::optional<CreditPhrase> PhraseAt(uint32_t token) const { return words_.At(text_, token); }
  bool Plays(uint32_t token, CreditRole role) const { return words_.Is(text_, token, role); }

  // "Jane Doe and John Roe"
  bool IsNames(uint32_t begin, uint32_t end) const;
  // What may follow the agency of a byline: nothing, marks, "in Beirut", "on 3 November".
  bool IsTail(uint32_t begin, uint32_t end) const;

 private:
  const Text& text_;
  const CreditWords& words_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_TEXT_H_
