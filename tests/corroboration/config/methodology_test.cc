// The methodology page tells the configuration that is in force.
#include "services/corroboration/config/methodology.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/corroboration/config/files.h"

namespace consilience::corroboration {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Source> SomeSources() {
  Source monitor;
  monitor.display_name = "Observers <& Sons>";
  monitor.kind = SourceKind::kMonitor;
  monitor.party = "a|b";
  return {monitor};
}

std::vector<MethodologySection> Page(const Configuration& config) {
  return Methodology(config, SomeSources(), CalibrationMap());
}

TEST(Methodology, TellsOfSourcesEvaluationRulesParametersCalibrationAndLimits) {
  std::vector<std::string> titles;
  for (const MethodologySection& section : Page(DefaultConfiguration())) {
    titles.push_back(section.title);
    for (const auto& row : section.table.rows) EXPECT_EQ(row.size(), section.table.heads.size());
  }
  EXPECT_THAT(titles,
              ElementsAre("What a score is", "Sources", "How a report is evaluated",
                          "Corroboration rules", "Parameters", "Calibration", "Known limits"));
}

TEST(Methodology, FollowsTheConfiguration) {
  Configuration config = DefaultConfiguration();
  const std::string before = MethodologyMarkdown(Page(config));
  EXPECT_THAT(before, HasSubstr(config.version));
  EXPECT_THAT(before, HasSubstr(config.digest));
  EXPECT_THAT(before, HasSubstr("a score of 0.80 or more"));
  config.corroborated_above = 0.93;
  config.families.front().false_values = 77;
  config.interest_enabled = false;
  const std::string after = MethodologyMarkdown(Page(config));
  EXPECT_THAT(after, HasSubstr("a score of 0.93 or more"));
  EXPECT_THAT(after, HasSubstr("| 77 |"));
  EXPECT_THAT(after, HasSubstr("plays no part"));
}

TEST(Methodology, TellsOfTheShippedCalibrationAndItsDigest) {
  const auto shipped = ReadCalibration("");
  ASSERT_TRUE(shipped.ok()) << shipped.status();
  const std::string page =
      MethodologyMarkdown(Methodology(DefaultConfiguration(), SomeSources(), *shipped));
  EXPECT_THAT(page, HasSubstr(shipped->version()));
  EXPECT_THAT(page, HasSubstr("fitted on " + shipped->fitted_on()));
  EXPECT_THAT(page, HasSubstr("The map is the identity"));
  EXPECT_THAT(page, Not(HasSubstr("digest 0000000000000000")));
}

TEST(Methodology, SaysWhatTheCalibrationWasFittedOn) {
  const auto map = CalibrationMap::FromPoints({{0.0, 0.1}, {1.0, 0.9}}, "2026-11", "flights");
  ASSERT_TRUE(map.ok()) << map.status();
  const std::string page =
      MethodologyMarkdown(Methodology(DefaultConfiguration(), SomeSources(), *map));
  EXPECT_THAT(page, HasSubstr("2026-11"));
  EXPECT_THAT(page, HasSubstr("fitted on flights"));
  EXPECT_THAT(page, HasSubstr("| 1.000 | 0.900 |"));
}

TEST(Methodology, NamesCannotBreakThePage) {
  EXPECT_THAT(MethodologyHtml(Page(DefaultConfiguration())),
              HasSubstr("Observers &lt;&amp; Sons&gt;"));
  EXPECT_THAT(MethodologyHtml(Page(DefaultConfiguration())), Not(HasSubstr("<& Sons>")));
  EXPECT_THAT(MethodologyMarkdown(Page(DefaultConfiguration())), HasSubstr("a\\|b"));
}

}  // namespace
}  // namespace consilience::corroboration
