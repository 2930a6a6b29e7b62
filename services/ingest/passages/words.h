// A text as the words by which reuse is told.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_WORDS_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_WORDS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "services/common/text/span.h"

namespace consilience::ingest {

// `folded` is a hash of the word as copying leaves it: lower case, without apostrophes ("Assad’s"
// is "assads", as in a copy that lost its punctuation) and without the points and commas of
// figures ("450.000" is "450000"). Hyphens part words.
struct Word {
  uint32_t begin = 0;  // bytes in the text
  uint32_t end = 0;
  uint64_t folded = 0;
};

// Linear. Well-formed UTF-8 of less than 4 GiB.
std::vector<Word> FindWords(std::string_view text);

// The bytes from the first to the last of words [begin, end); begin < end.
inline common::Span SpanOf(const std::vector<Word>& words, size_t begin, size_t end) {
  return {words[begin].begin, words[end - 1].end};
}

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_WORDS_H_
