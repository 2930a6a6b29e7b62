// What reviewers decide about matching holds: against new documents, recording again and restarts;
// and it can be taken back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/common/errors/error.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Decider kAnn{"Ann", "another event"};

class DecisionsTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    fixture_ = GetParam().make();
    world_ = std::make_unique<World>(fixture_->store());
  }
  void Restart() {
    world_.reset();
    fixture_->Reopen();
    world_ = std::make_unique<World>(fixture_->store());
  }
  void Record(const std::vector<DocumentRecord>& records) {
    for (const DocumentRecord& record : records) {
      const auto result = world_->engine().Record(record);
      ASSERT_TRUE(result.ok()) << result.status();
    }
    ASSERT_TRUE(world_->engine().Refresh().ok());
  }
  // Three witnesses of one toll, and one of another.
  void RecordTolls() {
    Record({OneToll("a", "Outlet A", "United Nations", 40, "the first says forty"),
            OneToll("b", "Outlet B", "Syrian army", 40, "the second also says forty"),
            OneToll("c", "Outlet C", "TASS", 40, "the third agrees that it was forty"),
            OneToll("d", "Outlet D", "Human Rights Watch", 90, "the fourth counts ninety")});
  }
  ClaimView Claim(const std::string& words) { return world_->ClaimOf(words); }
  static std::string AssertionOf(const ClaimView& view, const std::string& words) {
    for (const RecordedAssertion& member : view.in.record->members) {
      if (member.quote.find(words) != std::string::npos) return member.id;
    }
    return "";
  }
  SplitResult Split(const std::string& words) {
    const ClaimView view = Claim(words);
    const auto result =
        world_->engine().SplitClaim(view.claim().id, {AssertionOf(view, words)}, kAnn);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : SplitResult();
  }
  std::string Merge(const std::string& kept, const std::string& other) {
    const auto merged = world_->engine().MergeClaims(Claim(kept).claim().id,
                                                     {Claim(other).claim().id}, {"Bob", "one"});
    EXPECT_TRUE(merged.ok()) << merged.status();
    return merged.ok() ? *merged : "";
  }

  std::unique_ptr<StoreFixture> fixture_;
  std::unique_ptr<World> world_;
};

TEST_P(DecisionsTest, WhatIsTakenOutStandsAlone) {
  RecordTolls();
  const std::string before = Claim("the first").claim().id;
  const SplitResult result = Split("the third");
  EXPECT_EQ(Claim("the third").claim().id, result.split_off);
  EXPECT_EQ(Claim("the first").claim().id, result.remaining);
  EXPECT_EQ(Claim("the second").claim().id, result.remaining);
  EXPECT_EQ(Claim("the third").claim().corroboration.origin_count, 1);
  EXPECT_EQ(Claim("the first").claim().corroboration.origin_count, 2);
  EXPECT_TRUE(Claim("the third").explanation().competing.empty());
  EXPECT_EQ(*world_->store().ResolveAlias(before), result.remaining);
  EXPECT_THAT(Claim("the third").claim().members.front().reasons,
              ElementsAre(HasSubstr("reviewer")));
}

TEST_P(DecisionsTest, ASplitHoldsForNewDocumentsRecordingAgainAndRestarts) {
  RecordTolls();
  Split("the third");
  Restart();
  Record({OneToll("e", "Outlet E", "Airwars", 40, "the fifth says forty as well")});
  EXPECT_EQ(Claim("the third").claim().corroboration.origin_count, 1);
  EXPECT_EQ(Claim("the first").claim().corroboration.origin_count, 3);
  ASSERT_TRUE(world_->engine().Withdraw("c", "RETRACTED", "for a day").ok());
  Record({OneToll("c", "Outlet C", "TASS", 40, "the third agrees that it was forty")});
  EXPECT_EQ(Claim("the third").claim().corroboration.origin_count, 1);
  EXPECT_NE(Claim("the third").claim().id, Claim("the first").claim().id);
}

TEST_P(DecisionsTest, SplitThenMergeRestores) {
  RecordTolls();
  const std::string before = world_->Snapshot();
  Split("the third");
  EXPECT_NE(world_->Snapshot(), before);
  Merge("the first", "the third");
  EXPECT_EQ(world_->Snapshot(), before);
}

