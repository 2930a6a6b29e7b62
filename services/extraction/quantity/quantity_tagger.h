// From numbers to quantities: intervals with their bounds, units and flags.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_TAGGER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_TAGGER_H_

#include <filesystem>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/quantity/quantity_rules.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class QuantityTagger {
 public:
  static absl::StatusOr<QuantityTagger> Load(const std::filesystem::path& rules,
                                             Vocabulary& vocabulary);

  // The quantities of a text, in order, without overlap. `numbers` are those of NumberReader; their
  // roles are completed. `times` are in order; the numbers within them are no quantities. Linear in
  // the text.
  std::vector<Quantity> Tag(const Text& text, std::span<const TimeMention> times,
                            std::vector<Number>& numbers) const;

 private:
  explicit QuantityTagger(QuantityRules rules) : rules_(std::move(rules)) {}

  QuantityRules rules_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_TAGGER_H_
