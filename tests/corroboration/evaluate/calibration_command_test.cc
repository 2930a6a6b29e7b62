#include "services/corroboration/evaluate/calibration_command.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/corroboration/evaluate/engine_table.h"

namespace consilience::corroboration {
namespace {

using ::testing::HasSubstr;

// A set of ten things: three sources say what each is and how many there are; one of them is wrong
// about either every other time.
std::string WriteSet(const std::string& name) {
  const std::string set = (std::filesystem::path(::testing::TempDir()) / name).string();
  std::ofstream claims(set + ".claims.tsv");
  std::ofstream gold(set + ".gold.tsv");
  for (int i = 0; i < 10; ++i) {
    for (const char* source : {"s1", "s2", "s3"}) {
      const bool wrong = source[1] == '3' && i % 2 == 0;
      claims << fmt::format("o{}\tcolour\t{}\t{}\n", i, source, wrong ? "RED" : "BLUE");
      claims << fmt::format("o{}\tcount\t{}\t{}\n", i, source, wrong ? 900 + i : 100 + i);
    }
    gold << fmt::format("o{}\tcolour\tBLUE\no{}\tcount\t{}\n", i, i, 100 + i);
  }
  std::ofstream(set + ".kind.tsv") << "colour\tcat\ncount\tnum:1:0\n";
  return set;
}

TEST(JudgeSet, ScoresEveryStatedAnswerOfAGoldItem) {
  const auto judged = JudgeSet(WriteSet("judged"));
  ASSERT_TRUE(judged.ok()) << judged.status();
  int right = 0;
  for (const JudgedClaim& claim : *judged) {
    right += claim.outcome.right ? 1 : 0;
    if (claim.outcome.right) {
      EXPECT_GT(claim.outcome.raw, 0.5);
    } else {
      EXPECT_LT(claim.outcome.raw, 0.5);
    }
  }
  EXPECT_EQ(right, 20);
  EXPECT_EQ(judged->size(), 30U);
}

TEST(JudgeSet, RefusesStances) {
  const std::string set = WriteSet("stances");
  std::ofstream(set + ".kind.tsv") << "colour\tstance\n";
  EXPECT_THAT(std::string(JudgeSet(set).status().message()), HasSubstr("'colour' is a stance"));
}

std::vector<JudgedClaim> Overconfident() {
  std::vector<JudgedClaim> claims;
  for (std::size_t item = 0; item < 200; ++item) {
    claims.push_back({{0.95, item / 5 % 10 < 7}, item});
    claims.push_back({{0.2, item / 5 % 10 == 0}, item});
  }
  return claims;
}

TEST(MeasureCalibration, IsBrierScoreAndCalibrationError) {
  const CalibrationFit fit = MeasureCalibration(Overconfident(), CalibrationMap());
  EXPECT_NEAR(fit.ece, (0.25 + 0.10) / 2.0, 1e-9);
  EXPECT_NEAR(fit.brier, (0.7 * 0.0025 + 0.3 * 0.9025 + 0.1 * 0.64 + 0.9 * 0.04) / 2.0, 1e-9);
}

TEST(CrossValidate, AMapFittedOnOtherItemsMendsOverconfidence) {
  const CalibrationFit identity = MeasureCalibration(Overconfident(), CalibrationMap());
  const CalibrationFit fitted = CrossValidate(Overconfident(), {});
  EXPECT_LT(fitted.ece, identity.ece / 2.0);
  EXPECT_LT(fitted.brier, identity.brier);
}

}  // namespace
}  // namespace consilience::corroboration
