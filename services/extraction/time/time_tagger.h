// Finds and resolves time expressions, as TIMEX3 has them.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_TAGGER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_TAGGER_H_

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/quantity/number.h"
#include "services/extraction/text/text.h"
#include "services/extraction/time/time_words.h"

namespace consilience::extraction {

// Thread-safe once loaded.
class TimeTagger {
 public:
  static absl::StatusOr<TimeTagger> Load(const std::filesystem::path& rules,
                                         Vocabulary& vocabulary);

  // The times of a text in order, without overlap. `numbers` are those of NumberReader. `published`
  // is "2016-11-22", with or without a time of day; empty or anything else means that nothing
  // relative is resolved.
  std::vector<TimeMention> Tag(const Text& text, std::span<const Number> numbers,
                               std::string_view published) const;

 private:
  explicit TimeTagger(TimeWords words) : words_(std::move(words)) {}

  TimeWords words_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_TAGGER_H_
