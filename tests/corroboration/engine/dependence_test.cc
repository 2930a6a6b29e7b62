// Copy detection in live scoring: who shares errors counts less, and the sums are those of a batch.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>

#include "services/corroboration/engine/assessment.h"
#include "services/corroboration/engine/transition.h"
#include "services/corroboration/reliability/beliefs.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DependenceTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    fixture_ = GetParam().make();
    world_ = std::make_unique<World>(fixture_->store());
  }
  void Record(const DocumentRecord& record) {
    const auto result = world_->engine().Record(record);
    ASSERT_TRUE(result.ok()) << result.status();
  }
  void Settle() { ASSERT_TRUE(world_->engine().Refresh().ok()); }

  // On `day`, `who` counts `killed`, in words of its own.
  void Say(int day, const std::string& who, double killed) {
    DocumentRecord record = OneToll(fmt::format("{}-{}", who, day), "Outlet of " + who, who, killed,
                                    fmt::format("{} counts {} on day {}", who, killed, day));
    const std::string date = fmt::format("2016-{:02}-10", day);
    record.assertions.front().time = {date, date};
    record.document.publication_date = date;
    Record(record);
  }
  // Three agree every time; the copyists share an error of their own.
  void TellOfDays(int days) {
    for (int day = 1; day <= days; ++day) {
      for (const char* who : {"United Nations", "Human Rights Watch", "Airwars"}) Say(day, who, 40);
      for (const char* who : {"Xinhua", "TASS"}) Say(day, who, 90 + day);
    }
  }
  // Two that make mistakes, but not together.
  void TellOfStrangers(int days) {
    for (int day = 1; day <= days; ++day) {
      for (const char* who : {"United Nations", "Human Rights Watch", "Airwars"}) Say(day, who, 40);
      Say(day, "Xinhua", 90 + day);
      Say(day, "TASS", 200 + day);
    }
  }
  double EffectiveOfBoth() {
    Say(12, "Xinhua", 70);
    Say(12, "TASS", 70);
    Settle();
    return world_->ClaimOf("TASS counts 70").claim().corroboration.effective_origins;
  }
  Source SourceNamed(const std::string& name) {
    return **world_->store().FindSource(world_->engine().directory()->Resolve(name, false));
  }

  std::unique_ptr<StoreFixture> fixture_;
  std::unique_ptr<World> world_;
};

TEST_P(DependenceTest, WhoSharesErrorsElsewhereCountsLess) {
  TellOfDays(8);
  EXPECT_LT(EffectiveOfBoth(), 1.3);
  const ClaimView view = world_->ClaimOf("TASS counts 70");
  EXPECT_THAT(world_->engine().Explain(view).summary, Contains(HasSubstr("shares errors with")));
}

TEST_P(DependenceTest, WhoErrsAloneCountsInFull) {
  TellOfStrangers(8);
  EXPECT_DOUBLE_EQ(EffectiveOfBoth(), 2.0);
}

TEST_P(DependenceTest, LittleOverlapSaysNothing) {
  TellOfDays(2);
  EXPECT_DOUBLE_EQ(EffectiveOfBoth(), 2.0);
}

TEST_P(DependenceTest, TheSharedErrorsAreShown) {
  TellOfDays(8);
  Settle();
  const auto dependences = *world_->engine().DependencesOf(SourceNamed("TASS"));
  ASSERT_FALSE(dependences.empty());
  EXPECT_EQ(dependences.front().other.display_name, "Xinhua");
  EXPECT_GT(dependences.front().posterior.dependent(), 0.9);
  EXPECT_NEAR(dependences.front().counts.same_false, 8.0, 0.5);
  for (size_t i = 1; i < dependences.size(); ++i) {
    EXPECT_LT(dependences[i].posterior.dependent(), 0.1) << dependences[i].other.display_name;
  }
  const auto claims =
      *world_->engine().SharedErrors(SourceNamed("TASS").id, dependences.front().other.id);
  EXPECT_THAT(claims, SizeIs(8));
}

TEST_P(DependenceTest, WhatIsRetractedShowsNothingAnyMore) {
  TellOfDays(8);
  for (int day = 1; day <= 8; ++day) {
    ASSERT_TRUE(world_->engine().Withdraw(fmt::format("TASS-{}", day), "RETRACTED", "").ok());
  }
  EXPECT_DOUBLE_EQ(EffectiveOfBoth(), 2.0);
}

// Everything learned, summed anew from the questions; and every score, computed anew from that.
TEST_P(DependenceTest, IncrementalEqualsBatch) {
  RandomDocuments random(71);
  std::vector<DocumentRecord> records = random.Take(60);
  for (const DocumentRecord& record : records) Record(record);
  for (size_t i = 0; i < records.size(); i += 5) {
    ASSERT_TRUE(world_->engine().Withdraw(records[i].document.id, "RETRACTED", "").ok());
  }
  for (size_t i = 0; i < records.size(); i += 10) Record(records[i]);
  TellOfDays(6);
  Settle();
  std::vector<QuestionRecord> questions;
  ASSERT_TRUE(world_->store()
                  .ScanQuestions("",
                                 [&](const QuestionRecord& question) {
                                   questions.push_back(question);
                                   return true;
                                 })
                  .ok());
  std::map<std::pair<std::string, std::string>, SourceCounts> counts;
  std::map<std::pair<std::string, std::string>, std::map<std::string, PairCounts>> pairs;
  for (const QuestionRecord& question : questions) {
    for (const Contribution& c : question.beliefs.lessons.accuracies) {
      SourceCounts& sum = counts[{c.source, c.family}];
      sum = {c.source, c.family, sum.right + c.right, sum.wrong + c.wrong};
    }
    for (const PairCounts& p : question.beliefs.lessons.pairs) {
      PairCounts& sum = pairs[{p.first, p.second}][p.family];
      sum = {p.first,
             p.second,
             p.family,
             sum.same_true + p.same_true,
             sum.same_false + p.same_false,
             sum.different + p.different};
    }
  }
  EXPECT_GT(pairs.size(), 5U);
  const Learned batch{
      [&](const std::string& source, const std::string& family) -> absl::StatusOr<SourceCounts> {
        const auto found = counts.find({source, family});
        return found == counts.end() ? SourceCounts{source, family, 0, 0} : found->second;
      },
      [&](const std::string& a, const std::string& b) -> absl::StatusOr<std::vector<PairCounts>> {
        std::vector<PairCounts> found;
        for (const auto& [family, pair] : pairs[{a, b}]) found.push_back(pair);
        return found;
      }};
  const auto& parts = world_->engine().parts();
  const auto directory = world_->engine().directory();
  const Context context{parts.config, *directory, parts.places, parts.calibration};
  int checked = 0;
  for (QuestionRecord& question : questions) {
    const auto moved = UpdateBeliefs(batch, parts.config, question.beliefs);
    ASSERT_TRUE(moved.ok());
    EXPECT_FALSE(*moved) << question.display_name;
    const Assessment anew = Assess(Resolve(EntriesOf(question, context), context),
                                   StoredBeliefs(question, parts.config), context);
    ASSERT_EQ(anew.question.claims.size(), question.claims.size());
    for (size_t c = 0; c < question.claims.size(); ++c, ++checked) {
      EXPECT_NEAR(anew.question.claims[c].corroboration.score,
                  question.claims[c].corroboration.score, 1e-9);
    }
  }
  EXPECT_GT(checked, 50);
}

INSTANTIATE_TEST_SUITE_P(Stores, DependenceTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