TEST_P(DecisionsTest, MergedClaimsAreOneAgainstTheirRivals) {
  RecordTolls();
  Record({OneToll("e", "Outlet E", "Airwars", 60, "the fifth has sixty")});
  const std::string merged = Merge("the first", "the fourth");
  EXPECT_EQ(Claim("the first").claim().id, merged);
  EXPECT_EQ(Claim("the fourth").claim().id, merged);
  EXPECT_EQ(Claim("the first").claim().corroboration.origin_count, 4);
  EXPECT_EQ(Claim("the first").explanation().competing.size(), 1U);
  Restart();
  // Whoever gives either answer later is of the one claim.
  Record({OneToll("f", "Outlet F", "Amnesty International", 90, "the sixth counts ninety too")});
  EXPECT_EQ(Claim("the sixth").claim().id, merged);
  EXPECT_EQ(Claim("the sixth").claim().corroboration.origin_count, 5);
}

TEST_P(DecisionsTest, MergeThenSplitRestores) {
  RecordTolls();
  const std::string before = world_->Snapshot();
  Merge("the first", "the fourth");
  Split("the fourth");
  EXPECT_EQ(world_->Snapshot(), before);
}

TEST_P(DecisionsTest, ClaimsOfDifferentQuestionsCanBeMerged) {
  RecordTolls();
  DocumentRecord other = OneToll("x", "Outlet X", "Airwars", 40, "the far one says forty");
  other.assertions.front().place.id = "C2987";
  other.assertions.front().place.name = "Hama";
  Record({other});
  ASSERT_NE(Claim("the far one").claim().question, Claim("the first").claim().question);
  const std::string gone = Claim("the far one").claim().id;
  const std::string merged = Merge("the first", "the far one");
  EXPECT_EQ(Claim("the far one").claim().id, merged);
  EXPECT_EQ(Claim("the far one").claim().corroboration.origin_count, 4);
  EXPECT_EQ((*world_->engine().FindClaim(gone))->claim().id, merged);
}

TEST_P(DecisionsTest, OrderDoesNotMatterToADecision) {
  RecordTolls();
  Split("the third");
  Record({OneToll("e", "Outlet E", "Airwars", 40, "the fifth says forty as well")});
  const std::string late = world_->Snapshot();
  fixture_ = GetParam().make();
  world_ = std::make_unique<World>(fixture_->store());
  RecordTolls();
  Record({OneToll("e", "Outlet E", "Airwars", 40, "the fifth says forty as well")});
  Split("the third");
  EXPECT_EQ(world_->Snapshot(), late);
}

TEST_P(DecisionsTest, EveryDecisionIsARevisionThatSaysWhoAndWhy) {
  RecordTolls();
  const SplitResult result = Split("the third");
  for (const std::string& id : {result.remaining, result.split_off}) {
    const auto revisions = *world_->store().ListRevisions(id, "", 1);
    ASSERT_EQ(revisions.size(), 1U);
    EXPECT_EQ(revisions.front().cause, RevisionCause::kMatchChanged);
    EXPECT_EQ(revisions.front().subject, "Ann: another event");
  }
}

TEST_P(DecisionsTest, WhatWasSetAsideStaysSoWhenItsDocumentIsRecordedAgain) {
  RecordTolls();
  const std::string id = AssertionOf(Claim("the third"), "the third");
  ASSERT_TRUE(world_->engine().SetAside("c", id, true, kAnn)->has_value());
  DocumentRecord again = OneToll("c", "Outlet Z", "TASS", 40, "the third agrees that it was forty");
  Record({again});
  EXPECT_EQ(Claim("the first").claim().corroboration.origin_count, 2);
  ASSERT_TRUE(world_->engine().SetAside("c", id, false, kAnn)->has_value());
  EXPECT_EQ(Claim("the first").claim().corroboration.origin_count, 3);
}

TEST_P(DecisionsTest, ASplitThatIsNoneIsRefused) {
  RecordTolls();
  const ClaimView view = Claim("the first");
  const std::string id = view.claim().id;
  std::set<std::string> all;
  for (const ClaimMember& member : view.claim().members) all.insert(member.assertion);
  for (const std::set<std::string>& taken :
       {std::set<std::string>(), all, {AssertionOf(view, "the fourth")}, {"nothing"}}) {
    const auto refused = world_->engine().SplitClaim(id, taken, kAnn);
    EXPECT_EQ(common::ErrorReason(refused.status()), "FIELD_INVALID") << refused.status();
  }
  EXPECT_EQ(common::ErrorReason(world_->engine().SplitClaim("none", all, kAnn).status()),
            "RESOURCE_NOT_FOUND");
  EXPECT_EQ(common::ErrorReason(world_->engine().MergeClaims(id, {"none"}, kAnn).status()),
            "RESOURCE_NOT_FOUND");
}

INSTANTIATE_TEST_SUITE_P(Stores, DecisionsTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
