// The words by which texts are credited to news agencies.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_WORDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_WORDS_H_

#include <cstdint>
#include <filesystem>
#include <optional>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

enum class CreditRole : uint8_t {
  kOpening,
  kReport,
  kMaterial,
  kUsed,
  kContributed,
  kStaff,
  kOwn,
  kRights,
  kEdited,
  kWritten,
  kMatter,
  kPicture
};

struct CreditPhrase {
  CreditRole role = CreditRole::kOpening;
  uint32_t begin = 0;  // tokens, `end` not included
  uint32_t end = 0;
};

// Thread-safe once loaded.
class CreditWords {
 public:
  // Reads a table of phrase, role.
  static absl::StatusOr<CreditWords> Load(const std::filesystem::path& file,
                                          Vocabulary& vocabulary);

  // The mark of tokens that some phrase may start with; see Lexicon::mark.
  uint32_t mark() const { return phrases_.mark(); }

  // The longest phrase that starts at `token`.
  std::optional<CreditPhrase> At(const Text& text, size_t token) const {
    if (token >= text.size() || !phrases_.Starts(text[token])) return std::nullopt;
    const auto match = phrases_.Longest(text.tokens(), token);
    if (!match.has_value()) return std::nullopt;
    return CreditPhrase{static_cast<CreditRole>(match->payload), match->begin, match->end};
  }
  // Whether a phrase of that role starts at `token`.
  bool Is(const Text& text, size_t token, CreditRole role) const {
    const auto phrase = At(text, token);
    return phrase.has_value() && phrase->role == role;
  }

 private:
  Lexicon phrases_;  // payload: CreditRole
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_ATTRIBUTION_CREDIT_WORDS_H_
