// What every corroboration store must do, run against each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "services/corroboration/store/store.h"
#include "tests/contract/corroboration_store_fixture.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CorroborationStoreTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override { fixture_ = GetParam().make(); }
  Store& store() { return fixture_->store(); }

  void Apply(const ChangeSet& changes) {
    const absl::Status status = store().Apply(changes);
    ASSERT_TRUE(status.ok()) << status;
  }
  void Put(QuestionRecord question) {
    ChangeSet changes;
    changes.put_questions = {std::make_shared<const QuestionRecord>(std::move(question))};
    Apply(changes);
  }
  // Three claims of two questions.
  void PutThreeClaims() {
    Put(MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5), MakeClaim("b", "q1", 0.25)}));
    Put(MakeQuestion("q2", "d2", {MakeClaim("c", "q2", 0.5)}));
  }
  std::vector<std::string> Claims(ClaimOrder order, const Cursor& after = {}, size_t limit = 10) {
    std::vector<std::string> ids;
    const absl::Status status = store().ScanClaims(order, after, [&](const ClaimRow& row) {
      ids.push_back(row.id);
      return ids.size() < limit;
    });
    EXPECT_TRUE(status.ok()) << status;
    return ids;
  }
  std::vector<std::string> Ids(const absl::StatusOr<std::vector<QuestionPtr>>& questions) {
    std::vector<std::string> ids;
    EXPECT_TRUE(questions.ok());
    for (const QuestionPtr& question : *questions) ids.push_back(question->id);
    return ids;
  }

  std::unique_ptr<StoreFixture> fixture_;
};

TEST_P(CorroborationStoreTest, ATurnThatThrowsDoesNotStopTheNext) {
  EXPECT_THROW(
      store()
          .Exclusively([](const Shared& /*shared*/) -> absl::Status { throw std::bad_alloc(); })
          .IgnoreError(),
      std::bad_alloc);
  PutThreeClaims();
  EXPECT_NE(*store().FindQuestion("q1"), nullptr);
}

TEST_P(CorroborationStoreTest, AQuestionComesBackAsItWentIn) {
  const QuestionRecord put = MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.123456789012345)});
  Put(put);
  fixture_->Reopen();
  const QuestionPtr found = *store().FindQuestion("q1");
  ASSERT_NE(found, nullptr);
  ASSERT_EQ(found->members.size(), 1U);
  const RecordedAssertion& member = found->members.front();
  EXPECT_EQ(member.id, put.members.front().id);
  EXPECT_EQ(member.quote, put.members.front().quote);
  EXPECT_EQ(member.passages, put.members.front().passages);
  EXPECT_EQ(member.said.confidence, 0.875);
  ASSERT_TRUE(member.said.quantity.has_value());
  EXPECT_EQ(member.said.quantity->lower, 100);
  EXPECT_TRUE(member.said.quantity->lower_open);
  EXPECT_EQ(member.said.quantity->upper, std::nullopt);
  EXPECT_EQ(member.document.dominant.display_name, "The Observatory");
  EXPECT_EQ(found->keys, put.keys);
  EXPECT_EQ(found->beliefs, put.beliefs);
  EXPECT_EQ(found->display_name, put.display_name);
  EXPECT_EQ(found->state, put.state);
  EXPECT_EQ(found->update_time_us, put.update_time_us);
  ASSERT_EQ(found->claims.size(), 1U);
  const ClaimRow& claim = found->claims.front();
  EXPECT_EQ(claim.corroboration, put.claims.front().corroboration);
  EXPECT_EQ(claim.sources, put.claims.front().sources);
  EXPECT_EQ(claim.population, "civilians");
  EXPECT_EQ((*store().QuestionOfClaim("a"))->id, "q1");
  EXPECT_EQ(*store().FindQuestion("none"), nullptr);
  EXPECT_EQ(*store().QuestionOfClaim("none"), nullptr);
}

TEST_P(CorroborationStoreTest, QuestionsAreFoundByKeyDocumentAndSource) {
  QuestionRecord first = MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5)});
  first.keys = {1, 2};
  QuestionRecord second = MakeQuestion("q2", "d1", {MakeClaim("b", "q2", 0.5)});
  second.keys = {2, 3};
  Put(first);
  Put(second);
  EXPECT_THAT(Ids(store().QuestionsByKeys({2, 3, 9})), ElementsAre("q1", "q2"));
  EXPECT_THAT(Ids(store().QuestionsByKeys({1})), ElementsAre("q1"));
  EXPECT_THAT(Ids(store().QuestionsByKeys({})), IsEmpty());
  EXPECT_THAT(Ids(store().QuestionsOfDocument("d1")), ElementsAre("q1", "q2"));
  EXPECT_THAT(*store().QuestionsOfSource("s-q2"), ElementsAre("q2"));
  EXPECT_THAT(*store().QuestionsOfSource("nobody"), IsEmpty());
}

