#include "services/corroboration/scoring/independence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "services/corroboration/scoring/scales.h"

namespace consilience::corroboration {
namespace {

TEST(IndependenceFactors, CertainCopiesAddNothingHoweverMany) {
  for (const std::size_t copies : {1u, 5u, 50u}) {
    const std::vector<double> factors =
        IndependenceFactors(copies + 1, 1.0, [](std::size_t, std::size_t) { return 1.0; });
    EXPECT_DOUBLE_EQ(std::accumulate(factors.begin(), factors.end(), 0.0), 1.0);
  }
}

TEST(IndependenceFactors, MultipliesOverEarlierOriginsOnly) {
  const auto dependent = [](std::size_t i, std::size_t j) { return i == 2 && j == 0 ? 0.5 : 0.25; };
  const std::vector<double> factors = IndependenceFactors(3, 0.8, dependent);
  EXPECT_DOUBLE_EQ(factors[0], 1.0);
  EXPECT_DOUBLE_EQ(factors[1], 0.8);
  EXPECT_DOUBLE_EQ(factors[2], 0.6 * std::pow(0.8, 0.8));
}

TEST(IndependenceFactors, FiftyCopiesTakeNoMoreFromAStrangerThanOne) {
  // The last origin may depend a little on the copied one.
  const auto stranger = [](std::size_t copies) {
    const auto dependent = [copies](std::size_t i, std::size_t) { return i == copies ? 0.1 : 1.0; };
    return IndependenceFactors(copies + 1, 1.0, dependent).back();
  };
  EXPECT_DOUBLE_EQ(stranger(1), 0.9);
  EXPECT_DOUBLE_EQ(stranger(50), 0.9);
}

TEST(RelayFactor, ThreeOriginsThroughOneOutletAreTwoPointNineteen) {
  const RelayModel model;
  EXPECT_NEAR(RelayFactor(1, model) + RelayFactor(2, model) + RelayFactor(3, model), 2.19, 1e-12);
}

TEST(Scales, ConfirmedNeedsASecondOrigin) {
  EXPECT_EQ(AdmiraltyCredibility(0.95, 2.0, true), 1);
  EXPECT_EQ(AdmiraltyCredibility(0.95, 1.0, true), 2);
  EXPECT_EQ(AdmiraltyCredibility(0.5, 3.0, true), 3);
  EXPECT_EQ(AdmiraltyCredibility(0.2, 3.0, true), 4);
  EXPECT_EQ(AdmiraltyCredibility(0.1, 3.0, true), 5);
  EXPECT_EQ(AdmiraltyCredibility(0.1, 0.0, false), 6);
  EXPECT_EQ(StixConfidence(0.876), 88);
}

}  // namespace
}  // namespace consilience::corroboration
