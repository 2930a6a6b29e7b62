// Reads the words that places are found by.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "services/extraction/lexicon/table.h"
#include "services/extraction/place/place_cues.h"
#include "services/extraction/place/place_finder.h"

namespace consilience::extraction {

absl::StatusOr<PlaceFinder> PlaceFinder::Load(const std::filesystem::path& rules,
                                              const Gazetteer& gazetteer, Vocabulary& vocabulary) {
  PlaceFinder finder(gazetteer);
  auto table = Table::Load(rules / "places" / "cues.tsv", {"place-cues", 1, {"cue", "phrase"}});
  if (!table.ok()) return table.status();
  auto unlisted = UnlistedPlaces::Load(rules, vocabulary);
  if (!unlisted.ok()) return unlisted.status();
  finder.unlisted_ = *std::move(unlisted);
  for (const Table::Row& row : table->rows()) {
    const auto* const name = std::find(std::begin(kCueNames), std::end(kCueNames), row[0]);
    if (name == std::end(kCueNames)) {
      return table->Error(row, fmt::format("no place cue \"{}\"", row[0]));
    }
    const auto payload = static_cast<int32_t>(name - std::begin(kCueNames));
    if (absl::Status s = finder.cues_.Add(vocabulary, row[1], payload); !s.ok()) {
      return table->Error(row, std::string(s.message()));
    }
  }
  return finder;
}

Cue PlaceFinder::CueAt(const Text& text, size_t token, size_t limit) const {
  const auto match = cues_.Longest(text.tokens(), token, limit);
  return match ? static_cast<Cue>(match->payload) : Cue::kNone;
}

Cue PlaceFinder::KindAt(const Text& text, size_t token, size_t limit) const {
  const Cue cue = CueAt(text, token, limit);
  return IsKind(cue) ? cue : Cue::kNone;
}

}  // namespace consilience::extraction
