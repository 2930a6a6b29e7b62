// Who says what, by which words, on whose authority.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/scorecard.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/attribution/word_classes.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/model/mention.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class AttributionFinder {
 public:
  // Reads `rules`/attribution. The vocabulary must not be interned into afterwards.
  static absl::StatusOr<AttributionFinder> Load(const std::filesystem::path& rules,
                                                Vocabulary& vocabulary);

  // The attributions of a text in the order of their cues. Linear in the length of the text.
  std::vector<AttributionMention> Find(const Text& text) const;

  // Everything that was weighed, for fitting the scorecard.
  std::vector<CueCandidate> Candidates(const Syntax& syntax) const {
    return FindCandidates(syntax, lexicon_);
  }
  const WordClasses& words() const { return words_; }

 private:
  AttributionFinder(WordClasses words, CueLexicon lexicon, Scorecard card)
      : words_(std::move(words)), lexicon_(std::move(lexicon)), card_(std::move(card)) {}

  WordClasses words_;
  CueLexicon lexicon_;
  Scorecard card_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_
