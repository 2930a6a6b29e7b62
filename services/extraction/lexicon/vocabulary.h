// The words that any lexicon of a rule pack knows, each with a small number.
//
// Every stage of the cascade interns its words here while it loads; afterwards the vocabulary is
// read-only and a token needs one look-up, whatever the number of lexicons: a lexicon leaves its
// mark on the words that its phrases start with, and the marks come with the number. Reading is
// thread-safe, interning is not.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_
#define CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_

#include <array>
#include <cstddef>
#include <cstdint>
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
  Known Look(std::string_view word) const { return LookHashed(word, Hash(word)); }

  // Look in two steps, for many words in a row: between them the memory that the second needs is
  // on its way.
  uint32_t Prepare(std::string_view word) const {
    const uint32_t hash = Hash(word);
    __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
    return hash;
  }
  Known LookHashed(std::string_view word, uint32_t hash) const {
    const Slot& slot = slots_[Probe(word, hash)];
    return {slot.id, slot.marks};
  }

  // A bit for Mark. The last of 32 bits is shared by all callers after the 31st, so a mark may
  // promise too much but never too little.
  uint32_t NewMark();
  void Mark(WordId id, uint32_t mark);

  // The word of an id that Intern returned; the view is good until the next Intern.
  std::string_view Word(WordId id) const { return words_[id]; }

  // One more than the greatest id.
  size_t size() const { return words_.size(); }

 private:
  static constexpr size_t kInSlot = 16;

  // Holds what a look-up needs in half a cache line; only a word too long for it is compared
  // elsewhere.
  struct alignas(32) Slot {
    uint32_t hash = 0;
    WordId id = kNoWord;
    uint32_t marks = 0;
    uint32_t size = 0;                  // of the word, in bytes
    std::array<char, kInSlot> start{};  // of the word, filled up with zeros
  };

  static uint32_t Hash(std::string_view word);
  void Grow();
  size_t Probe(std::string_view word, uint32_t hash) const;

  std::vector<std::string> words_;
  std::vector<Slot> slots_;  // open addressing, a power of two in size
  int lexicons_ = 0;         // how often NewMark was called
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_LEXICON_VOCABULARY_H_
