#include "services/corroboration/evaluate/truth_measures.h"

#include <gtest/gtest.h>

namespace consilience::corroboration {
namespace {

const std::vector<Judged> kJudged = {
    {0.95, true}, {0.95, false}, {0.72, true}, {0.31, false}, {0.35, true}};

TEST(MeasureTruth, MatchesHandWork) {
  const TruthMeasures m = MeasureTruth(kJudged, false, 0, 1);
  EXPECT_DOUBLE_EQ(m.precision.value, 0.6);
  EXPECT_NEAR(m.brier.value,
              (0.05 * 0.05 + 0.95 * 0.95 + 0.28 * 0.28 + 0.31 * 0.31 + 0.65 * 0.65) / 5, 1e-12);
  // Bins .9: |1.9 − 1|, .7: |.72 − 1|, .3: |.66 − 1|.
  EXPECT_NEAR(m.ece.value, (0.9 + 0.28 + 0.34) / 5, 1e-12);
  EXPECT_DOUBLE_EQ(m.confident_wrong.value, 0.5);
}

TEST(MeasureTruth, StancesHaveAnAccuracyAndAnAuc) {
  const TruthMeasures m = MeasureTruth(kJudged, true, 0, 1);
  EXPECT_DOUBLE_EQ(m.precision.value, 0.6);  // .95 true, .72 true and .31 false are right
  // Right against wrong: .95 ties .95 and beats .31; .72 beats .31; .35 beats .31.
  EXPECT_NEAR(m.auc.value, (0.5 + 1 + 0 + 1 + 0 + 1) / 6, 1e-12);
}

TEST(MeasureTruth, IntervalsHoldTheValueAndRepeat) {
  const TruthMeasures m = MeasureTruth(kJudged, false, 500, 9);
  EXPECT_LE(m.precision.low, m.precision.value);
  EXPECT_GE(m.precision.high, m.precision.value);
  EXPECT_LT(m.precision.low, m.precision.high);
  const TruthMeasures again = MeasureTruth(kJudged, false, 500, 9);
  EXPECT_EQ(m.brier.low, again.brier.low);
  EXPECT_EQ(m.ece.high, again.ece.high);
}

TEST(MeasureTruth, NothingIsNothing) {
  EXPECT_EQ(MeasureTruth({}, false, 10, 1).precision.value, 0.0);
}

}  // namespace
}  // namespace consilience::corroboration
