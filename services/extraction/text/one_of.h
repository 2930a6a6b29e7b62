// Whether a word is one of a few.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TEXT_ONE_OF_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TEXT_ONE_OF_H_

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace consilience::extraction {

inline bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TEXT_ONE_OF_H_
