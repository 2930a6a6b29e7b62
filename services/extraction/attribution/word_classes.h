// What each word may be: parts of speech with their frequencies, and the classes of meaning that
// tell a reporting verb from others.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WORD_CLASSES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WORD_CLASSES_H_

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/extraction/attribution/tag.h"
#include "services/extraction/lexicon/table.h"
#include "services/extraction/lexicon/vocabulary.h"

namespace consilience::extraction {

// Classes of meaning of a verb or noun, as a set.
enum Sense : uint16_t {
  kActSense = 1 << 0,
  kChangeSense = 1 << 1,
  kCognitionSense = 1 << 2,
  kCommunicationSense = 1 << 3,
  kCreationSense = 1 << 4,
  kEmotionSense = 1 << 5,
  kGroupSense = 1 << 6,
  kLocationSense = 1 << 7,
  kMotionSense = 1 << 8,
  kOtherSense = 1 << 9,
  kPerceptionSense = 1 << 10,
  kPersonSense = 1 << 11,
  kPossessionSense = 1 << 12,
  kSocialSense = 1 << 13,
  kStativeSense = 1 << 14,
  kTimeSense = 1 << 15,
};

// Half a cache line: the tagger reads one for each token.
struct alignas(32) WordClass {
  TagSet tags = 0;
  WordId verb = kNoWord;  // lemma, when it may be a verb
  WordId noun = kNoWord;  // lemma, when it may be a noun
  uint16_t as_verb = 0;   // how often it was seen so
  uint16_t as_noun = 0;
  uint16_t as_adjective = 0;
  uint16_t as_adverb = 0;
  uint16_t verb_senses = 0;  // Sense
  uint16_t noun_senses = 0;
  Tag function = Tag::kOther;  // the likeliest tag of a function word, else kOther
  uint8_t main_verb = 0;       // one more than the number of the commonest verb sense's bit

  // The commonest verb sense alone; 0 if there is none.
  uint16_t main_verb_sense() const { return static_cast<uint16_t>((1U << main_verb) >> 1); }
};

// Thread-safe once loaded.
class WordClasses {
 public:
  // Reads words.tsv and function_words.tsv of `folder`.
  static absl::StatusOr<WordClasses> Load(const std::filesystem::path& folder,
                                          Vocabulary& vocabulary);

  // The class of a word; of no tags if it is not known.
  const WordClass& operator[](WordId word) const {
    return word < classes_.size() ? classes_[word] : unknown_;
  }
  // Has the class of a word that is asked for soon fetched from memory.
  void Prefetch(WordId word) const { __builtin_prefetch(&(*this)[word]); }

 private:
  struct Entry;  // one row of words.tsv

  absl::Status AddRow(const Table& table, const Table::Row& row, Vocabulary& vocabulary);
  absl::Status AddFunctionWord(const Table& table, const Table::Row& row, Vocabulary& vocabulary);
  void AddVerb(const Entry& entry, Vocabulary& vocabulary);
  void AddNoun(const Entry& entry, Vocabulary& vocabulary);
  WordClass& At(std::string_view form, Vocabulary& vocabulary);
  WordClass& AddVerbForm(std::string_view form, TagSet tags, WordId lemma, const Entry& entry,
                         Vocabulary& vocabulary);

  std::vector<WordClass> classes_;  // by WordId
  WordClass unknown_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_WORD_CLASSES_H_
