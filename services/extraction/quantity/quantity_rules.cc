#include "services/extraction/quantity/quantity_rules.h"

#include <fmt/format.h>

#include <map>

#include "services/extraction/quantity/number_words.h"

namespace consilience::extraction {
namespace {

absl::Status AddPhrase(const Table& table, const Table::Row& row, Vocabulary& vocabulary,
                       Lexicon& lexicon, size_t payload) {
  const absl::Status added = lexicon.Add(vocabulary, row[0], static_cast<int32_t>(payload));
  return added.ok() ? added : table.Error(row, std::string(added.message()));
}

// `before` or `after` by the row's side.
absl::StatusOr<Lexicon*> SideOf(const Table& table, const Table::Row& row, const std::string& side,
                                Lexicon& before, Lexicon& after) {
  if (side == "before") return &before;
  if (side == "after") return &after;
  return table.Error(row, fmt::format("unknown side \"{}\"; before or after", side));
}

template <typename Load>
absl::Status WithTable(const std::filesystem::path& file, const Table::Schema& schema,
                       const Load& load) {
  const absl::StatusOr<Table> table = Table::Load(file, schema);
  return table.ok() ? load(*table) : table.status();
}

}  // namespace

absl::StatusOr<QuantityRules> QuantityRules::Load(const std::filesystem::path& rules,
                                                  Vocabulary& vocabulary) {
  QuantityRules loaded;
  const std::filesystem::path folder = rules / "quantity";
  absl::Status status =
      WithTable(folder / "bounds.tsv", {"number-bounds", 1, {"phrase", "side", "effect"}},
                [&](const Table& table) { return loaded.LoadBounds(table, vocabulary); });
  status.Update(WithTable(folder / "vague.tsv",
                          {"vague-numbers", 2, {"phrase", "lower", "upper", "kind"}},
                          [&](const Table& table) { return loaded.LoadVague(table, vocabulary); }));
  status.Update(WithTable(folder / "units.tsv", {"units", 1, {"phrase", "role", "side", "unit"}},
                          [&](const Table& table) { return loaded.LoadUnits(table, vocabulary); }));
  const auto list = [&](const char* file, std::string_view schema, Lexicon& lexicon) {
    return WithTable(folder / file, {schema, 1, {"phrase"}}, [&](const Table& table) {
      for (const Table::Row& row : table.rows()) {
        absl::Status added = AddPhrase(table, row, vocabulary, lexicon, 0);
        if (!added.ok()) return added;
      }
      return absl::OkStatus();
    });
  };
  status.Update(list("designations.tsv", "designations", loaded.designations));
  status.Update(list("steps.tsv", "number-steps", loaded.steps));
  if (!status.ok()) return status;
  return loaded;
}

absl::Status QuantityRules::LoadBounds(const Table& table, Vocabulary& vocabulary) {
  static const std::map<std::string_view, BoundEffect> kEffects = {
      {"at_least", BoundEffect::kAtLeast}, {"more_than", BoundEffect::kMoreThan},
      {"at_most", BoundEffect::kAtMost},   {"less_than", BoundEffect::kLessThan},
      {"about", BoundEffect::kAbout},      {"another", BoundEffect::kAnother},
      {"exact", BoundEffect::kExact},      {"none", BoundEffect::kNone}};
  for (const Table::Row& row : table.rows()) {
    const auto effect = kEffects.find(row[2]);
    if (effect == kEffects.end()) {
      return table.Error(row, fmt::format("unknown effect \"{}\"", row[2]));
    }
    const auto lexicon = SideOf(table, row, row[1], bounds_before, bounds_after);
    if (!lexicon.ok()) return lexicon.status();
    absl::Status added =
        AddPhrase(table, row, vocabulary, **lexicon, static_cast<size_t>(effect->second));
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status QuantityRules::LoadVague(const Table& table, Vocabulary& vocabulary) {
  for (const Table::Row& row : table.rows()) {
    const absl::StatusOr<double> lower = NumberCell(table, row, 1);
    if (!lower.ok()) return lower.status();
    VagueCount count{*lower, std::nullopt, row[3] == "share"};
    if (!row[3].empty() && !count.share) {
      return table.Error(row, fmt::format("kind \"{}\" is not share", row[3]));
    }
    if (!row[2].empty()) {
      const absl::StatusOr<double> upper = NumberCell(table, row, 2);
      if (!upper.ok()) return upper.status();
      if (*upper < *lower) return table.Error(row, "the upper bound is below the lower one");
      count.upper = *upper;
    }
    absl::Status added = AddPhrase(table, row, vocabulary, vague, vague_counts.size());
    if (!added.ok()) return added;
    vague_counts.push_back(count);
  }
  return absl::OkStatus();
}

absl::Status QuantityRules::LoadUnits(const Table& table, Vocabulary& vocabulary) {
  static const std::map<std::string_view, NumberRole> kRoles = {{"percent", NumberRole::kPercent},
                                                                {"money", NumberRole::kMoney},
                                                                {"measure", NumberRole::kMeasure}};
  for (const Table::Row& row : table.rows()) {
    const auto role = kRoles.find(row[1]);
    if (role == kRoles.end()) {
      return table.Error(row,
                         fmt::format("unknown role \"{}\"; percent, money or measure", row[1]));
    }
    const auto lexicon = SideOf(table, row, row[2], units_before, units_after);
    if (!lexicon.ok()) return lexicon.status();
    absl::Status added = AddPhrase(table, row, vocabulary, **lexicon, units.size());
    if (!added.ok()) return added;
    units.push_back({role->second, row[3]});
  }
  return absl::OkStatus();
}

}  // namespace consilience::extraction
