// Casualties in war news: of each gold number of civilians, fighters, children and women killed,
// whether the document's kill counts of that group have it as a bound, their parts included; and
// how many kill counts a document is given, without and with the parts.
//
// The gold (FA-KES) counts "people" as civilians, so a count of people without a group is taken for
// either side.
#include "services/extraction/evaluate/casualties.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "services/extraction/evaluate/counts.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {
namespace {

struct GoldGroup {
  const char* field;
  PopulationGroups groups;  // that a count of this group may have
};

const std::array<GoldGroup, 4>& GoldGroups() {
  using enum PopulationGroup;
  static const std::array<GoldGroup, 4> groups = {
      {{"civilians", {kCivilian, kPerson, kChild, kWoman}},
       {"noncivilians", {kCombatant, kPerson}},
       {"children", {kChild}},
       {"women", {kWoman}}}};
  return groups;
}

bool IsBound(const Quantity& quantity, double value) {
  return quantity.lower == value || quantity.upper == value;
}

bool Has(const std::vector<PeopleCount>& counts, const GoldGroup& group, double value) {
  return std::any_of(counts.begin(), counts.end(), [&](const PeopleCount& count) {
    const auto& groups = count.population->groups;
    return IsBound(*count.quantity, value) &&
           std::any_of(groups.begin(), groups.end(), [&](PopulationGroup one) {
             return std::find(group.groups.begin(), group.groups.end(), one) != group.groups.end();
           });
  });
}

absl::StatusOr<Report> Run(const MeasureOptions& options) {
  const auto lines = ReadJsonLines(options.gold);
  if (!lines.ok()) return lines.status();
  const auto extractor = Extractor::Load(options.rules);
  if (!extractor.ok()) return extractor.status();
  Report report;
  report.columns = {"group", "recall", "right", "wanted"};
  std::array<Score, 4> scores;
  size_t counted = 0;
  size_t with_parts = 0;
  for (const nlohmann::json& line : *lines) {
    const std::string text = TextOf(line, "text");
    const Analysis analysis =
        extractor->Extract({text, TextOf(line, "date"), TextOf(line, "source")});
    const std::vector<PeopleCount> counts = CasualtyCounts(analysis, {"KILLED"});
    with_parts += counts.size();
    counted += static_cast<size_t>(std::count_if(
        analysis.assertions.begin(), analysis.assertions.end(), [](const Assertion& assertion) {
          return assertion.kind == Kind::kCasualty && assertion.measure == "KILLED" &&
                 assertion.quantity.has_value();
        }));
    for (size_t i = 0; i < GoldGroups().size(); ++i) {
      const GoldGroup& group = GoldGroups()[i];
      const double value = line.at("gold").at(group.field).get<double>();
      if (value == 0) continue;
      ++scores[i].wanted;
      if (Has(counts, group, value)) {
        ++scores[i].right;
      } else if (options.errors) {
        report.errors.push_back(TextOf(line, "id") + " missed " + group.field + " " +
                                std::to_string(static_cast<int64_t>(value)));
      }
    }
  }
  for (size_t i = 0; i < scores.size(); ++i) {
    report.rows.push_back(
        {GoldGroups()[i].field, ScoreRow("", scores[i])[2], scores[i].right, scores[i].wanted});
  }
  const auto a_document = [&](const char* what, size_t count) {
    report.rows.push_back({what, static_cast<double>(count) / static_cast<double>(lines->size()),
                           count, lines->size()});
  };
  a_document("kill counts a document", counted);
  a_document("and their parts", with_parts);
  return report;
}

}  // namespace

Measure CasualtiesMeasure() {
  return {"casualties", "Numbers of people killed in war news (FA-KES)", Run};
}

}  // namespace consilience::extraction
