#include "services/corroboration/scoring/dependence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "services/corroboration/scoring/accuracy.h"

namespace consilience::corroboration {
namespace {

constexpr CopyModel kModel;

double Total(const CopyPosterior& p) {
  return p.independent + p.first_copies_second + p.second_copies_first;
}

TEST(DetectCopying, MatchesThePlainDomainOnSmallCounts) {
  // kt = 2, kf = 1, kd = 1, worked out without logarithms.
  const double a1 = 0.9, a2 = 0.7, n = 10.0, c = 0.8, alpha = 0.1;
  const double pt = a1 * a2, pf = (1 - a1) * (1 - a2) / n, pd = 1 - pt - pf;
  const double independent = pt * pt * pf * pd * (1 - 2 * alpha);
  const auto copying = [&](double copied) {
    return std::pow(c * copied + (1 - c) * pt, 2) * (c * (1 - copied) + (1 - c) * pf) *
           ((1 - c) * pd) * alpha;
  };
  const double sum = independent + copying(a2) + copying(a1);
  const CopyPosterior got = DetectCopying({2, 1, 1}, a1, a2, n, {c, alpha, 3.0});
  EXPECT_NEAR(got.independent, independent / sum, 1e-12);
  EXPECT_NEAR(got.first_copies_second, copying(a2) / sum, 1e-12);
  EXPECT_NEAR(got.second_copies_first, copying(a1) / sum, 1e-12);
}

TEST(DetectCopying, SharedErrorsShowCopyingAndSharedTruthsHardlyDo) {
  const double errors = DetectCopying({10, 10, 0}, 0.8, 0.8, 100, kModel).dependent();
  const double truths = DetectCopying({10, 0, 2}, 0.8, 0.8, 100, kModel).dependent();
  EXPECT_GT(errors, 0.999);
  EXPECT_LT(truths, 0.2);
}

TEST(DetectCopying, LongOverlapsDoNotUnderflow) {
  const CopyPosterior copies = DetectCopying({2e6, 1e5, 1e4}, 0.95, 0.9, 100, kModel);
  EXPECT_NEAR(Total(copies), 1.0, 1e-12);
  EXPECT_GT(copies.dependent(), 0.999);
  const CopyPosterior honest = DetectCopying({1.6e6, 500, 4e5}, 0.9, 0.9, 100, kModel);
  EXPECT_GT(honest.independent, 0.999);
}

TEST(DetectCopying, UsesTheErrorRatesOfBothSources) {
  // Swapping the sources swaps the directions and nothing else.
  const SharedCounts counts{5, 3, 2};
  const CopyPosterior one = DetectCopying(counts, 0.9, 0.6, 20, kModel);
  const CopyPosterior two = DetectCopying(counts, 0.6, 0.9, 20, kModel);
  EXPECT_NEAR(one.independent, two.independent, 1e-12);
  EXPECT_NEAR(one.first_copies_second, two.second_copies_first, 1e-12);
  EXPECT_NE(one.first_copies_second, one.second_copies_first);
}

TEST(DetectCopying, StaysAtThePriorWithoutEvidence) {
  for (const CopyPosterior& p : {DetectCopying({1, 1, 0}, 0.8, 0.8, 100, kModel),
                                 DetectCopying({100, 100, 0}, 0.8, 0.8, 1, kModel)}) {
    EXPECT_DOUBLE_EQ(p.dependent(), 0.2);
    EXPECT_DOUBLE_EQ(p.independent, 0.8);
  }
}

TEST(PosteriorAccuracy, ShrinksAndForgets) {
  const BetaPrior prior{0.8, 4.0};
  EXPECT_DOUBLE_EQ(PosteriorAccuracy({}, prior), 0.8);
  EXPECT_DOUBLE_EQ(PosteriorAccuracy({6.0, 0.0}, prior), 9.2 / 10.0);
  AccuracyCounts counts{3.0, 1.0};
  counts += {2.0, 2.0};
  counts -= {2.0, 2.0};
  EXPECT_DOUBLE_EQ(counts.right, 3.0);
  EXPECT_DOUBLE_EQ(counts.wrong, 1.0);
  EXPECT_DOUBLE_EQ(RefinedPrior(counts, prior, 10.0).mean, 6.2 / 8.0);
}

}  // namespace
}  // namespace consilience::corroboration
