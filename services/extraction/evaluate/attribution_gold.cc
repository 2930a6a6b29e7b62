#include "services/extraction/evaluate/attribution_gold.h"

#include <algorithm>
#include <utility>

namespace consilience::extraction {

absl::StatusOr<AttributionStages> AttributionStages::Load(const std::filesystem::path& rules) {
  AttributionStages stages;
  auto text = TextAnalyser::Load(rules, *stages.vocabulary);
  if (!text.ok()) return text.status();
  stages.text.emplace(*std::move(text));
  auto finder = AttributionFinder::Load(rules, *stages.vocabulary);
  if (!finder.ok()) return finder.status();
  stages.finder.emplace(*std::move(finder));
  return stages;
}

std::vector<size_t> CodePointOffsets(std::string_view text) {
  std::vector<size_t> offsets;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) offsets.push_back(i);
  }
  offsets.push_back(text.size());
  return offsets;
}

GoldSpans ReadSpans(const nlohmann::json& component, const std::vector<size_t>& offsets) {
  GoldSpans spans;
  for (const nlohmann::json& pair : component) {
    spans.push_back({offsets.at(pair.at(0).get<size_t>()), offsets.at(pair.at(1).get<size_t>())});
  }
  std::sort(spans.begin(), spans.end());
  return spans;
}

}  // namespace consilience::extraction
