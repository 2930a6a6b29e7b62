// All numbers of a text: cardinals, fractions, powers and ordinals, in digits and words.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_READER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_READER_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/quantity/number.h"
#include "services/extraction/quantity/number_words.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class NumberReader {
 public:
  static absl::StatusOr<NumberReader> Load(const std::filesystem::path& rules,
                                           Vocabulary& vocabulary);

  // In order, without overlap; roles are kCount, kShare (fractions), kOrdinal, kAddress or
  // kPronoun. Linear in the length of the text.
  std::vector<Number> Read(const Text& text) const;

  const NumberWords& words() const { return words_; }

 private:
  explicit NumberReader(NumberWords words) : words_(std::move(words)) {}

  NumberWords words_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_NUMBER_READER_H_
