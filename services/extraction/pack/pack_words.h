// Which classes the words and phrases of a text belong to.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_WORDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_WORDS_H_

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/pack/class_set.h"

namespace consilience::extraction {

// Thread-safe once built.
class PackWords {
 public:
  // Adds the phrases of a words.tsv. A phrase may have several classes, from several files.
  absl::Status Load(const std::filesystem::path& file, Vocabulary& vocabulary, ClassTable& classes);
  // Adds one phrase.
  void Add(const std::string& phrase, ClassId id, Vocabulary& vocabulary);
  // Builds the index; to be called once, after the last Add.
  absl::Status Build(Vocabulary& vocabulary);

  const Lexicon& lexicon() const { return lexicon_; }
  // By payload of lexicon().
  const ClassSet& classes(int32_t payload) const { return sets_[static_cast<size_t>(payload)]; }
  // One more than the greatest payload.
  int32_t size() const { return static_cast<int32_t>(sets_.size()); }

 private:
  // By the words of the phrase: the phrase and its classes.
  std::map<std::vector<WordId>, std::pair<std::string, ClassSet>> phrases_;
  Lexicon lexicon_;
  std::vector<ClassSet> sets_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_PACK_WORDS_H_