TEST_P(CorroborationStoreTest, WhatReplacesAQuestionLeavesNothingOfItBehind) {
  Put(MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5), MakeClaim("b", "q1", 0.25)}));
  QuestionRecord later = MakeQuestion("q1", "d2", {MakeClaim("b", "q1", 0.75)});
  later.keys = {8};
  later.claims.front().sources = {"other"};
  Put(later);
  EXPECT_THAT(Ids(store().QuestionsByKeys({7})), IsEmpty());
  EXPECT_THAT(Ids(store().QuestionsByKeys({8})), ElementsAre("q1"));
  EXPECT_THAT(Ids(store().QuestionsOfDocument("d1")), IsEmpty());
  EXPECT_THAT(Ids(store().QuestionsOfDocument("d2")), ElementsAre("q1"));
  EXPECT_THAT(*store().QuestionsOfSource("s-q1"), IsEmpty());
  EXPECT_THAT(*store().QuestionsOfSource("other"), ElementsAre("q1"));
  EXPECT_EQ(*store().QuestionOfClaim("a"), nullptr);
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending), ElementsAre("b"));
  ChangeSet gone;
  gone.delete_questions = {"q1", "never there"};
  Apply(gone);
  EXPECT_EQ(*store().FindQuestion("q1"), nullptr);
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending), IsEmpty());
  EXPECT_THAT(Ids(store().QuestionsByKeys({8})), IsEmpty());
}

TEST_P(CorroborationStoreTest, AClaimMayMoveToAnotherQuestionInOneChange) {
  PutThreeClaims();
  ChangeSet changes;
  changes.delete_questions = {"q1"};
  changes.put_questions = {std::make_shared<const QuestionRecord>(
      MakeQuestion("q2", "d2", {MakeClaim("a", "q2", 0.5), MakeClaim("c", "q2", 0.5)}))};
  Apply(changes);
  EXPECT_EQ((*store().QuestionOfClaim("a"))->id, "q2");
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending), ElementsAre("a", "c"));
}

TEST_P(CorroborationStoreTest, ListsInEveryOrderFromAnyPlace) {
  PutThreeClaims();
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending), ElementsAre("a", "c", "b"));
  EXPECT_THAT(Claims(ClaimOrder::kScore), ElementsAre("b", "a", "c"));
  EXPECT_THAT(Claims(ClaimOrder::kUpdateTimeDescending), ElementsAre("a", "c", "b"));
  EXPECT_THAT(Claims(ClaimOrder::kEffectiveDescending), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Claims(ClaimOrder::kFrom), ElementsAre("a", "b", "c"));
  const ClaimRow a = MakeClaim("a", "q1", 0.5);
  for (const ClaimOrder order : {ClaimOrder::kScoreDescending, ClaimOrder::kScore}) {
    const Cursor after{SortValue(a, order), "a"};
    EXPECT_THAT(Claims(order, after, 1), ElementsAre("c"));
  }
  const Cursor last{SortValue(MakeClaim("b", "q1", 0.25), ClaimOrder::kScoreDescending), "b"};
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending, last), IsEmpty());
}

TEST_P(CorroborationStoreTest, EarlierIdsLeadToThePresentOnes) {
  Put(MakeQuestion("q3", "d1", {MakeClaim("new", "q3", 0.5)}));
  ChangeSet first;
  first.aliases = {{"oldest", "older"}, {"q1", "q2"}};
  Apply(first);
  ChangeSet second;
  second.aliases = {{"older", "new"}, {"q2", "q3"}};
  Apply(second);
  fixture_->Reopen();
  EXPECT_EQ(*store().ResolveAlias("oldest"), "new");
  EXPECT_EQ(*store().ResolveAlias("new"), "new");
  EXPECT_EQ(*store().ResolveAlias("stranger"), "stranger");
  EXPECT_THAT(*store().AliasesOf("new"), ElementsAre("older", "oldest"));
  EXPECT_EQ((*store().FindQuestion("q1"))->id, "q3");
  EXPECT_EQ((*store().QuestionOfClaim("oldest"))->id, "q3");
}

