// The words around numbers: bounds, vague counts, units and designations, from
// rules/quantity/*.tsv.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_RULES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_RULES_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/table.h"
#include "services/extraction/model/mention.h"

namespace consilience::extraction {

enum class BoundEffect { kAtLeast, kMoreThan, kAtMost, kLessThan, kAbout, kAnother, kExact, kNone };

struct VagueCount {
  double lower = 0;
  std::optional<double> upper;
  bool share = false;  // of something, in (0, 1]: "some or all"
};

struct CountUnit {
  NumberRole role = NumberRole::kMeasure;  // kPercent, kMoney or kMeasure
  std::string name;
};

struct QuantityRules {
  static absl::StatusOr<QuantityRules> Load(const std::filesystem::path& rules,
                                            Vocabulary& vocabulary);

  Lexicon bounds_before;  // payload: BoundEffect
  Lexicon bounds_after;
  Lexicon vague;  // payload: index into vague_counts
  std::vector<VagueCount> vague_counts;
  Lexicon units_before;  // payload: index into units
  Lexicon units_after;
  std::vector<CountUnit> units;
  Lexicon designations;  // payload: 0
  Lexicon steps;         // payload: 0; words before the first number of a step from one to another

 private:
  absl::Status LoadBounds(const Table& table, Vocabulary& vocabulary);
  absl::Status LoadVague(const Table& table, Vocabulary& vocabulary);
  absl::Status LoadUnits(const Table& table, Vocabulary& vocabulary);
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_QUANTITY_QUANTITY_RULES_H_
