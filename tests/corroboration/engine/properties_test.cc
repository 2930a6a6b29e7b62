// The laws of scoring, on every store, over random documents with fixed seeds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "services/corroboration/scoring/explanation_score.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<Store>()> make;
};

class PropertiesTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  std::unique_ptr<World> NewWorld() const { return std::make_unique<World>(GetParam().make()); }

  static void Record(World& world, const std::vector<DocumentRecord>& records) {
    for (const DocumentRecord& record : records) {
      const auto result = world.engine().Record(record);
      ASSERT_TRUE(result.ok()) << result.status().ToString();
    }
    ASSERT_TRUE(world.engine().Refresh().ok());
  }
};

TEST_P(PropertiesTest, OrderDoesNotMatter) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    RandomDocuments random(seed);
    std::vector<DocumentRecord> records = random.Take(14);
    const auto forward = NewWorld();
    Record(*forward, records);
    random.Shuffle(records);
    const auto shuffled = NewWorld();
    Record(*shuffled, records);
    EXPECT_EQ(forward->Snapshot(), shuffled->Snapshot()) << "seed " << seed;
  }
}

TEST_P(PropertiesTest, WithdrawingLeavesNoTrace) {
  for (uint64_t seed = 21; seed <= 32; ++seed) {
    RandomDocuments random(seed);
    const std::vector<DocumentRecord> kept = random.Take(8);
    const std::vector<DocumentRecord> gone = random.Take(4);
    const auto clean = NewWorld();
    Record(*clean, kept);
    const auto world = NewWorld();
    Record(*world, {kept.begin(), kept.begin() + 4});
    Record(*world, gone);
    Record(*world, {kept.begin() + 4, kept.end()});
    for (const DocumentRecord& record : gone) {
      ASSERT_TRUE(world->engine().Withdraw(record.document.id, "RETRACTED", "").ok());
    }
    ASSERT_TRUE(world->engine().Refresh().ok());
    EXPECT_EQ(world->Snapshot(), clean->Snapshot()) << "seed " << seed;
  }
}

TEST_P(PropertiesTest, RecordingAgainChangesNothing) {
  RandomDocuments random(41);
  const std::vector<DocumentRecord> records = random.Take(10);
  const auto world = NewWorld();
  Record(*world, records);
  const std::string before = world->Snapshot();
  for (const DocumentRecord& record : records) {
    const auto again = world->engine().Record(record);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->unchanged);
    EXPECT_TRUE(again->changed_claims.empty());
  }
  EXPECT_EQ(world->Snapshot(), before);
}

TEST_P(PropertiesTest, ScoresFollowFromTheirExplanations) {
  const auto world = NewWorld();
  RandomDocuments random(51);
  Record(*world, random.Take(40));
  std::vector<std::string> ids;
  ASSERT_TRUE(world->store()
                  .ScanQuestions("",
                                 [&](const QuestionRecord& question) {
                                   ids.push_back(question.id);
                                   return true;
                                 })
                  .ok());
  int competing = 0;
  for (const std::string& id : ids) {
    const auto view = *world->engine().FindQuestion(id);
    for (size_t c = 0; c < view->explanations.size(); ++c) {
      const Explanation& explanation = view->explanations[c];
      competing += static_cast<int>(explanation.competing.size());
      EXPECT_NEAR(ScoreOf(explanation, CalibrationMap()), explanation.corroboration.score, 1e-9);
      // The score that was stored when the claim last changed is the one that is explained now.
      EXPECT_NEAR(view->record->claims[c].corroboration.score, explanation.corroboration.score,
                  1e-9);
    }
  }
  EXPECT_GT(competing, 20);
}

TEST_P(PropertiesTest, CopiesAddNothing) {
  const std::string words =
      "at least 40 people were killed when warplanes struck a market in the city on Sunday";
  for (const std::string source : {"", "United Nations"}) {
    const auto world = NewWorld();
    Record(*world, {OneToll("original", "The Daily Planet", source, 40, words),
                    OneToll("rival", "Evening Post", "Syrian army", 12, "only 12 were killed")});
    const Corroboration before = world->ClaimOf("at least 40").claim().corroboration;
    for (int copy = 0; copy < 50; ++copy) {
      Record(*world, {OneToll(fmt::format("copy{}", copy), fmt::format("Outlet {}", copy), source,
                              40, words)});
      const Corroboration after = world->ClaimOf("at least 40").claim().corroboration;
      ASSERT_NEAR(after.score, before.score, 0.01) << copy << " copies";
      ASSERT_NEAR(after.effective_origins, before.effective_origins, 1e-12);
      ASSERT_EQ(after.origin_count, before.origin_count);
    }
  }
}

