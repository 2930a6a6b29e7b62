// From folded text to tokens. See token.h for what is one token and what is two.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKENIZE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKENIZE_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/text/token.h"

namespace consilience::extraction {

// Tokens with kind, flags that need no sentence, mark, begin and end; linear in the length. The
// caller adds span, word and sentence.
std::vector<Token> Tokenize(std::string_view folded);

// The form under which the vocabulary knows a token: its lower-cased text, without the last full
// stop of "u.s.".
inline std::string_view WordForm(std::string_view lower, const Token& token) {
  std::string_view form(lower.data() + token.begin, token.end - token.begin);
  if (token.is(kDotted) && form.ends_with('.')) form.remove_suffix(1);
  return form;
}

// ASCII letters in lower case; every other byte as it is.
std::string AsciiLower(std::string_view text);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_TOKENIZE_H_
