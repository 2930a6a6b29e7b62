// What every corroboration store must tell of the past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/corroboration/store/store.h"
#include "services/corroboration/store/versions.h"
#include "tests/contract/corroboration_store_fixture.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CorroborationHistoryTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override { fixture_ = GetParam().make(); }
  Store& store() { return fixture_->store(); }
  void Apply(const ChangeSet& changes) {
    const absl::Status status = store().Apply(changes);
    ASSERT_TRUE(status.ok()) << status;
  }

  // Writes a question at `time_us`, or deletes it when `after` is null.
  void Write(int64_t time_us, const std::string& id, const QuestionRecord* after) {
    const QuestionPtr before = *store().FindQuestion(id);
    ChangeSet changes;
    if (after != nullptr) {
      changes.put_questions = {std::make_shared<const QuestionRecord>(*after)};
    } else {
      changes.delete_questions = {id};
    }
    QuestionVersion version = VersionOf(before.get(), after, {});
    version.id = std::to_string(1000 + writes_++);
    version.time_us = time_us;
    changes.versions = {std::move(version)};
    Apply(changes);
  }
  static QuestionRecord At(int64_t time_us, std::vector<ClaimRow> claims) {
    QuestionRecord question = MakeQuestion("q1", "d1", std::move(claims));
    question.update_time_us = time_us;
    return question;
  }
  static void Same(const QuestionPtr& found, const QuestionRecord& expected) {
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->id, expected.id);
    EXPECT_EQ(found->update_time_us, expected.update_time_us);
    EXPECT_EQ(found->display_name, expected.display_name);
    EXPECT_EQ(found->state, expected.state);
    EXPECT_EQ(found->beliefs.sources, expected.beliefs.sources);
    EXPECT_EQ(found->beliefs.dependences, expected.beliefs.dependences);
    ASSERT_EQ(found->members.size(), expected.members.size());
    for (size_t i = 0; i < found->members.size(); ++i) {
      EXPECT_EQ(found->members[i].id, expected.members[i].id);
      EXPECT_EQ(found->members[i].set_aside, expected.members[i].set_aside);
      EXPECT_EQ(found->members[i].quote, expected.members[i].quote);
    }
    ASSERT_EQ(found->claims.size(), expected.claims.size());
    for (size_t i = 0; i < found->claims.size(); ++i) {
      EXPECT_EQ(found->claims[i].id, expected.claims[i].id);
      EXPECT_EQ(found->claims[i].display_name, expected.claims[i].display_name);
      EXPECT_EQ(found->claims[i].corroboration, expected.claims[i].corroboration);
      EXPECT_EQ(found->claims[i].documents, expected.claims[i].documents);
      EXPECT_EQ(found->claims[i].sources, expected.claims[i].sources);
      EXPECT_EQ(found->claims[i].update_time_us, expected.claims[i].update_time_us);
    }
  }

  std::unique_ptr<StoreFixture> fixture_;
  int writes_ = 0;
};

TEST_P(CorroborationHistoryTest, AQuestionIsToldAsItWasAfterEachWrite) {
  const QuestionRecord first = At(10, {MakeClaim("a", "q1", 0.5)});
  QuestionRecord second = At(20, {MakeClaim("a", "q1", 0.75), MakeClaim("b", "q1", 0.25)});
  RecordedAssertion aside = second.members.front();
  aside.set_aside = true;
  second.members.Replace(0, aside);
  RecordedAssertion more = second.members.front();
  more.id = "a-z";
  more.set_aside = false;
  second.members.push_back(more);
  second.claims.front().documents = {"d-2", "d-3", "d-q1"};
  second.claims.front().sources = {"other"};
  second.beliefs.sources = {{"s2", {SourceKind::kMonitor, 0.5}}};
  second.beliefs.dependences.clear();
  second.state = QuestionState::kDisputed;
  QuestionRecord third = At(30, {MakeClaim("b", "q1", 0.25)});
  third.claims.front().display_name = "in other words";
  third.display_name = "another question";
  Write(10, "q1", &first);
  Write(20, "q1", &second);
  Write(30, "q1", &third);
  Write(40, "q1", nullptr);
  Write(50, "q1", &second);
  fixture_->Reopen();
  EXPECT_EQ(*store().QuestionAt("q1", 9), nullptr);
  Same(*store().QuestionAt("q1", 10), first);
  Same(*store().QuestionAt("q1", 19), first);
  Same(*store().QuestionAt("q1", 20), second);
  Same(*store().QuestionAt("q1", 39), third);
  EXPECT_EQ(*store().QuestionAt("q1", 40), nullptr);
  Same(*store().QuestionAt("q1", 50), second);
  EXPECT_EQ(*store().QuestionAt("q2", 50), nullptr);
}

