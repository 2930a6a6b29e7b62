// Numbers of human targets in terrorism reports (MUC-3/4), document level.
//
// Gold: the numbers n ≥ 2 in HUM TGT: NUMBER and HUM TGT: TOTAL NUMBER of all templates of a
// relevant document, as a set. Answer: the set of stated numbers n ≥ 2 of people killed, injured,
// abducted or missing who are not all combatants: the task counts attacks on people, not the losses
// of armed sides. Arrests are no attacks. Vague numbers ("dozens") are left out on both sides.
#include "services/extraction/evaluate/muc.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <set>

#include "services/extraction/evaluate/counts.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {
namespace {

// "~60 / ~100: "PEASANTS"" → 60, 100.
void AddNumbers(const std::string& value, std::set<int64_t>& numbers) {
  const std::string head = value.substr(0, value.find(':'));
  for (size_t i = 0; i < head.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(head[i])) == 0) continue;
    size_t used = 0;
    const int64_t number = std::stol(head.substr(i, 9), &used);
    if (number >= 2) numbers.insert(number);
    i += used;
  }
}

std::set<int64_t> GoldNumbers(const nlohmann::json& gold) {
  std::set<int64_t> numbers;
  for (const nlohmann::json& entry : gold.at("templates")) {
    for (const char* slot : {"HUM TGT: NUMBER", "HUM TGT: TOTAL NUMBER"}) {
      if (!entry.contains(slot)) continue;
      for (const nlohmann::json& value : entry.at(slot)) {
        AddNumbers(value.get<std::string>(), numbers);
      }
    }
  }
  return numbers;
}

bool OnlyCombatants(const Population& population) {
  return !population.groups.empty() &&
         std::all_of(population.groups.begin(), population.groups.end(),
                     [](PopulationGroup group) { return group == PopulationGroup::kCombatant; });
}

std::set<int64_t> FoundNumbers(const Analysis& analysis) {
  std::set<int64_t> numbers;
  for (const PeopleCount& count :
       CasualtyCounts(analysis, {"KILLED", "INJURED", "ABDUCTED", "MISSING", "RESCUED"})) {
    const auto value = count.quantity->lower ? count.quantity->lower : count.quantity->upper;
    if (count.quantity->vague || !value || *value < 2 || OnlyCombatants(*count.population)) {
      continue;
    }
    numbers.insert(static_cast<int64_t>(*value));
  }
  return numbers;
}

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const auto lines = ReadJsonLines(options.gold);
  if (!lines.ok()) return lines.status();
  const auto extractor = Extractor::Load(options.rules);
  if (!extractor.ok()) return extractor.status();
  Report report;
  report.columns = kScoreColumns;
  Score score;
  for (const nlohmann::json& line : *lines) {
    if (!line.at("gold").at("relevant").get<bool>()) continue;
    const std::string text = TextOf(line, "text");
    const std::set<int64_t> gold = GoldNumbers(line.at("gold"));
    const std::set<int64_t> found =
        FoundNumbers(extractor->Extract({text, TextOf(line, "date"), ""}));
    score.wanted += gold.size();
    score.found += found.size();
    for (const int64_t number : found) score.right += gold.count(number);
    if (!options.errors) continue;
    for (const int64_t number : gold) {
      if (found.count(number) == 0) {
        report.errors.push_back(TextOf(line, "id") + " missed " + std::to_string(number));
      }
    }
    for (const int64_t number : found) {
      if (gold.count(number) == 0) {
        report.errors.push_back(TextOf(line, "id") + " false " + std::to_string(number));
      }
    }
  }
  report.rows.push_back(ScoreRow("human targets", score));
  return report;
}

}  // namespace

Measure MucMeasure() {
  return {"muc", "Numbers of human targets in terrorism reports (MUC-3/4)", Run};
}

}  // namespace consilience::extraction
