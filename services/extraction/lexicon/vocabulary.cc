#include "services/extraction/lexicon/vocabulary.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace consilience::extraction {
namespace {

constexpr size_t kInitialSlots = 4096;

// By the length of a word: the bytes of its key that are not 0.
using KeyBytes = std::array<uint64_t, 2>;
constexpr std::array<KeyBytes, sizeof(KeyBytes) + 1> kKeyBytes = [] {
  std::array<KeyBytes, sizeof(KeyBytes) + 1> masks{};
  for (size_t size = 0; size < masks.size(); ++size) {
    std::array<uint8_t, sizeof(KeyBytes)> bytes{};
    std::fill(bytes.begin(), bytes.begin() + size, uint8_t{0xFF});
    masks[size] = std::bit_cast<KeyBytes>(bytes);
  }
  return masks;
}();

}  // namespace

Vocabulary::Key Vocabulary::KeyOfPadded(std::string_view word) {
  static_assert(kInKey == sizeof(KeyBytes) && kPadding >= kInKey);
  Key key{0, 0, static_cast<uint32_t>(word.size())};
  if (word.size() > kInKey) {
    key.first = XXH3_64bits(word.data(), word.size());
    return key;
  }
  std::memcpy(&key.first, word.data(), sizeof key.first);
  std::memcpy(&key.last, word.data() + sizeof key.first, sizeof key.last);
  const auto& [first, last] = kKeyBytes[word.size()];
  key.first &= first;
  key.last &= last;
  return key;
}

Vocabulary::Key Vocabulary::KeyOf(std::string_view word) {
  if (word.size() > kInKey) return KeyOfPadded(word);
  std::array<char, kPadding> padded{};
  std::copy(word.begin(), word.end(), padded.begin());
  return KeyOfPadded({padded.data(), word.size()});
}

Vocabulary::Vocabulary() : words_(1), common_(size_t{4} * kCommonWords), rare_(kInitialSlots) {}

WordId Vocabulary::Intern(std::string_view word) {
  if (const WordId known = Find(word); known != kNoWord) return known;
  const auto id = static_cast<WordId>(words_.size());
  const size_t rare = id > kCommonWords ? id - kCommonWords : 0;
  if (rare * 4 > rare_.size() * 3) Grow(rare_);  // never more than three quarters full
  words_.emplace_back(word);
  const Key key = KeyOf(word);
  Slots& slots = SlotsOf(id);
  Slot& slot = slots[Probe(slots, key, word)];
  slot.key = key;
  slot.id = id;
  return id;
}

WordId Vocabulary::Find(std::string_view word) const { return Look(word).id; }

void Vocabulary::LookAll(std::span<const std::string_view> words, std::span<Known> known) const {
  constexpr size_t kTogether = 32;
  std::array<Key, kTogether> keys;
  std::array<size_t, kTogether> rare;  // indices of those that are not common
  for (size_t first = 0; first < words.size(); first += kTogether) {
    const auto piece = words.subspan(first, std::min(kTogether, words.size() - first));
    for (size_t i = 0; i < piece.size(); ++i) {
      keys[i] = KeyOfPadded(piece[i]);
      __builtin_prefetch(&common_[keys[i].Hash() & (common_.size() - 1)]);
    }
    size_t waiting = 0;
    for (size_t i = 0; i < piece.size(); ++i) {
      const Slot& slot = common_[Probe(common_, keys[i], piece[i])];
      known[first + i] = {slot.id, slot.marks};
      if (slot.id != kNoWord) continue;
      __builtin_prefetch(&rare_[keys[i].Hash() & (rare_.size() - 1)]);
      rare[waiting++] = i;
    }
    for (const size_t i : std::span(rare).first(waiting)) {
      const Slot& slot = rare_[Probe(rare_, keys[i], piece[i])];
      known[first + i] = {slot.id, slot.marks};
    }
  }
}

uint32_t Vocabulary::NewMark() {
  constexpr int kLast = 31;
  return uint32_t{1} << std::min(lexicons_++, kLast);
}

void Vocabulary::Mark(WordId id, uint32_t mark) {
  const std::string& word = words_[id];
  Slots& slots = SlotsOf(id);
  slots[Probe(slots, KeyOf(word), word)].marks |= mark;
}

void Vocabulary::Grow(Slots& slots) {
  Slots old(slots.size() * 2);
  old.swap(slots);
  for (const Slot& slot : old) {
    if (slot.id != kNoWord) slots[Probe(slots, slot.key, words_[slot.id])] = slot;
  }
}

}  // namespace consilience::extraction