TEST_P(CorroborationHistoryTest, WritesAreListedInTheirOrder) {
  EXPECT_EQ(*store().LastWrite(), 0);
  const QuestionRecord first = At(10, {MakeClaim("a", "q1", 0.5)});
  QuestionRecord other = MakeQuestion("q2", "d2", {MakeClaim("c", "q2", 0.5)});
  Write(10, "q1", &first);
  Write(10, "q2", &other);
  Write(20, "q1", nullptr);
  fixture_->Reopen();
  const auto ids = [this](const QuestionWrite& after, size_t limit) {
    std::vector<std::string> found;
    const auto writes = *store().WritesAfter(after, limit);
    for (const QuestionWrite& write : writes) {
      found.push_back(write.version + " " + write.question);
    }
    return found;
  };
  EXPECT_THAT(ids({9, "", ""}, 10), ElementsAre("1000 q1", "1001 q2", "1002 q1"));
  EXPECT_THAT(ids({9, "", ""}, 2), ElementsAre("1000 q1", "1001 q2"));
  EXPECT_THAT(ids({10, "1000", "q1"}, 10), ElementsAre("1001 q2", "1002 q1"));
  EXPECT_THAT(ids({10, "", ""}, 10), ElementsAre("1002 q1"));
  EXPECT_THAT(ids({20, "", ""}, 10), IsEmpty());
  const auto before = [this](const QuestionWrite& place, size_t limit) {
    std::vector<std::string> found;
    const auto writes = *store().WritesBefore(place, limit);
    for (const QuestionWrite& write : writes) found.push_back(write.version);
    return found;
  };
  EXPECT_THAT(before({INT64_MAX, "", ""}, 10), ElementsAre("1002", "1001", "1000"));
  EXPECT_THAT(before({INT64_MAX, "", ""}, 2), ElementsAre("1002", "1001"));
  EXPECT_THAT(before({20, "", ""}, 10), ElementsAre("1001", "1000"));
  EXPECT_THAT(before({10, "1001", "q2"}, 10), ElementsAre("1000"));
  EXPECT_THAT(before({10, "", ""}, 10), IsEmpty());
  EXPECT_EQ(*store().LastWrite(), 20);
}

TEST_P(CorroborationHistoryTest, WhatAClaimWasPartOfIsKnownWhenItIsGone) {
  const QuestionRecord first = At(10, {MakeClaim("a", "q1", 0.5), MakeClaim("b", "q1", 0.25)});
  const QuestionRecord second = At(20, {MakeClaim("b", "q1", 0.25)});
  Write(10, "q1", &first);
  EXPECT_EQ(*store().HomeOfClaim("a"), "q1");
  Write(20, "q1", &second);
  Write(30, "q1", nullptr);
  fixture_->Reopen();
  EXPECT_EQ(*store().HomeOfClaim("a"), "q1");
  EXPECT_EQ(*store().HomeOfClaim("b"), "q1");
  EXPECT_EQ(*store().HomeOfClaim("never"), "");
}

TEST_P(CorroborationHistoryTest, AliasesKeepWhereTheyOnceLed) {
  ChangeSet changes;
  changes.aliases = {{"a", "b", 10}};
  Apply(changes);
  changes.aliases = {{"a", "c", 20}, {"c", "d", 20}};
  Apply(changes);
  fixture_->Reopen();
  EXPECT_EQ(*store().ResolveAlias("a"), "d");
  EXPECT_THAT(*store().AliasHistory("a"), ElementsAre(Alias{"a", "b", 10}, Alias{"a", "c", 20}));
  EXPECT_THAT(*store().AliasHistory("c"), ElementsAre(Alias{"a", "c", 20}, Alias{"c", "d", 20}));
  EXPECT_THAT(*store().AliasHistory("nobody"), IsEmpty());
}

TEST_P(CorroborationHistoryTest, CorrectionsAndReviewsAreToldAsTheyStood) {
  Source source;
  source.id = "s1";
  source.display_name = "The Observatory";
  source.curated = true;
  source.update_time_us = 10;
  Source renamed = source;
  renamed.display_name = "The Monitor";
  renamed.update_time_us = 20;
  Source met;
  met.id = "s0";
  ChangeSet changes;
  changes.met_sources = {met};
  changes.put_sources = {source};
  changes.reviews = {{"0001", "a", ReviewDecision::kConfirmed, "Ann", "saw it", 10}};
  Apply(changes);
  changes.put_sources = {renamed};
  changes.reviews = {{"0002", "a", ReviewDecision::kRefuted, "Bob", "a mistake", 20}};
  Apply(changes);
  fixture_->Reopen();
  EXPECT_THAT(*store().CuratedSourcesAt(9), IsEmpty());
  EXPECT_THAT(*store().CuratedSourcesAt(19), ElementsAre(source));
  EXPECT_THAT(*store().CuratedSourcesAt(20), ElementsAre(renamed));
  EXPECT_FALSE((*store().ReviewAt("a", 9)).has_value());
  EXPECT_EQ((*store().ReviewAt("a", 19))->id, "0001");
  EXPECT_EQ((*store().ReviewAt("a", 20))->id, "0002");
  EXPECT_FALSE((*store().ReviewAt("b", 20)).has_value());
  EXPECT_EQ(*store().HistoryBegins(), 0);
}

INSTANTIATE_TEST_SUITE_P(Stores, CorroborationHistoryTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
