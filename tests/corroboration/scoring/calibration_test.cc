#include "services/corroboration/scoring/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace consilience::corroboration {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kMap =
    "schema\tconsilience.calibration/1\nversion\tv1\nfitted_on\ttests\n# comment\n"
    "point\t0\t0.1\npoint\t0.5\t0.4\npoint\t1\t0.9\n";

TEST(CalibrationMap, InterpolatesBetweenItsPoints) {
  const auto map = CalibrationMap::Parse(kMap, "map.tsv");
  ASSERT_TRUE(map.ok()) << map.status();
  EXPECT_DOUBLE_EQ(map->Apply(0.0), 0.1);
  EXPECT_DOUBLE_EQ(map->Apply(0.25), 0.25);
  EXPECT_DOUBLE_EQ(map->Apply(0.75), 0.65);
  EXPECT_DOUBLE_EQ(map->Apply(1.0), 0.9);
  EXPECT_EQ(map->version(), "v1");
}

TEST(CalibrationMap, ReadsWhatItWrites) {
  const auto map = CalibrationMap::Parse(kMap, "map.tsv");
  const auto again = CalibrationMap::Parse(map->ToText(), "again.tsv");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(map->points(), again->points());
}

TEST(CalibrationMap, KeepsPointsApartThatAreHardlyTwo) {
  const auto map = CalibrationMap::FromPoints(
      {{0.0, 0.0}, {1e-9, 0.1}, {2e-9, 1.0 / 3.0}, {1.0, 1.0}}, "v", "tests");
  ASSERT_TRUE(map.ok()) << map.status();
  const auto again = CalibrationMap::Parse(map->ToText(), "again.tsv");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(map->points(), again->points());
}

TEST(CalibrationMap, NamesFileLineAndRule) {
  const auto error = [](std::string_view text) {
    return std::string(CalibrationMap::Parse(text, "map.tsv").status().message());
  };
  EXPECT_THAT(error("point\t0\t2\n"), HasSubstr("map.tsv:1: a point is two numbers in [0, 1]"));
  EXPECT_THAT(error("colour\tred\n"), HasSubstr("map.tsv:1: expected schema"));
  EXPECT_THAT(error("schema\tother\n"), HasSubstr("schema is 'other'"));
  EXPECT_THAT(
      error("schema\tconsilience.calibration/1\nversion\tv\npoint\t0\t0.5\npoint\t1\t0.4\n"),
      HasSubstr("falls below"));
}

TEST(FitMonotone, RecoversADistortion) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<Outcome> outcomes;
  for (int i = 0; i < 40000; ++i) {
    const double raw = unit(random);
    outcomes.push_back({raw, unit(random) < raw * raw});
  }
  const auto map = CalibrationMap::FromPoints(FitMonotone(outcomes, 400, 5.0), "v", "synthetic");
  ASSERT_TRUE(map.ok()) << map.status();
  for (const double raw : {0.1, 0.3, 0.5, 0.7, 0.9}) {
    EXPECT_NEAR(map->Apply(raw), raw * raw, 0.04) << raw;
  }
}

TEST(FitMonotone, DoesNotDependOnTheOrderOfOutcomes) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> tenth(0, 10);
  std::vector<Outcome> outcomes;
  for (int i = 0; i < 500; ++i) {
    const int raw = tenth(random);
    outcomes.push_back({raw / 10.0, tenth(random) < raw});
  }
  const auto points = FitMonotone(outcomes, 20, 2.0);
  std::shuffle(outcomes.begin(), outcomes.end(), random);
  EXPECT_EQ(FitMonotone(outcomes, 20, 2.0), points);
}

}  // namespace
}  // namespace consilience::corroboration
