// What measuring and fitting attributions share: the stages, and the spans of the gold.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_GOLD_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_GOLD_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/attribution/attribution.h"
#include "services/extraction/lexicon/vocabulary.h"
#include "services/extraction/text/text.h"

namespace consilience::extraction {

using GoldSpans = std::vector<Span>;

struct AttributionStages {
  std::unique_ptr<Vocabulary> vocabulary = std::make_unique<Vocabulary>();
  std::optional<TextAnalyser> text;
  std::optional<AttributionFinder> finder;

  static absl::StatusOr<AttributionStages> Load(const std::filesystem::path& rules);
};

// Byte offsets of the code points of `text`, and its size.
std::vector<size_t> CodePointOffsets(std::string_view text);

// A gold component, pairs of code points, as sorted spans of bytes.
GoldSpans ReadSpans(const nlohmann::json& component, const std::vector<size_t>& offsets);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_ATTRIBUTION_GOLD_H_
