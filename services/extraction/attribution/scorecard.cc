#include "services/extraction/attribution/scorecard.h"

#include <array>
#include <cstdlib>
#include <optional>

#include "fmt/format.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(FactKind::kCount)> kNames = {
    "bias",          "lemma",   "lemma-content",   "lemma-next",    "lemma-form",
    "lemma-subject", "content", "sense",           "sense-content", "form",
    "form-content",  "subject", "subject-content", "place",         "next",
    "sense-subject",
};

std::optional<FactKind> KindFromName(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<FactKind>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view FactKindName(FactKind kind) { return kNames[static_cast<size_t>(kind)]; }

absl::StatusOr<Scorecard> Scorecard::Load(const std::filesystem::path& file,
                                          Vocabulary& vocabulary) {
  const absl::StatusOr<Table> table = Table::Load(
      file, {.name = "attribution.cue_weights", .columns = {"fact", "word", "value", "weight"}});
  if (!table.ok()) return table.status();
  Scorecard card;
  for (const Table::Row& row : table->rows()) {
    const std::optional<FactKind> kind = KindFromName(row[0]);
    if (!kind.has_value()) {
      return table->Error(row, fmt::format("fact \"{}\" is not known", row[0]));
    }
    char* end = nullptr;
    const double weight = std::strtod(row[3].c_str(), &end);
    if (row[3].empty() || *end != '\0') {
      return table->Error(row, fmt::format("weight \"{}\" is not a number", row[3]));
    }
    uint32_t value = 0;
    if (*kind == FactKind::kLemmaNext) {
      value = vocabulary.Intern(row[2]);
    } else {
      value = static_cast<uint32_t>(std::strtoul(row[2].c_str(), &end, 10));
      if (*end != '\0') {
        return table->Error(row, fmt::format("value \"{}\" is not a whole number", row[2]));
      }
    }
    const WordId word = row[1].empty() ? kNoWord : vocabulary.Intern(row[1]);
    const CueFact fact{*kind, word, value};
    if (!card.weights_.emplace(fact.key(), static_cast<float>(weight)).second) {
      return table->Error(row, "the fact has a weight already");
    }
    if (word == kNoWord && value < kDense) {
      card.dense_[static_cast<size_t>(*kind) * kDense + value] = static_cast<float>(weight);
    }
  }
  return card;
}

double Scorecard::Score(std::span<const CueFact> facts) const {
  double score = 0.0;
  for (const CueFact& fact : facts) score += static_cast<double>(WeightOf(fact));
  return score;
}

}  // namespace consilience::extraction
