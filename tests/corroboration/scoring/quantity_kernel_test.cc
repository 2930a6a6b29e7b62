#include "services/corroboration/scoring/quantity_kernel.h"

#include <gtest/gtest.h>

#include <cmath>

namespace consilience::corroboration {
namespace {

const KernelOptions kOptions;

QuantityKernel Exactly(double x) { return {{.lower = x, .upper = x}, kOptions}; }
QuantityKernel AtLeast(double x) { return {{.lower = x}, kOptions}; }
QuantityKernel MoreThan(double x) { return {{.lower = x, .lower_open = true}, kOptions}; }
QuantityKernel FewerThan(double x) { return {{.upper = x, .upper_open = true}, kOptions}; }
QuantityKernel About(double x) { return {{.lower = x, .upper = x, .approximate = true}, kOptions}; }
QuantityKernel Dozens() { return {{.lower = 24, .upper = 96, .vague = true}, kOptions}; }

TEST(QuantityKernel, MoreThanAHundredAgreesWith141AndBarelyWith200) {
  const QuantityKernel kernel = MoreThan(100);
  EXPECT_DOUBLE_EQ(kernel.At(100), 0.0);
  EXPECT_DOUBLE_EQ(kernel.At(101), 1.0);
  EXPECT_NEAR(kernel.At(141), std::exp(-40.0 / 25.0), 1e-12);
  EXPECT_LT(kernel.At(200), 0.02);
  EXPECT_FALSE(Compete(kernel, Exactly(141), kOptions));
  EXPECT_TRUE(Compete(kernel, Exactly(200), kOptions));
  EXPECT_TRUE(Compete(kernel, MoreThan(200), kOptions));
  EXPECT_FALSE(Compete(kernel, MoreThan(120), kOptions));
}

TEST(QuantityKernel, OpenBoundsExcludeTheirNumberAndClosedOnesHoldIt) {
  EXPECT_TRUE(Compete(MoreThan(140), Exactly(140), kOptions));
  EXPECT_FALSE(Compete(AtLeast(140), Exactly(140), kOptions));
  EXPECT_FALSE(Compete(MoreThan(140), Exactly(141), kOptions));
  EXPECT_TRUE(Compete(FewerThan(12), Exactly(12), kOptions));
  EXPECT_TRUE(Compete(MoreThan(100), Exactly(72), kOptions));
}

// "Dozens" states no upper end, and yet nobody says it of hundreds.
TEST(QuantityKernel, AMagnitudeReachesToTheNextOne) {
  const QuantityKernel dozens({.lower = 24, .vague = true}, kOptions);
  EXPECT_DOUBLE_EQ(dozens.At(72), 1.0);
  EXPECT_FALSE(Compete(dozens, Exactly(72), kOptions));
  EXPECT_FALSE(Compete(dozens, MoreThan(100), kOptions));
  EXPECT_TRUE(Compete(dozens, MoreThan(200), kOptions));
  EXPECT_TRUE(Compete(dozens, Exactly(5), kOptions));
}

TEST(QuantityKernel, VagueWordsHaveSoftEnds) {
  EXPECT_DOUBLE_EQ(Dozens().At(50), 1.0);
  EXPECT_FALSE(Compete(Dozens(), Exactly(100), kOptions));
  EXPECT_TRUE(Compete(Dozens(), Exactly(1000), kOptions));
  EXPECT_NEAR(About(40).At(44), std::exp(-0.5), 1e-12);
  EXPECT_FALSE(Compete(About(40), Exactly(45), kOptions));
  EXPECT_TRUE(Compete(About(40), Exactly(60), kOptions));
}

TEST(QuantityKernel, TolerancesWidenExactFigures) {
  KernelOptions loose;
  loose.relative = 0.05;
  const QuantityKernel kernel({.lower = 100.0, .upper = 100.0}, loose);
  EXPECT_DOUBLE_EQ(kernel.At(104.9), 1.0);
  EXPECT_DOUBLE_EQ(kernel.At(106.0), 0.0);
}

TEST(QuantityKernel, NothingStatedFitsEverything) {
  const QuantityKernel kernel({}, kOptions);
  EXPECT_DOUBLE_EQ(kernel.At(-1e9), 1.0);
  EXPECT_DOUBLE_EQ(Consistency(kernel, Exactly(3)), 1.0);
}

TEST(Consistency, IsSymmetricAndOneWithItself) {
  const QuantityKernel kernels[] = {Exactly(141), AtLeast(12),  MoreThan(100), FewerThan(150),
                                    About(40),    Dozens(),     Exactly(0),    MoreThan(0),
                                    AtLeast(140), About(138.5), FewerThan(30)};
  for (const QuantityKernel& a : kernels) {
    EXPECT_DOUBLE_EQ(Consistency(a, a), 1.0);
    for (const QuantityKernel& b : kernels) {
      EXPECT_NEAR(Consistency(a, b), Consistency(b, a), 1e-12);
      double seen = 0.0;
      for (double x = -10; x <= 400; x += 0.25) seen = std::max(seen, std::min(a.At(x), b.At(x)));
      EXPECT_GE(Consistency(a, b), seen - 1e-9);
      EXPECT_LE(Consistency(a, b), seen + 0.05);
    }
  }
}

}  // namespace
}  // namespace consilience::corroboration
