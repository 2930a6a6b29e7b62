// Who says what, by which words, on whose authority.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_

#include <filesystem>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/attribution/credit_words.h"
#include "services/extraction/attribution/cue_lexicon.h"
#include "services/extraction/attribution/cues.h"
#include "services/extraction/attribution/house_style.h"
#include "services/extraction/attribution/organisations.h"
#include "services/extraction/attribution/scorecard.h"
#include "services/extraction/attribution/syntax.h"
#include "services/extraction/attribution/word_classes.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/model/mention.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

struct AttributionResult {
  std::vector<AttributionMention> attributions;  // in the order of their cues
  std::vector<WireCredit> credits;               // in the order of the text
};

// The innermost attribution whose content holds `span`, or null.
const AttributionMention* InnermostAround(const AttributionResult& result, Span span);

// On whose word `span` is said: the chain of the innermost attribution around it, or the agency
// that the text or paragraph is credited to; empty for the outlet's own voice.
std::vector<Speaker> ChainFor(const AttributionResult& result, Span span);

// Thread-safe once loaded.
class AttributionFinder {
 public:
  // Reads `rules`/attribution.
  static absl::StatusOr<AttributionFinder> Load(const std::filesystem::path& rules,
                                                Vocabulary& vocabulary);

  // Linear in the length of the text.
  AttributionResult Find(const Text& text) const;

  // Everything that was weighed, for fitting the scorecard.
  CueCandidates Candidates(const Syntax& syntax) const {
    return FindCandidates(syntax, lexicon_, organisations_.names());
  }
  const WordClasses& words() const { return words_; }

  // The word is for an account, or says whether one is so: "figure", "untrue".
  bool JudgesAccounts(WordId word) const {
    return (lexicon_.Flags(word) & (kAccount | kFalsity | kTruth)) != 0;
  }

 private:
  AttributionFinder(WordClasses words, CueLexicon lexicon, Scorecard card,
                    Organisations organisations, CreditWords credits, HouseStyle house)
      : words_(std::move(words)),
        lexicon_(std::move(lexicon)),
        card_(std::move(card)),
        organisations_(std::move(organisations)),
        credits_(std::move(credits)),
        house_(std::move(house)) {}

  WordClasses words_;
  CueLexicon lexicon_;
  Scorecard card_;
  Organisations organisations_;
  CreditWords credits_;
  HouseStyle house_;
  Lexicon titles_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_ATTRIBUTION_H_
