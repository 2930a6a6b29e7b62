// The words that any lexicon of a rule pack knows, each with a small number.
//
// Every stage of the cascade interns its words here while it loads; afterwards the vocabulary is
// read-only and a token needs one look-up, whatever the number of lexicons: a lexicon leaves its
// mark on the words that its phrases start with, and the marks come with the number. Reading is
// thread-safe, interning is not.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_
#define CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace consilience::extraction {

// Identifies a lower-cased, folded word. Ids are dense, starting at 1.
using WordId = uint32_t;
inline constexpr WordId kNoWord = 0;

class Vocabulary {
 public:
  Vocabulary();
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  // The id of `word`, which must be folded and in lower case; a new one if it was not known.
  WordId Intern(std::string_view word);

  // The id of `word`, or kNoWord.
  WordId Find(std::string_view word) const;

  struct Known {
    WordId id = kNoWord;
    uint32_t marks = 0;
  };
  // The id and the marks of `word`; kNoWord and none if it is not known.
  Known Look(std::string_view word) const {
    const Key key = KeyOf(word);
    const Slot* slot = &common_[Probe(common_, key, word)];
    if (slot->id == kNoWord) slot = &rare_[Probe(rare_, key, word)];
    return {slot->id, slot->marks};
  }

  // Look for each of `words`; as many `known`. Quicker than one after the other: what memory the
  // rare ones need is fetched for all of them at once, and their lengths decide no branch, for
  // which kPadding bytes behind each word must be readable.
  static constexpr size_t kPadding = 16;
  void LookAll(std::span<const std::string_view> words, std::span<Known> known) const;

  // A bit for Mark. The last of 32 bits is shared by all callers after the 31st, so a mark may
  // promise too much but never too little.
  uint32_t NewMark();
  void Mark(WordId id, uint32_t mark);

  // The word of an id that Intern returned; the view is good until the next Intern.
  std::string_view Word(WordId id) const { return words_[id]; }

  // One more than the greatest id.
  size_t size() const { return words_.size(); }

 private:
  // The words interned first, which whoever loads the lexicons makes the commonest, are kept in a
  // table of their own that is small enough for the processor's nearer caches.
  static constexpr WordId kCommonWords = 4096;
  static constexpr size_t kInKey = 16;

  // A word as numbers, which are compared and mixed faster than bytes: its first eight bytes and
  // the eight after them, 0 behind its end. A word of more than kInKey bytes has its hash instead.
  struct Key {
    uint64_t first;
    uint64_t last;
    uint32_t size;  // in bytes

    uint32_t Hash() const {
      constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
      const uint64_t mixed = (first ^ (last * kOdd) ^ size) * kOdd;
      return static_cast<uint32_t>(mixed >> 32 ^ mixed);
    }
    friend bool operator==(const Key&, const Key&) = default;
  };
  static Key KeyOf(std::string_view word);
  static Key KeyOfPadded(std::string_view word);

  // Holds what a look-up needs in half a cache line; only a word too long for its key is compared
  // elsewhere.
  struct alignas(32) Slot {
    Key key{};
    WordId id = kNoWord;
    uint32_t marks = 0;
  };
  using Slots = std::vector<Slot>;  // open addressing, a power of two in size

  // The slot that holds `word`, or the free one where it belongs.
  size_t Probe(const Slots& slots, const Key& key, std::string_view word) const {
    const size_t mask = slots.size() - 1;
    size_t at = key.Hash() & mask;
    while (slots[at].id != kNoWord && !(slots[at].key == key && Spells(slots[at], word))) {
      at = (at + 1) & mask;
    }
    return at;
  }
  // Of a word with the key of the slot: nothing but its key if that says it all.
  bool Spells(const Slot& slot, std::string_view word) const {
    return word.size() <= kInKey || words_[slot.id] == word;
  }
  Slots& SlotsOf(WordId id) { return id <= kCommonWords ? common_ : rare_; }
  void Grow(Slots& slots);

  std::vector<std::string> words_;
  Slots common_;      // ids up to kCommonWords
  Slots rare_;        // the others
  int lexicons_ = 0;  // how often NewMark was called
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_
