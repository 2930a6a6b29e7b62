#include "services/extraction/pack/pack_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "services/extraction/lexicon/table.h"
#include "services/extraction/pack/rule_pack.h"

namespace consilience::extraction {
namespace {

void Try(const Extractor& extractor, Trial& trial) {
  const Analysis analysis = extractor.Extract({trial.sentence, std::string(kTrialDay), ""});
  std::set<std::string> found;
  for (const Assertion& assertion : analysis.assertions) found.insert(assertion.rule);
  const bool any = trial.rule.ends_with('/');
  const bool spoke = std::any_of(found.begin(), found.end(), [&](const std::string& rule) {
    return any ? rule.starts_with(trial.rule) : rule == trial.rule;
  });
  trial.passed = spoke != trial.silent;
  trial.found.assign(found.begin(), found.end());
}

// One trial for each rule of the pack; several measures of one row are one rule.
absl::StatusOr<std::vector<Trial>> OwnExamples(const Extractor& extractor,
                                               const std::string& prefix) {
  std::vector<Trial> trials;
  for (const Rule& rule : extractor.packs().rules()) {
    if (!rule.id.starts_with(prefix)) continue;
    if (!trials.empty() && trials.back().origin == rule.origin) continue;
    if (rule.example.empty()) {
      return absl::InvalidArgumentError(
          fmt::format("{}: rule \"{}\": a sentence that it matches is needed as its example",
                      rule.origin, rule.id.substr(prefix.size())));
    }
    Trial trial;
    trial.rule = rule.id;
    trial.origin = rule.origin;
    trial.sentence = rule.example;
    trials.push_back(std::move(trial));
  }
  return trials;
}

absl::Status AddRows(const Table& table, const std::string& file, const std::string& prefix,
                     std::vector<Trial>& trials) {
  std::set<std::string> known;
  for (const Trial& trial : trials) known.insert(trial.rule);
  for (const Table::Row& row : table.rows()) {
    Trial trial;
    trial.silent = row[0].starts_with('!');
    const std::string name = row[0].substr(trial.silent ? 1 : 0);
    trial.rule = prefix + name;
    if (!name.empty() && !known.contains(trial.rule)) {
      return table.Error(row, fmt::format("the pack has no rule \"{}\"", name));
    }
    if (row[1].empty()) return table.Error(row, "a sentence is needed");
    trial.origin = fmt::format("{}:{}", file, row.line);
    trial.sentence = row[1];
    trials.push_back(std::move(trial));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Trial>> TryExamples(const Extractor& extractor,
                                               const std::filesystem::path& folder) {
  const std::string prefix = PackName(folder) + "/";
  absl::StatusOr<std::vector<Trial>> trials = OwnExamples(extractor, prefix);
  if (!trials.ok()) return trials;
  const std::filesystem::path file = folder / "examples.tsv";
  if (std::filesystem::exists(file)) {
    const auto table = Table::Load(file, {"examples", 1, {"rule", "sentence"}});
    if (!table.ok()) return table.status();
    const absl::Status added = AddRows(*table, file.string(), prefix, *trials);
    if (!added.ok()) return added;
  }
  for (Trial& trial : *trials) Try(extractor, trial);
  return trials;
}

}  // namespace consilience::extraction