TEST_P(PropertiesTest, SupportNeverLowersAndContradictionNeverRaises) {
  const auto world = NewWorld();
  Record(*world, {OneToll("first", "Outlet A", "Syrian Observatory for Human Rights", 40,
                          "the first says 40 were killed")});
  double score = world->ClaimOf("the first").claim().corroboration.score;
  const std::vector<std::string> supporters = {"United Nations", "Syrian Civil Defence",
                                               "Human Rights Watch", "Local council"};
  for (size_t i = 0; i < supporters.size(); ++i) {
    Record(*world, {OneToll("s" + std::to_string(i), "Outlet A", supporters[i], 40,
                            fmt::format("{} also counts forty dead", supporters[i]))});
    const double now = world->ClaimOf("the first").claim().corroboration.score;
    EXPECT_GE(now, score - 1e-12) << supporters[i];
    score = now;
  }
  const std::vector<std::string> rivals = {"Syrian army", "Russian defence ministry", "TASS"};
  for (size_t i = 0; i < rivals.size(); ++i) {
    Record(*world, {OneToll("r" + std::to_string(i), "Outlet B", rivals[i], 12,
                            fmt::format("{} counts a dozen dead", rivals[i]))});
    const double now = world->ClaimOf("the first").claim().corroboration.score;
    EXPECT_LE(now, score + 1e-12) << rivals[i];
    score = now;
  }
}

TEST_P(PropertiesTest, NobodyCorroboratesHimself) {
  const auto world = NewWorld();
  Record(*world, {OneToll("one", "Outlet A", "", 40, "forty died, we report"),
                  OneToll("two", "Outlet A", "", 40, "again we say that forty were killed there"),
                  OneToll("three", "Outlet B", "", 40, "our count is 40 dead")});
  EXPECT_EQ(world->ClaimOf("forty died").claim().corroboration.origin_count, 2);
  Source owner;
  owner.display_name = "Press Group";
  owner.kind = SourceKind::kOrganisation;
  owner.id = SourceId(owner.display_name, false);
  std::vector<Source> sources = {owner};
  for (const std::string name : {"Outlet A", "Outlet B"}) {
    Source outlet;
    outlet.display_name = name;
    outlet.kind = SourceKind::kOutlet;
    outlet.id = SourceId(name, false);
    outlet.owner = owner.id;
    sources.push_back(outlet);
  }
  ASSERT_TRUE(world->engine().PutSources(sources, "they have one owner").ok());
  const ClaimView view = world->ClaimOf("forty died");
  EXPECT_EQ(view.claim().corroboration.origin_count, 1);
  EXPECT_EQ(view.claim().corroboration.state, ClaimState::kSingleOrigin);
}

TEST_P(PropertiesTest, HistoryKeepsWhatWasWithdrawn) {
  const auto world = NewWorld();
  Record(*world, {OneToll("one", "Outlet A", "United Nations", 40, "forty died")});
  const std::string id = world->ClaimOf("forty died").claim().id;
  ASSERT_TRUE(world->engine().Withdraw("one", "RETRACTED", "wrong").ok());
  EXPECT_FALSE(world->engine().FindClaim(id)->has_value());
  const auto revisions = *world->store().ListRevisions(id, "", 10);
  ASSERT_EQ(revisions.size(), 2U);
  EXPECT_EQ(revisions[0].corroboration.state, ClaimState::kWithdrawn);
  EXPECT_EQ(revisions[0].cause, RevisionCause::kDocumentWithdrawn);
  EXPECT_EQ(revisions[1].corroboration.state, ClaimState::kSingleOrigin);
}

TEST_P(PropertiesTest, EveryStoreGivesTheSameBytes) {
  RandomDocuments random(61);
  const std::vector<DocumentRecord> records = random.Take(20);
  World memory;
  Record(memory, records);
  const auto world = NewWorld();
  Record(*world, records);
  EXPECT_EQ(world->Snapshot(), memory.Snapshot());
}

INSTANTIATE_TEST_SUITE_P(
    Stores, PropertiesTest,
    ::testing::Values(
        StoreKind{"memory", [] { return std::make_unique<MemoryStore>(); }},
        StoreKind{"sqlite", [] { return std::unique_ptr<Store>(*SqliteStore::Open(":memory:")); }}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
