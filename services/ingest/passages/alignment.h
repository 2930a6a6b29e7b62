// What two texts have in common, word for word.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_ALIGNMENT_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_ALIGNMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/ingest/passages/words.h"

namespace consilience::ingest {

// Words [begin, end) of one text.
struct WordRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool Contains(const WordRange& other) const { return begin <= other.begin && other.end <= end; }
  friend auto operator<=>(const WordRange&, const WordRange&) = default;
};

// A run that stands in both texts: exactly, or with light edits.
struct Alignment {
  WordRange here;
  WordRange there;
  uint32_t words = 0;  // in common, in the same order

  // Of the longer side's words, the share that is in common; 1 for exact reuse.
  double similarity() const;
  friend bool operator==(const Alignment&, const Alignment&) = default;
};

struct AlignmentOptions {
  // A passage has at least so many words in common.
  uint32_t min_words = 12;
  // Runs shorter than this are chance and join nothing.
  uint32_t min_run = 4;
  // Edits of more words than this, on either side, end a passage.
  uint32_t max_gap = 8;
  // Below this share of words in common a chain of runs is cut at its widest edit.
  double min_similarity = 0.7;
};

// In order of `here`. Every exact run of min_words or more is within one of them on this side; of
// several places that the same words have on the other side, the first of the longest is named.
std::vector<Alignment> Align(std::span<const Word> here, std::span<const Word> there,
                             const AlignmentOptions& options = {});

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_ALIGNMENT_H_
