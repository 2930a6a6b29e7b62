// Winnowing (Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document Fingerprinting,
// SIGMOD 2003) over words.
//
// Every run of k = 5 words is hashed; of every w = 8 successive hashes the smallest is kept, the
// rightmost among equals. Guarantee: a run of w + k - 1 = 12 words that two documents share
// contains 8 hashes in both, of which both keep the same one, so no reuse of 12 words or more is
// missed. Shared runs of fewer than k = 5 words are never seen. Expected density: 2 / (w + 1) = 2/9
// fingerprints a word, about 167 for an article of 750 words.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_FINGERPRINTS_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_FINGERPRINTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/ingest/passages/words.h"

namespace consilience::ingest {

inline constexpr size_t kGramWords = 5;
inline constexpr size_t kWindowGrams = 8;
inline constexpr size_t kGuaranteedWords = kGramWords + kWindowGrams - 1;
// A hash has 47 bits: it fits the six-byte integers of SQLite's record format with its sign, and
// among the 167 million fingerprints of a million articles a false match is met about once in a
// million look-ups. A false match costs time, never a wrong passage: words are always compared.
inline constexpr uint64_t kHashMask = (uint64_t{1} << 47U) - 1;

struct Fingerprint {
  uint64_t hash = 0;
  uint32_t word = 0;  // the first word of the run

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

// In order of `word`. A text of fewer than 5 words has none; one of fewer than 12 has at least one.
std::vector<Fingerprint> Winnow(std::span<const Word> words);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_FINGERPRINTS_H_