TEST_P(CorroborationStoreTest, AnIdThatIsPresentAgainIsNobodysAlias) {
  ChangeSet circle;
  circle.aliases = {{"a", "b"}, {"b", "a"}};
  Apply(circle);
  Put(MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5)}));
  EXPECT_EQ(*store().ResolveAlias("a"), "a");
  EXPECT_EQ(*store().ResolveAlias("b"), "a");
  EXPECT_THAT(*store().AliasesOf("a"), ElementsAre("b"));
  Put(MakeQuestion("q2", "d2", {MakeClaim("b", "q2", 0.5)}));
  EXPECT_EQ(*store().ResolveAlias("b"), "b");
  EXPECT_THAT(*store().AliasesOf("a"), IsEmpty());
}

TEST_P(CorroborationStoreTest, ARecordedDocumentIsFoundAgain) {
  DocumentRow row;
  row.context = {"d1", "digest", "Outlet", "https://x/1", "T", "2016-11-22", {"s", "S", 0.5}};
  row.content_digest = "content";
  row.extractor = "rules 7";
  row.assertions = {"z", "a", "z"};
  row.withdrawn = true;
  row.withdrawal = "RETRACTED: wrong";
  ChangeSet changes;
  changes.put_documents = {row};
  Apply(changes);
  fixture_->Reopen();
  const auto found = *store().FindDocument("d1");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->context.url, "https://x/1");
  EXPECT_EQ(found->context.dominant.share, 0.5);
  EXPECT_EQ(found->content_digest, "content");
  EXPECT_EQ(found->extractor, "rules 7");
  EXPECT_THAT(found->assertions, ElementsAre("z", "a", "z"));
  EXPECT_TRUE(found->withdrawn);
  EXPECT_EQ(found->withdrawal, "RETRACTED: wrong");
  EXPECT_FALSE((*store().FindDocument("d2")).has_value());
}

TEST_P(CorroborationStoreTest, WhatPeopleSaidOfASourceIsNotMadeOverByWhatIsMet) {
  Source curated;
  curated.id = "s1";
  curated.display_name = "The Observatory";
  curated.kind = SourceKind::kMonitor;
  curated.aliases = {"SOHR", "the Observatory"};
  curated.owner = "s9";
  curated.hosts = {"syriahr.com"};
  curated.curated = true;
  curated.update_time_us = 5;
  Source met;
  met.id = "s1";
  met.display_name = "observatory";
  Source other;
  other.id = "s0";
  other.display_name = "Zeitung";
  ChangeSet changes;
  changes.met_sources = {met, other};
  Apply(changes);
  EXPECT_THAT(*store().CuratedSources(), IsEmpty());
  ChangeSet corrected;
  corrected.put_sources = {curated};
  corrected.met_sources = {met};
  Apply(corrected);
  fixture_->Reopen();
  EXPECT_EQ(**store().FindSource("s1"), curated);
  EXPECT_THAT(*store().CuratedSources(), ElementsAre(curated));
  EXPECT_THAT(*store().ListSources({}, 10), ElementsAre(curated, other));
  EXPECT_THAT(*store().ListSources({"The Observatory", "s1"}, 10), ElementsAre(other));
  EXPECT_THAT(*store().ListSources({}, 1), ElementsAre(curated));
  EXPECT_FALSE((*store().FindSource("s2")).has_value());
}

