// The laws of scoring, on every store, over random documents with fixed seeds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include "services/corroboration/scoring/explanation_score.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

// A world and the store that it lives in.
class Replica {
 public:
  explicit Replica(const StoreKind& kind) : store_(kind.make()), world_(store_->store()) {}

  World& operator*() { return world_; }
  World* operator->() { return &world_; }

 private:
  std::unique_ptr<StoreFixture> store_;
  World world_;
};

class PropertiesTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  Replica NewWorld() const { return Replica(GetParam()); }

  static void Record(World& world, const std::vector<DocumentRecord>& records) {
    for (const DocumentRecord& record : records) {
      const auto result = world.engine().Record(record);
      ASSERT_TRUE(result.ok()) << result.status().ToString();
    }
    ASSERT_TRUE(world.engine().Refresh().ok());
  }

  static std::vector<std::string> Questions(World& world) {
    std::vector<std::string> ids;
    const auto keep = [&](const QuestionRecord& question) {
      ids.push_back(question.id);
      return true;
    };
    EXPECT_TRUE(world.store().ScanQuestions("", keep).ok());
    return ids;
  }

  // Of every claim that several documents support, one supporting assertion that may be taken out.
  static std::vector<std::pair<std::string, std::string>> Divisible(World& world) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const std::string& question : Questions(world)) {
      const auto view = *world.engine().FindQuestion(question);
      for (const Claim& claim : view->question.claims) {
        const bool many = claim.corroboration.document_count > 1;
        const auto& last = claim.members.back();
        if (many && last.stance == Stance::kSupports) result.emplace_back(claim.id, last.assertion);
      }
    }
    return result;
  }
};

TEST_P(PropertiesTest, OrderDoesNotMatter) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    RandomDocuments random(seed);
    std::vector<DocumentRecord> records = random.Take(14);
    Replica forward = NewWorld();
    Record(*forward, records);
    random.Shuffle(records);
    Replica shuffled = NewWorld();
    Record(*shuffled, records);
    EXPECT_EQ(forward->Snapshot(), shuffled->Snapshot()) << "seed " << seed;
  }
}

// What a refresh looks at in many turns must come out as if nobody had written between them.
TEST_P(PropertiesTest, RefreshingWhileOthersWriteEndsTheSame) {
  std::vector<DocumentRecord> records;
  for (int day = 1; day <= 28; ++day) {
    for (const std::string who : {"United Nations", "Airwars", "Human Rights Watch", "TASS"}) {
      const double killed = who == "TASS" ? 90 + day : 40;
      DocumentRecord record =
          OneToll(fmt::format("{}-{}", who, day), "Outlet of " + who, who, killed,
                  fmt::format("{} counts {} on day {}", who, killed, day));
      record.document.publication_date = fmt::format("2016-03-{:02}", day);
      record.assertions.front().time = {record.document.publication_date,
                                        record.document.publication_date};
      records.push_back(std::move(record));
    }
  }
  Replica calm = NewWorld();
  Record(*calm, records);
  Replica busy = NewWorld();
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  const auto write = [&] {
    for (size_t i = next++; i < records.size(); i = next++) {
      if (!busy->engine().Record(records[i]).ok()) failed = true;
    }
  };
  std::thread one(write);
  std::thread other(write);
  while (next < records.size()) {
    if (!busy->engine().RefreshOneRound().ok()) failed = true;
  }
  one.join();
  other.join();
  EXPECT_FALSE(failed);
  ASSERT_TRUE(busy->engine().Refresh().ok());
  EXPECT_EQ(busy->Snapshot(), calm->Snapshot());
}

