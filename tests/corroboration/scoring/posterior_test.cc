#include "services/corroboration/scoring/posterior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "services/corroboration/scoring/log_math.h"

namespace consilience::corroboration {
namespace {

TEST(OriginWeight, IsClampedAtBothEnds) {
  EXPECT_DOUBLE_EQ(OriginWeight(0.8, 10.0, 6.0), std::log(40.0));
  EXPECT_DOUBLE_EQ(OriginWeight(0.01, 2.0, 6.0), 0.0);
  EXPECT_DOUBLE_EQ(OriginWeight(1.0, 100.0, 6.0), 6.0);
}

TEST(SmoothOriginWeight, FollowsTheClampAndNeverReachesZero) {
  for (const double accuracy : {0.01, 0.3, 0.5, 0.7, 0.9, 0.999}) {
    const double smooth = SmoothOriginWeight(accuracy, 2.0, 6.0);
    EXPECT_GT(smooth, 0.0);
    EXPECT_NEAR(smooth, OriginWeight(accuracy, 2.0, 6.0), std::log(2.0) / 3.0 + 1e-12);
  }
  EXPECT_LT(SmoothOriginWeight(0.3, 2.0, 6.0), SmoothOriginWeight(0.4, 2.0, 6.0));
}

TEST(PosteriorOver, OneOriginWithNFalseValuesIsRightAsOftenAsItIsAccurate) {
  // n·A/(1−A) against n unstated answers of weight one: P = A.
  const double n = 10.0;
  const std::vector<double> scores = {OriginWeight(0.8, n, 20.0)};
  const double none = NoneOfTheseLogMass(n, 1.0, 1.0);
  EXPECT_NEAR(PosteriorOver(scores, none)[0], 0.8, 1e-12);
}

TEST(PosteriorOver, LeavesTheMassOfNoneOfThese) {
  const std::vector<double> p = PosteriorOver(std::vector<double>{0.0, 0.0}, std::log(2.0));
  EXPECT_DOUBLE_EQ(p[0], 0.25);
  EXPECT_DOUBLE_EQ(p[1], 0.25);
  const std::vector<double> sure = PosteriorOver(std::vector<double>{900.0, 0.0}, kLogZero);
  EXPECT_DOUBLE_EQ(sure[0], 1.0);
}

TEST(PosteriorOver, AnAddedOriginNeverLowersItsValueNorRaisesAnother) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> unit(0.01, 0.99);
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<double> scores = {6 * unit(random), 6 * unit(random), 6 * unit(random)};
    const std::vector<double> before = PosteriorOver(scores, std::log(3.0));
    scores[0] += unit(random) * OriginWeight(unit(random), 20.0, 6.0);
    const std::vector<double> after = PosteriorOver(scores, std::log(3.0));
    EXPECT_GE(after[0], before[0]);
    EXPECT_LE(after[1], before[1]);
  }
}

TEST(LogMath, HoldsAtTheEnds) {
  EXPECT_DOUBLE_EQ(LogSumExp(std::vector<double>{}), kLogZero);
  EXPECT_NEAR(LogSumExp(std::vector<double>{-5000.0, -5000.0}), -5000.0 + std::log(2.0), 1e-9);
  EXPECT_DOUBLE_EQ(Logistic(-2000.0), 0.0);
  EXPECT_DOUBLE_EQ(Logistic(2000.0), 1.0);
  EXPECT_NEAR(Logistic(Logit(0.3)), 0.3, 1e-15);
}

}  // namespace
}  // namespace consilience::corroboration
