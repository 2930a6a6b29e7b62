#include "services/ingest/passages/fingerprints.h"

#include <algorithm>

namespace consilience::ingest {
namespace {

// A polynomial over the words of a run, modulo 2^64; the base is odd, so no word drops out.
constexpr uint64_t kBase = 0x9E3779B97F4A7C15ULL;

constexpr uint64_t PowerOfBase(size_t exponent) {
  uint64_t power = 1;
  for (size_t i = 0; i < exponent; ++i) power *= kBase;
  return power;
}

// The low bits of a polynomial modulo 2^64 depend on low bits only; the high ones are mixed in.
uint64_t Fold(uint64_t polynomial) {
  return (polynomial ^ (polynomial >> 32U)) * kBase >> (64U - 47U);
}

std::vector<uint64_t> HashGrams(std::span<const Word> words) {
  constexpr uint64_t kLeaving = PowerOfBase(kGramWords - 1);
  std::vector<uint64_t> hashes;
  if (words.size() < kGramWords) return hashes;
  hashes.reserve(words.size() - kGramWords + 1);
  uint64_t rolling = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i >= kGramWords) rolling -= words[i - kGramWords].folded * kLeaving;
    rolling = rolling * kBase + words[i].folded;
    if (i + 1 >= kGramWords) hashes.push_back(Fold(rolling));
  }
  return hashes;
}

}  // namespace

std::vector<Fingerprint> Winnow(std::span<const Word> words) {
  const std::vector<uint64_t> hashes = HashGrams(words);
  std::vector<Fingerprint> result;
  if (hashes.empty()) return result;
  result.reserve(hashes.size() * 2 / (kWindowGrams + 1) + 2);
  const size_t window = std::min(kWindowGrams, hashes.size());
  size_t chosen = SIZE_MAX;
  for (size_t end = window; end <= hashes.size(); ++end) {
    const size_t begin = end - window;
    size_t smallest = chosen;
    if (chosen == SIZE_MAX || chosen < begin) {
      smallest = begin;
      for (size_t i = begin + 1; i < end; ++i) {
        if (hashes[i] <= hashes[smallest]) smallest = i;
      }
    } else if (hashes[end - 1] <= hashes[chosen]) {
      smallest = end - 1;
    }
    if (smallest == chosen) continue;
    chosen = smallest;
    result.push_back({hashes[chosen], static_cast<uint32_t>(chosen)});
  }
  return result;
}

}  // namespace consilience::ingest
