// What the durable corroboration store promises across kills, damage and upgrades.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "services/common/errors/error.h"
#include "services/common/store/sqlite/database.h"
#include "services/corroboration/store/codec.h"
#include "services/corroboration/store/sqlite_schema.h"
#include "services/corroboration/store/sqlite_store.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/support/process.h"

namespace consilience::corroboration::testing {
namespace {

class CorroborationDurabilityTest : public ::testing::Test {
 protected:
  std::string path() const { return (dir_ / "corroboration.db").string(); }

  static ChangeSet Change(int i) {
    ChangeSet changes;
    const std::string id = std::to_string(i);
    changes.put_questions = {std::make_shared<const QuestionRecord>(
        MakeQuestion("q" + id, "d" + id, {MakeClaim("c" + id, "q" + id, 0.5)}))};
    changes.add_counts = {{"s1", "killed", 1, 0}};
    return changes;
  }

  consilience::testing::TempDir dir_;
};

// A writer that is killed in the middle leaves every change that it was told of, and no half one.
TEST_F(CorroborationDurabilityTest, WhatWasAcknowledgedSurvivesAKill) {
  int acknowledged[2];
  ASSERT_EQ(pipe(acknowledged), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto store = SqliteStore::Open(path());
    for (int i = 0; store.ok(); ++i) {
      if (!(*store)->Apply(Change(i)).ok() || !(*store)->Sync().ok()) break;
      const char byte = 1;
      if (write(acknowledged[1], &byte, 1) != 1) break;
    }
    _exit(1);
  }
  close(acknowledged[1]);
  int count = 0;
  char byte = 0;
  while (count < 40 && read(acknowledged[0], &byte, 1) == 1) ++count;
  kill(child, SIGKILL);
  while (read(acknowledged[0], &byte, 1) == 1) ++count;
  close(acknowledged[0]);
  waitpid(child, nullptr, 0);
  ASSERT_GE(count, 40);
  auto store = SqliteStore::Open(path());
  ASSERT_TRUE(store.ok()) << store.status();
  for (int i = 0; i < count; ++i) {
    ASSERT_NE(*(*store)->FindQuestion("q" + std::to_string(i)), nullptr) << i;
  }
  int64_t questions = 0;
  ASSERT_TRUE((*store)
                  ->ScanQuestions("",
                                  [&](const QuestionRecord& question) {
                                    EXPECT_EQ(question.claims.size(), 1U);
                                    ++questions;
                                    return true;
                                  })
                  .ok());
  EXPECT_EQ((*store)->CountsOf("s1", "killed")->right, questions);
}

TEST_F(CorroborationDurabilityTest, ATurnThatFailsLeavesNothingOfWhatItApplied) {
  auto store = *SqliteStore::Open(path());
  ASSERT_TRUE(store->Apply(Change(1)).ok());
  ASSERT_EQ(store->CountsOf("s1", "killed")->right, 1);
  const absl::Status status = store->Exclusively([&](const Shared& /*shared*/) {
    EXPECT_TRUE(store->Apply(Change(2)).ok());
    EXPECT_EQ(store->CountsOf("s1", "killed")->right, 2);
    return absl::CancelledError("enough");
  });
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_EQ(*store->FindQuestion("q2"), nullptr);
  EXPECT_NE(*store->FindQuestion("q1"), nullptr);
  EXPECT_EQ(store->CountsOf("s1", "killed")->right, 1);
}

// One write of a turn that the disk refuses is an error of the whole turn.
TEST_F(CorroborationDurabilityTest, ATurnInWhichOneWriteFailedIsNotKept) {
  auto store = *SqliteStore::Open(path());
  ChangeSet twice = Change(2);
  twice.revisions = {MakeRevision("r1", "c2", 1), MakeRevision("r1", "c2", 1)};
  const absl::Status status = store->Exclusively([&](const Shared& /*shared*/) {
    EXPECT_TRUE(store->Apply(Change(1)).ok());
    EXPECT_FALSE(store->Apply(twice).ok());
    return absl::OkStatus();
  });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(*store->FindQuestion("q1"), nullptr);
  ASSERT_TRUE(store->Apply(Change(3)).ok());
  EXPECT_NE(*store->FindQuestion("q3"), nullptr);
}

TEST_F(CorroborationDurabilityTest, ClaimsOfAnEarlierVersionAreListedByPlaceAndState) {
  {
    auto store = *SqliteStore::Open(path());
    ASSERT_TRUE(store->Apply(Change(1)).ok());
  }
  {
    auto database = *common::sqlite::Database::Open(path(), {});
    ASSERT_TRUE(database.Execute("UPDATE claim SET place = NULL, state = NULL").ok());
  }
  auto store = *SqliteStore::Open(path());
  for (const FacetValue& with : {FacetValue{ClaimFacet::kPlace, "Aleppo"},
                                 FacetValue{ClaimFacet::kState, "SINGLE_ORIGIN"}}) {
    int found = 0;
    ASSERT_TRUE(store
                    ->ScanClaimsWith(with, ClaimOrder::kScoreDescending, {},
                                     [&](const ClaimRow& /*row*/) {
                                       ++found;
                                       return true;
                                     })
                    .ok());
    EXPECT_EQ(found, 1) << with.value;
  }
}

// Up to there questions, claims and documents lay in the order of their ids.
constexpr int kById = 9;

TEST_F(CorroborationDurabilityTest, AStoreInTheOrderOfIdsIsTakenOverWhole) {
  const QuestionRecord question = MakeQuestion("q1", "d1", {MakeClaim("c1", "q1", 0.5)});
  DocumentRow document;
  document.context.id = "d1";
  document.content_digest = "x";
  {
    auto database = *common::sqlite::Database::Open(path(), {});
    std::vector<common::sqlite::Migration> earlier = Migrations();
    std::erase_if(earlier, [](const auto& migration) { return migration.version > kById; });
    ASSERT_TRUE(Migrate(database, earlier).ok());
    const auto insert = [&](const std::string& sql, const auto&... values) {
      EXPECT_TRUE(database.Prepare(sql)->Bind(values...).Run().ok()) << sql;
    };
    insert("INSERT INTO question(project, id, record) VALUES ('default', ?, ?)", question.id,
           Encode(question));
    insert(
        "INSERT INTO claim(project, id, question, by_score, by_score_up, by_effective, by_update, "
        "by_from, record) VALUES ('default', 'c1', 'q1', '1', '2', '3', '4', '5', ?)",
        Encode(question.claims.front()));
    insert("INSERT INTO document(project, id, record) VALUES ('default', 'd1', ?)",
           Encode(document));
  }
  auto store = *SqliteStore::Open(path());
  EXPECT_EQ((*store->QuestionOfClaim("c1"))->id, "q1");
  EXPECT_EQ((*store->FindDocument("d1"))->content_digest, "x");
  EXPECT_EQ(store->QuestionsInOrder(QuestionOrder::kDisplayName, {}, 10)->size(), 1U);
  for (const ClaimOrder order :
       {ClaimOrder::kScoreDescending, ClaimOrder::kScore, ClaimOrder::kEffectiveDescending,
        ClaimOrder::kUpdateTimeDescending, ClaimOrder::kFrom}) {
    std::vector<std::string> claims;
    const auto list = [&](const ClaimRow& row) {
      claims.push_back(row.id);
      return true;
    };
    ASSERT_TRUE(store->ScanClaims(order, {}, list).ok());
    EXPECT_EQ(claims, std::vector<std::string>{"c1"});
  }
}

TEST_F(CorroborationDurabilityTest, AFileThatIsNoStoreIsRefused) {
  consilience::testing::WriteFile(path(), std::string(8192, 'x'));
  const auto store = SqliteStore::Open(path());
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(common::ErrorReason(store.status()), "STORE_CORRUPT");
}

TEST_F(CorroborationDurabilityTest, ARecordThatCannotBeReadBackIsAnErrorAndNotAnAnswer) {
  {
    auto store = *SqliteStore::Open(path());
    ASSERT_TRUE(store->Apply(Change(1)).ok());
  }
  {
    auto database = *common::sqlite::Database::Open(path(), {});
    ASSERT_TRUE(database.Execute("UPDATE question SET record = x'ffffffff'").ok());
  }
  auto store = *SqliteStore::Open(path());
  const auto found = store->FindQuestion("q1");
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(common::ErrorReason(found.status()), "STORE_CORRUPT");
}

TEST_F(CorroborationDurabilityTest, AStoreOfALaterVersionIsRefused) {
  ASSERT_TRUE(SqliteStore::Open(path()).ok());
  {
    auto database = *common::sqlite::Database::Open(path(), {});
    ASSERT_TRUE(database.Execute("INSERT INTO schema_version VALUES (1000)").ok());
  }
  const auto store = SqliteStore::Open(path());
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(common::ErrorReason(store.status()), "STORE_TOO_NEW");
}

}  // namespace
}  // namespace consilience::corroboration::testing