TEST_P(PropertiesTest, WithdrawingLeavesNoTrace) {
  for (uint64_t seed = 21; seed <= 32; ++seed) {
    RandomDocuments random(seed);
    const std::vector<DocumentRecord> kept = random.Take(8);
    const std::vector<DocumentRecord> gone = random.Take(4);
    Replica clean = NewWorld();
    Record(*clean, kept);
    Replica world = NewWorld();
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
  Replica world = NewWorld();
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
  Replica world = NewWorld();
  RandomDocuments random(51);
  Record(*world, random.Take(40));
  int competing = 0;
  for (const std::string& id : Questions(*world)) {
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
    Replica world = NewWorld();
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
  Replica world = NewWorld();
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

// The same of random tables of who says how many: whoever joins the claim never lowers it, and
// whoever says otherwise never raises it.
TEST_P(PropertiesTest, NewcomersMoveAClaimTheirWay) {
  const std::vector<std::string> sources = {"United Nations",     "Syrian Civil Defence",
                                            "Human Rights Watch", "Local council",
                                            "Syrian army",        "TASS"};
  for (uint64_t seed = 71; seed <= 78; ++seed) {
    RandomDocuments random(seed);
    std::vector<DocumentRecord> records = {
        OneToll("first", "Outlet F", "Airwars", 40, "the first says 40 were killed")};
    for (const std::string& source : sources) {
      if (random.Below(3) == 0) continue;
      const double killed = random.Below(2) == 0 ? 40 : 10.0 * (1 + random.Below(3));
      records.push_back(OneToll(source, fmt::format("Outlet of {}", source), source, killed,
                                fmt::format("{} puts the toll at {}", source, killed)));
    }
    const auto score_with = [&](double killed) {
      Replica world = NewWorld();
      Record(*world, records);
      if (killed > 0) {
        Record(*world, {OneToll("new", "Outlet N", "Amnesty International", killed,
                                fmt::format("a newcomer has {} killed", killed))});
      }
      return world->ClaimOf("the first").claim().corroboration.score;
    };
    const double score = score_with(0);
    EXPECT_GE(score_with(40), score - 1e-12) << "seed " << seed;
    EXPECT_LE(score_with(70), score + 1e-12) << "seed " << seed;
  }
}

TEST_P(PropertiesTest, SplitThenMergeRestores) {
  const Decider ann{"Ann", "another event"};
  int tried = 0;
  for (uint64_t seed = 81; seed <= 86; ++seed) {
    RandomDocuments random(seed);
    Replica world = NewWorld();
    Record(*world, random.Take(12));
    const std::string before = world->Snapshot();
    for (const auto& [claim, assertion] : Divisible(*world)) {
      const auto split = world->engine().SplitClaim(claim, {assertion}, ann);
      ASSERT_TRUE(split.ok()) << split.status();
      ASSERT_TRUE(world->engine().Refresh().ok());
      EXPECT_NE(world->Snapshot(), before) << "seed " << seed;
      ASSERT_TRUE(
          world->engine().MergeClaims(split->remaining, {split->split_off}, ann).status().ok());
      ASSERT_TRUE(world->engine().Refresh().ok());
      EXPECT_EQ(world->Snapshot(), before) << "seed " << seed << ", claim " << claim;
      ++tried;
    }
  }
  EXPECT_GE(tried, 6);
}

// What a person decides about a claim stands beside the machine's score and never in it.
TEST_P(PropertiesTest, AReviewNeverChangesTheScore) {
  RandomDocuments random(91);
  Replica world = NewWorld();
  Record(*world, random.Take(12));
  const std::string before = world->Snapshot();
  int reviews = 0;
  for (const std::string& question : Questions(*world)) {
    const auto view = *world->engine().FindQuestion(question);
    for (const Claim& claim : view->question.claims) {
      Review review;
      review.id = fmt::format("review-{}", ++reviews);
      review.claim = claim.id;
      review.decision =
          random.Below(2) == 0 ? ReviewDecision::kConfirmed : ReviewDecision::kRefuted;
      review.actor = "Ann";
      review.reason = "seen it";
      ASSERT_TRUE(world->engine().AddReview(review).ok());
    }
  }
  ASSERT_TRUE(world->engine().Refresh().ok());
  EXPECT_GT(reviews, 5);
  EXPECT_EQ(world->Snapshot(), before);
}

TEST_P(PropertiesTest, NobodyCorroboratesHimself) {
  Replica world = NewWorld();
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
  Replica world = NewWorld();
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

// Two replicas on different stores, given the same documents in different orders, one of them with
// a document that was recorded in an older version first.
TEST_P(PropertiesTest, EveryReplicaOnEveryStoreGivesTheSameBytes) {
  for (uint64_t seed = 61; seed <= 63; ++seed) {
    RandomDocuments random(seed);
    std::vector<DocumentRecord> records = random.Take(20);
    World memory;
    Record(memory, records);
    Replica world = NewWorld();
    DocumentRecord older = random.Next();
    older.document = records.front().document;
    random.Shuffle(records);
    Record(*world, {older});
    Record(*world, records);
    EXPECT_EQ(world->Snapshot(), memory.Snapshot()) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, PropertiesTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
