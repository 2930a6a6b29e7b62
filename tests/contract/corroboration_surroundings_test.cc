// What a turn reads ahead, as every corroboration store must give it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/contract/corroboration_store_fixture.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CorroborationSurroundingsTest : public ::testing::TestWithParam<StoreKind> {};

std::vector<std::string> Ids(const std::vector<QuestionPtr>& questions) {
  std::vector<std::string> ids;
  for (const QuestionPtr& question : questions) ids.push_back(question->id);
  return ids;
}

TEST_P(CorroborationSurroundingsTest, TheSurroundingsOfDocumentsAreFoundAtOnce) {
  const auto store = GetParam().make();
  ChangeSet changes;
  QuestionRecord by_key = MakeQuestion("q1", "d9", {MakeClaim("a", "q1", 0.5)});
  by_key.keys = {1, 2};
  QuestionRecord by_both = MakeQuestion("q2", "d1", {MakeClaim("b", "q2", 0.5)});
  by_both.keys = {2, 0xFFFF'FFFF'FFFF'FFF0ULL};
  QuestionRecord neither = MakeQuestion("q3", "d8", {MakeClaim("c", "q3", 0.5)});
  neither.keys = {5};
  for (const QuestionRecord& question : {by_both, neither, by_key}) {
    changes.put_questions.push_back(std::make_shared<const QuestionRecord>(question));
  }
  changes.put_documents.emplace_back().context.id = "d1";
  changes.put_documents.emplace_back().context.id = "d8";
  changes.put_decisions = {{"x2", "d1", true, "", "", "me", "", 1},
                           {"x1", "d1", true, "", "", "me", "", 1},
                           {"x3", "d8", true, "", "", "me", "", 1}};
  ASSERT_TRUE(store->store().Apply(changes).ok());
  const auto found =
      store->store().SurroundingsOf({"d1", "d2"}, {1, 2, 7, 0xFFFF'FFFF'FFFF'FFF0ULL});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(Ids(found->questions), ElementsAre("q1", "q2"));
  ASSERT_EQ(found->documents.size(), 1U);
  EXPECT_EQ(found->documents.front().context.id, "d1");
  ASSERT_EQ(found->decisions.size(), 2U);
  EXPECT_EQ(found->decisions[0].assertion, "x1");
  EXPECT_EQ(found->decisions[1].assertion, "x2");
  EXPECT_THAT(Ids(store->store().SurroundingsOf({}, {5})->questions), ElementsAre("q3"));
  EXPECT_THAT(Ids(store->store().SurroundingsOf({"d2"}, {})->questions), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Stores, CorroborationSurroundingsTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
