// What is skipped when scores are refreshed could not have changed.
#include "services/corroboration/reliability/unsettled.h"

#include <gtest/gtest.h>

#include <random>

#include "services/corroboration/reliability/accuracies.h"

namespace consilience::corroboration {
namespace {

constexpr int64_t kMillion = 1'000'000;

TEST(SameAccuracy, HoldsOnlyWhereNoQuestionBelievesOtherwise) {
  std::mt19937_64 random(5);
  const auto below = [&](int64_t bound) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(bound));
  };
  const Configuration& config = DefaultConfiguration();
  int same = 0;
  for (int i = 0; i < 3000; ++i) {
    const int64_t right = below(20'000) * kMillion;
    const SourceCounts before{"s", "killed", right, below(5000) * kMillion};
    const SourceCounts now{"s", "killed", before.right + below(20) * kMillion,
                           before.wrong + below(20) * kMillion};
    if (!SameAccuracy(before, now, config)) continue;
    ++same;
    for (int own = 0; own < 20; ++own) {
      const int64_t judged = below(kMostJudgedInOneQuestion + 1) * kMillion;
      const int64_t own_right = judged == 0 ? 0 : below(judged + 1);
      const std::vector<Contribution> mine = {{"s", "killed", std::min(own_right, before.right),
                                               std::min(judged - own_right, before.wrong)}};
      for (const SourceKind kind : {SourceKind::kMonitor, SourceKind::kArmedParty}) {
        ASSERT_EQ(PublishedAccuracy(Without(before, mine), kind, config),
                  PublishedAccuracy(Without(now, mine), kind, config));
      }
    }
  }
  EXPECT_GT(same, 300);
}

TEST(SameAccuracy, AStepThatIsCrossedConcernsEverybody) {
  const SourceCounts before{"s", "killed", 8'000 * kMillion, 2'000 * kMillion};
  const SourceCounts now{"s", "killed", 8'000 * kMillion, 2'400 * kMillion};
  EXPECT_FALSE(SameAccuracy(before, now, DefaultConfiguration()));
}

}  // namespace
}  // namespace consilience::corroboration