TEST_P(CorroborationStoreTest, CountsAddUpAndCanBeTakenBack) {
  ChangeSet changes;
  changes.add_counts = {{"s1", "killed", 700'000, 300'000}, {"s1", "injured", 1, 0}};
  Apply(changes);
  Apply(changes);
  ChangeSet back;
  back.add_counts = {{"s1", "killed", -700'000, -300'000}};
  Apply(back);
  fixture_->Reopen();
  EXPECT_EQ(store().CountsOf("s1", "killed")->right, 700'000);
  EXPECT_EQ(store().CountsOf("s1", "killed")->wrong, 300'000);
  EXPECT_EQ(store().CountsOf("s1", "injured")->right, 2);
  EXPECT_EQ(store().CountsOf("s2", "killed")->right, 0);
}

TEST_P(CorroborationStoreTest, SourcesAreUnsettledUntilSettled) {
  ChangeSet changes;
  changes.add_counts = {{"s2", "killed", 1, 0}, {"s1", "killed", 1, 0}, {"s2", "injured", 1, 0}};
  Apply(changes);
  fixture_->Reopen();
  EXPECT_THAT(*store().UnsettledSources(10), ElementsAre("s1", "s2"));
  EXPECT_THAT(*store().UnsettledSources(1), ElementsAre("s1"));
  ChangeSet settled;
  settled.settled_sources = {"s1"};
  Apply(settled);
  fixture_->Reopen();
  EXPECT_THAT(*store().UnsettledSources(10), ElementsAre("s2"));
}

TEST_P(CorroborationStoreTest, RevisionsAreAppendOnlyAndListedBothWays) {
  ChangeSet changes;
  changes.revisions = {MakeRevision("0001", "a", 10), MakeRevision("0002", "b", 20),
                       MakeRevision("0003", "a", 30)};
  Apply(changes);
  fixture_->Reopen();
  const auto ids = [](const absl::StatusOr<std::vector<Revision>>& revisions) {
    std::vector<std::string> found;
    for (const Revision& revision : *revisions) found.push_back(revision.id);
    return found;
  };
  EXPECT_THAT(ids(store().ListRevisions("a", "", 10)), ElementsAre("0003", "0001"));
  EXPECT_THAT(ids(store().ListRevisions("a", "0003", 10)), ElementsAre("0001"));
  EXPECT_THAT(ids(store().ListRevisions("a", "", 1)), ElementsAre("0003"));
  EXPECT_THAT(ids(store().RevisionsAfter("", 10)), ElementsAre("0001", "0002", "0003"));
  EXPECT_THAT(ids(store().RevisionsAfter("0001", 1)), ElementsAre("0002"));
  const Revision first = store().ListRevisions("a", "0002", 1)->front();
  const Revision expected = MakeRevision("0001", "a", 10);
  EXPECT_EQ(first.corroboration, expected.corroboration);
  EXPECT_EQ(first.cause, expected.cause);
  EXPECT_EQ(first.subject, expected.subject);
  EXPECT_EQ(first.summary, expected.summary);
  EXPECT_EQ(first.time_us, 10);
  // An id that is taken is refused, and what came with it is not half applied.
  ChangeSet again;
  again.revisions = {MakeRevision("0004", "a", 40), MakeRevision("0001", "b", 50)};
  EXPECT_FALSE(store().Apply(again).ok());
  EXPECT_THAT(ids(store().ListRevisions("a", "", 10)), ElementsAre("0003", "0001"));
  EXPECT_EQ(store().ListRevisions("a", "0002", 1)->front().time_us, 10);
}

TEST_P(CorroborationStoreTest, ARefusedChangeLeavesNothing) {
  ChangeSet first;
  first.revisions = {MakeRevision("0001", "a", 10)};
  Apply(first);
  ChangeSet refused;
  refused.put_questions = {std::make_shared<const QuestionRecord>(
      MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5)}))};
  refused.add_counts = {{"s1", "killed", 5, 5}};
  refused.aliases = {{"x", "a"}};
  refused.put_documents = {DocumentRow{{"d1", "", "", "", "", "", {}}, "c", "", {}, false, ""}};
  refused.revisions = {MakeRevision("0001", "a", 20)};
  EXPECT_FALSE(store().Apply(refused).ok());
  EXPECT_EQ(*store().FindQuestion("q1"), nullptr);
  EXPECT_THAT(Claims(ClaimOrder::kScoreDescending), IsEmpty());
  EXPECT_EQ(store().CountsOf("s1", "killed")->right, 0);
  EXPECT_EQ(*store().ResolveAlias("x"), "x");
  EXPECT_FALSE((*store().FindDocument("d1")).has_value());
}

TEST_P(CorroborationStoreTest, TheLatestReviewStands) {
  const Review first{"0001", "a", ReviewDecision::kConfirmed, "Ann", "saw it", 10};
  const Review second{"0002", "a", ReviewDecision::kRefuted, "Bob", "a mistake", 20};
  ChangeSet changes;
  changes.reviews = {first, second};
  Apply(changes);
  fixture_->Reopen();
  const auto review = *store().LatestReview("a");
  ASSERT_TRUE(review.has_value());
  EXPECT_EQ(review->id, "0002");
  EXPECT_EQ(review->decision, ReviewDecision::kRefuted);
  EXPECT_EQ(review->actor, "Bob");
  EXPECT_EQ(review->reason, "a mistake");
  EXPECT_EQ(review->time_us, 20);
  EXPECT_FALSE((*store().LatestReview("b")).has_value());
}

