#include "services/extraction/lexicon/vocabulary.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace consilience::extraction {
namespace {

constexpr size_t kInitialSlots = 4096;

}  // namespace

// Most words have up to sixteen bytes: two overlapping loads and a multiplication mix them faster
// than a call would take. Longer ones go through XXH3.
uint32_t Vocabulary::Hash(std::string_view word) {
  const size_t size = word.size();
  uint64_t first = 0;
  uint64_t last = 0;
  if (size > 16) return static_cast<uint32_t>(XXH3_64bits(word.data(), size));
  if (size >= 8) {
    std::memcpy(&first, word.data(), 8);
    std::memcpy(&last, word.data() + size - 8, 8);
  } else if (size >= 4) {
    uint32_t half = 0;
    std::memcpy(&half, word.data(), 4);
    first = half;
    std::memcpy(&half, word.data() + size - 4, 4);
    last = half;
  } else {
    for (const char c : word) first = first << 8 | static_cast<unsigned char>(c);
  }
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
  const uint64_t mixed = (first ^ (last * kOdd) ^ size) * kOdd;
  return static_cast<uint32_t>(mixed >> 32 ^ mixed);
}

Vocabulary::Vocabulary() : words_(1), slots_(kInitialSlots) {}

WordId Vocabulary::Intern(std::string_view word) {
  const uint32_t hash = Hash(word);
  size_t at = Probe(word, hash);
  if (slots_[at].id != kNoWord) return slots_[at].id;
  if (words_.size() * 4 > slots_.size() * 3) {
    Grow();
    at = Probe(word, hash);
  }
  const auto id = static_cast<WordId>(words_.size());
  words_.emplace_back(word);
  Slot& slot = slots_[at];
  slot.hash = hash;
  slot.id = id;
  slot.size = static_cast<uint32_t>(word.size());
  std::copy_n(word.begin(), std::min(word.size(), kInSlot), slot.start.begin());
  return id;
}

WordId Vocabulary::Find(std::string_view word) const { return slots_[Probe(word, Hash(word))].id; }

uint32_t Vocabulary::NewMark() {
  constexpr int kLast = 31;
  return uint32_t{1} << std::min(lexicons_++, kLast);
}

void Vocabulary::Mark(WordId id, uint32_t mark) {
  const std::string& word = words_[id];
  slots_[Probe(word, Hash(word))].marks |= mark;
}

void Vocabulary::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.id != kNoWord) slots_[Probe(words_[slot.id], slot.hash)] = slot;
  }
}

// The slot that holds `word`, or the free one where it belongs. The table is never more than three
// quarters full.
size_t Vocabulary::Probe(std::string_view word, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.id == kNoWord) return at;
    if (slot.hash != hash || slot.size != word.size()) continue;
    const bool same = word.size() <= kInSlot
                          ? std::memcmp(slot.start.data(), word.data(), word.size()) == 0
                          : words_[slot.id] == word;
    if (same) return at;
  }
}

}  // namespace consilience::extraction
