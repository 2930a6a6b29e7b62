// A workspace is the store with the changes applied, and hands them over as one change set.
#include "services/corroboration/engine/workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/corroboration/store/memory_store.h"
#include "tests/contract/corroboration_store_fixture.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

QuestionPtr Question(const std::string& id, const std::string& document, std::vector<uint64_t> keys,
                     double score = 0.5) {
  QuestionRecord question = MakeQuestion(id, document, {MakeClaim("c-" + id, id, score)});
  question.keys = std::move(keys);
  return std::make_shared<const QuestionRecord>(std::move(question));
}

DocumentRow Document(const std::string& id, const std::string& digest) {
  DocumentRow row;
  row.context.id = id;
  row.content_digest = digest;
  return row;
}

Source Named(const std::string& id, const std::string& name) {
  Source source;
  source.id = id;
  source.display_name = name;
  return source;
}

// What the store has, and two documents that are recorded after it.
ChangeSet Before() {
  ChangeSet changes;
  changes.put_questions = {Question("q1", "d0", {1, 2}), Question("q2", "d0", {2, 3}),
                           Question("q3", "d3", {9})};
  changes.put_documents = {Document("d0", "old")};
  changes.add_counts = {{"s1", "killed", 5, 1}};
  changes.add_pairs = {{"s1", "s2", "killed", 7, 0, 0}};
  return changes;
}

ChangeSet First() {
  ChangeSet changes;
  changes.delete_questions = {"q2"};
  changes.put_questions = {Question("q1", "d1", {1, 2, 3}), Question("q4", "d1", {4})};
  changes.aliases = {{"q2", "q1", 10}};
  changes.put_documents = {Document("d1", "first")};
  changes.put_texts = {{"d1", {"aleppo"}}};
  changes.met_sources = {Named("s1", "first name")};
  changes.add_counts = {{"s1", "killed", 1, 0}, {"s2", "killed", 1, 0}};
  changes.add_pairs = {{"s1", "s2", "control", 1, 0, 0}, {"s1", "s2", "killed", 0, 1, 0}};
  changes.revisions = {MakeRevision("r1", "c-q1", 10)};
  return changes;
}

ChangeSet Second() {
  ChangeSet changes;
  changes.delete_questions = {"q4"};
  changes.put_questions = {Question("q1", "d2", {1}, 0.75), Question("q2", "d2", {3})};
  changes.put_documents = {Document("d1", "second"), Document("d2", "second")};
  changes.put_texts = {{"d1", {"homs"}}, {"d2", {"homs"}}};
  changes.met_sources = {Named("s1", "second name"), Named("s3", "third")};
  changes.add_counts = {{"s1", "killed", 0, 2}};
  changes.add_pairs = {{"s1", "s2", "killed", -1, 0, 3}};
  changes.revisions = {MakeRevision("r2", "c-q1", 20)};
  return changes;
}

std::vector<std::string> Ids(const absl::StatusOr<std::vector<QuestionPtr>>& questions) {
  std::vector<std::string> ids;
  EXPECT_TRUE(questions.ok());
  for (const QuestionPtr& question : *questions) ids.push_back(question->id);
  return ids;
}

std::vector<std::string> ClaimsIn(MemoryStore& store) {
  std::vector<std::string> claims;
  const auto visit = [&](const ClaimRow& row) {
    claims.push_back(row.id + " of " + row.question + " " + SortValue(row, ClaimOrder::kScore));
    return true;
  };
  EXPECT_TRUE(store.ScanClaims(ClaimOrder::kScore, {}, visit).ok());
  return claims;
}

class WorkspaceTest : public ::testing::Test {
 protected:
  WorkspaceTest() {
    Apply(Before(), store_);
    for (const ChangeSet& changes : {Before(), First(), Second()}) Apply(changes, one_by_one_);
  }
  static void Apply(const ChangeSet& changes, Store& store) {
    const absl::Status status = store.Apply(changes);
    EXPECT_TRUE(status.ok()) << status;
  }

  MemoryStore store_;
  MemoryStore one_by_one_;
  Workspace workspace_{store_};
};

TEST_F(WorkspaceTest, AnswersAsIfItsChangesWereApplied) {
  // Whatever was read before, a part of it or all.
  ASSERT_TRUE(workspace_.ReadAhead({"d0", "d1"}, {1, 2}).ok());
  EXPECT_THAT(Ids(workspace_.QuestionsByKeys({2})), ElementsAre("q1", "q2"));
  workspace_.Add(First());
  EXPECT_THAT(Ids(workspace_.QuestionsByKeys({3})), ElementsAre("q1"));
  workspace_.Add(Second());
  for (const uint64_t key : {1, 2, 3, 4, 9}) {
    EXPECT_EQ(Ids(workspace_.QuestionsByKeys({key})), Ids(one_by_one_.QuestionsByKeys({key})))
        << key;
  }
  for (const std::string document : {"d0", "d1", "d2", "d3", "none"}) {
    EXPECT_EQ(Ids(workspace_.QuestionsOfDocument(document)),
              Ids(one_by_one_.QuestionsOfDocument(document)))
        << document;
  }
  EXPECT_EQ((*workspace_.FindDocument("d1"))->content_digest, "second");
  EXPECT_EQ((*workspace_.FindDocument("d0"))->content_digest, "old");
  EXPECT_FALSE(workspace_.FindDocument("none")->has_value());
  const Learned learned = workspace_.LearnedSoFar();
  EXPECT_EQ(learned.counts("s1", "killed")->right, 6);
  EXPECT_EQ(learned.counts("s1", "killed")->wrong, 3);
  EXPECT_EQ(learned.counts("s2", "killed")->right, 1);
  EXPECT_EQ(*learned.pair("s1", "s2"), *one_by_one_.PairOf("s1", "s2"));
  EXPECT_THAT(*learned.pair("s1", "s3"), IsEmpty());
}

TEST_F(WorkspaceTest, WhatItTakesDownIsWhatEachWouldHaveChanged) {
  EXPECT_TRUE(workspace_.empty());
  workspace_.Add(First());
  workspace_.Add(Second());
  EXPECT_FALSE(workspace_.empty());
  const ChangeSet changes = workspace_.Take();
  EXPECT_EQ(changes.put_questions.size(), 2U);
  EXPECT_THAT(changes.delete_questions, ElementsAre("q4"));
  EXPECT_EQ(changes.add_counts.size(), 2U);
  Apply(changes, store_);
  EXPECT_EQ(ClaimsIn(store_), ClaimsIn(one_by_one_));
  EXPECT_EQ(*store_.PairsWith("s1"), *one_by_one_.PairsWith("s1"));
  EXPECT_EQ(*store_.AliasHistory("q1"), *one_by_one_.AliasHistory("q1"));
  EXPECT_EQ((*store_.FindSource("s1"))->display_name, "first name");
  EXPECT_EQ((*store_.FindDocument("d1"))->content_digest, "second");
  EXPECT_THAT(**store_.DocumentsWith({{"homs"}}, 9), ElementsAre("d1", "d2"));
  EXPECT_EQ(store_.RevisionsAfter("", 9)->size(), 2U);
}

}  // namespace
}  // namespace consilience::corroboration::testing