TEST_P(CorroborationStoreTest, WhatPairsShareAddsUpAndIsFoundFromEitherSide) {
  ChangeSet changes;
  changes.add_pairs = {{"s1", "s2", "killed", 1, 2, 3},
                       {"s1", "s2", "control", 4, 0, 0},
                       {"s0", "s2", "killed", 0, 0, 9},
                       {"s2", "s3", "killed", 7, 0, 0}};
  Apply(changes);
  ChangeSet back;
  back.add_pairs = {{"s1", "s2", "killed", 1, -2, 0}};
  Apply(back);
  fixture_->Reopen();
  const PairCounts killed{"s1", "s2", "killed", 2, 0, 3};
  const PairCounts control{"s1", "s2", "control", 4, 0, 0};
  EXPECT_THAT(*store().PairOf("s1", "s2"), ElementsAre(control, killed));
  EXPECT_THAT(*store().PairOf("s0", "s1"), IsEmpty());
  EXPECT_THAT(*store().PairsWith("s1"), ElementsAre(control, killed));
  EXPECT_THAT(*store().PairsWith("s2"),
              ElementsAre(PairCounts{"s0", "s2", "killed", 0, 0, 9}, control, killed,
                          PairCounts{"s2", "s3", "killed", 7, 0, 0}));
  EXPECT_THAT(*store().UnsettledSources(10), ElementsAre("s0", "s1", "s2", "s3"));
}

TEST_P(CorroborationStoreTest, TheLastDecisionAboutAnAssertionStands) {
  const AssertionDecision first{"a1", "d1", true, "", "", "Ann", "wrong", 10};
  const AssertionDecision second{"a1", "d1", false, "mark", "other", "Bob", "not so", 20};
  const AssertionDecision other{"a0", "d1", false, "mark", "", "Ann", "", 10};
  const AssertionDecision elsewhere{"a1", "d2", true, "", "", "Ann", "", 10};
  ChangeSet changes;
  changes.put_decisions = {first, other, elsewhere};
  Apply(changes);
  changes.put_decisions = {second};
  Apply(changes);
  fixture_->Reopen();
  EXPECT_THAT(*store().DecisionsOf("d1"), ElementsAre(other, second));
  EXPECT_THAT(*store().DecisionsOf("d2"), ElementsAre(elsewhere));
  EXPECT_THAT(*store().DecisionsOf("d3"), IsEmpty());
}

// Readers beside a writer see whole changes: both claims of a question, or neither.
TEST_P(CorroborationStoreTest, ReadersSeeWholeChangesOnly) {
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  const auto read = [&] {
    while (!done) {
      const auto question = store().FindQuestion("q1");
      if (!question.ok()) ++torn;
      if (question.ok() && *question != nullptr && (*question)->claims.size() != 2) ++torn;
      if (Claims(ClaimOrder::kScoreDescending).size() % 2 != 0) ++torn;
    }
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) readers.emplace_back(read);
  for (int i = 0; i < 100; ++i) {
    const double score = 0.01 * i;
    ChangeSet changes;
    if (i % 3 == 2) changes.delete_questions = {"q1"};
    if (i % 3 != 2) {
      changes.put_questions = {std::make_shared<const QuestionRecord>(
          MakeQuestion("q1", "d1", {MakeClaim("a", "q1", score), MakeClaim("b", "q1", score)}))};
    }
    Apply(changes);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
}

TEST_P(CorroborationStoreTest, WritersTakeTurnsAndLoseNothing) {
  constexpr int kEach = 50;
  const auto write = [&] {
    for (int i = 0; i < kEach; ++i) {
      ChangeSet changes;
      changes.add_counts = {{"s1", "killed", 1, 2}};
      EXPECT_TRUE(store().Apply(changes).ok());
    }
  };
  std::thread other(write);
  write();
  other.join();
  EXPECT_EQ(store().CountsOf("s1", "killed")->right, 2 * kEach);
  EXPECT_EQ(store().CountsOf("s1", "killed")->wrong, 4 * kEach);
}

INSTANTIATE_TEST_SUITE_P(Stores, CorroborationStoreTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
