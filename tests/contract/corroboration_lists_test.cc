// Lists of claims, as every corroboration store must give them.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/corroboration/store/store.h"
#include "tests/contract/corroboration_store_fixture.h"

namespace consilience::corroboration::testing {
namespace {

class CorroborationListsTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override { fixture_ = GetParam().make(); }
  Store& store() { return fixture_->store(); }

  void Put(QuestionRecord question) {
    ChangeSet changes;
    changes.put_questions = {std::make_shared<const QuestionRecord>(std::move(question))};
    const absl::Status status = store().Apply(changes);
    ASSERT_TRUE(status.ok()) << status;
  }

  std::unique_ptr<StoreFixture> fixture_;
};

TEST_P(CorroborationListsTest, ListsThoseWithAPlaceOrStateInEveryOrderFromAnyPlace) {
  for (int i = 0; i < 24; ++i) {
    ClaimRow row = MakeClaim("c" + std::to_string(i), "q" + std::to_string(i),
                             0.05 * (i % 7) + 3e-13 * (i % 4) + 1e-8 * (i % 2));
    row.place = i % 3 == 0 ? "Homs" : i % 3 == 1 ? std::string(5000, 'x') : "";
    row.from = "2016-11-" + std::to_string(10 + i % 5);
    row.corroboration.state = i % 2 == 0 ? ClaimState::kDisputed : ClaimState::kSuperseded;
    row.corroboration.effective_origins = 1.0 + i % 4;
    Put(MakeQuestion("q" + std::to_string(i), "d", {row}));
  }
  ClaimRow moved = MakeClaim("c0", "q0", 0.9);
  moved.place = "Idlib";
  Put(MakeQuestion("q0", "d", {moved}));
  for (const ClaimOrder order :
       {ClaimOrder::kScoreDescending, ClaimOrder::kScore, ClaimOrder::kEffectiveDescending,
        ClaimOrder::kUpdateTimeDescending, ClaimOrder::kFrom}) {
    for (const FacetValue& with :
         {FacetValue{ClaimFacet::kPlace, "Homs"}, FacetValue{ClaimFacet::kPlace, "Idlib"},
          FacetValue{ClaimFacet::kPlace, PlaceKey(std::string(5000, 'x'))},
          FacetValue{ClaimFacet::kPlace, ""}, FacetValue{ClaimFacet::kPlace, "nowhere"},
          FacetValue{ClaimFacet::kState, "DISPUTED"}}) {
      std::vector<ClaimRow> all;
      std::vector<std::pair<std::string, std::string>> keys;
      ASSERT_TRUE(store()
                      .ScanClaims(order, {},
                                  [&](const ClaimRow& row) {
                                    keys.emplace_back(SortValue(row, order), row.id);
                                    if (ValueOf(row, with.facet) == with.value) all.push_back(row);
                                    return true;
                                  })
                      .ok());
      EXPECT_EQ(keys.size(), 24U);
      EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
      for (size_t after = 0; after <= all.size(); after += 3) {
        const Cursor cursor =
            after == 0 ? Cursor() : Cursor{SortValue(all[after - 1], order), all[after - 1].id};
        std::vector<std::string> found;
        const absl::Status status =
            store().ScanClaimsWith(with, order, cursor, [&](const ClaimRow& row) {
              found.push_back(row.id);
              return true;
            });
        ASSERT_TRUE(status.ok()) << status;
        std::vector<std::string> expected;
        for (size_t i = after; i < all.size(); ++i) expected.push_back(all[i].id);
        EXPECT_EQ(found, expected) << static_cast<int>(order) << " " << with.value;
      }
    }
  }
}

TEST_P(CorroborationListsTest, ListsQuestionsInEveryOrderFromAnyPlace) {
  const std::string long_name = "Сколько" + std::string(300, 'x');
  for (int i = 0; i < 12; ++i) {
    ClaimRow row = MakeClaim("c" + std::to_string(i), "q" + std::to_string(i), 0.5);
    row.from = i % 4 == 0 ? "" : "2016-11-" + std::to_string(30 - i % 3);
    QuestionRecord question = MakeQuestion(row.question, "d", {row});
    question.display_name = i % 3 == 0 ? long_name + std::to_string(12 - i) : "How many, " + row.id;
    Put(question);
  }
  QuestionRecord renamed = MakeQuestion("q1", "d", {MakeClaim("c1", "q1", 0.5)});
  renamed.display_name = "A first one";
  renamed.claims.front().from = "2017-01-01";
  Put(renamed);
  Put(renamed);
  ChangeSet gone;
  gone.delete_questions = {"q2"};
  ASSERT_TRUE(store().Apply(gone).ok());
  fixture_->Reopen();
  for (const QuestionOrder order : {QuestionOrder::kFrom, QuestionOrder::kDisplayName}) {
    std::vector<std::pair<std::string, std::string>> expected;
    ASSERT_TRUE(store()
                    .ScanQuestions("",
                                   [&](const QuestionRecord& question) {
                                     expected.emplace_back(SortValue(question, order), question.id);
                                     return true;
                                   })
                    .ok());
    ASSERT_EQ(expected.size(), 11U);
    std::sort(expected.begin(), expected.end());
    std::vector<std::pair<std::string, std::string>> found;
    Cursor after;
    while (true) {
      const auto places = store().QuestionsInOrder(order, after, 3);
      ASSERT_TRUE(places.ok()) << places.status();
      for (const Cursor& place : *places) found.emplace_back(place.value, place.id);
      if (places->size() < 3) break;
      after = places->back();
    }
    EXPECT_EQ(found, expected) << static_cast<int>(order);
  }
}

// What a list shows of a claim comes back with it.
TEST_P(CorroborationListsTest, ARowComesWithWhatItsLeaderSays) {
  QuestionRecord question = MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5)});
  question.claims.front().value = "more than 100";
  question.claims.front().leader = question.members.shared().front();
  Put(question);
  fixture_->Reopen();
  EXPECT_EQ((*store().FindQuestion("q1"))->claims.front(), question.claims.front());
  std::vector<ClaimRow> rows;
  ASSERT_TRUE(store()
                  .ScanClaims(ClaimOrder::kScore, {},
                              [&](const ClaimRow& row) {
                                rows.push_back(row);
                                return true;
                              })
                  .ok());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front(), question.claims.front());
  ASSERT_NE(rows.front().leader, nullptr);
  EXPECT_EQ(rows.front().leader->said.quantity->lower, 100);
  EXPECT_TRUE(rows.front().leader->said.quantity->lower_open);
}

TEST_P(CorroborationListsTest, DocumentsAreFoundByTheirWords) {
  const auto put = [&](const std::string& document, SearchWords words) {
    ChangeSet changes;
    changes.put_texts = {{document, std::move(words)}};
    ASSERT_TRUE(store().Apply(changes).ok());
  };
  using Documents = std::vector<std::string>;
  const auto find = [&](const std::string& query, size_t most = 10) {
    const auto found = store().DocumentsWith(SearchTermsOf(query), most);
    EXPECT_TRUE(found.ok()) << found.status();
    return *found;
  };
  put("d2", {"aleppo", "1412", "killed"});
  put("d1", {"aleppo", "141", "observatory"});
  put("d3", {"алеппо", "homs"});
  put("d4", {"homs"});
  put("d4", {"idlib"});
  put("d5", {"homs"});
  put("d5", {});
  fixture_->Reopen();
  EXPECT_EQ(find("Alep"), Documents({"d1", "d2"}));
  EXPECT_EQ(find("141"), Documents({"d1"}));
  EXPECT_EQ(find("al-Aleppo KILL"), Documents({"d2"}));
  EXPECT_EQ(find("Алепп"), Documents({"d3"}));
  EXPECT_EQ(find("Homs"), Documents({"d3"}));
  EXPECT_EQ(find("idlib"), Documents({"d4"}));
  EXPECT_EQ(find("homs idlib"), Documents());
  EXPECT_EQ(find("aleppo", 2), Documents({"d1", "d2"}));
  EXPECT_EQ(find("aleppo", 1), std::nullopt);
  for (int i = 0; i < 600; ++i) put("x" + std::to_string(i), {"crowd", "n" + std::to_string(i)});
  EXPECT_EQ(find("crowd", 1000)->size(), 600U);
  put("x0", {"few"});
  put("x599", {"few"});
  fixture_->Reopen();
  EXPECT_EQ(find("crowd", 1000)->size(), 598U);
  EXPECT_EQ(find("few"), Documents({"x0", "x599"}));
  EXPECT_EQ(find("n123"), Documents({"x123"}));
  EXPECT_EQ(find("n0"), Documents());
  EXPECT_EQ(find("Alep"), Documents({"d1", "d2"}));
}

// As of an earlier version, which wrote no words.
TEST_P(CorroborationListsTest, WordsOfDocumentsAreFilledIn) {
  QuestionRecord question = MakeQuestion("q1", "d1", {MakeClaim("a", "q1", 0.5)});
  const std::string quote = question.members.front().quote;
  ASSERT_FALSE(quote.empty());
  ChangeSet changes;
  changes.put_questions = {std::make_shared<const QuestionRecord>(std::move(question))};
  changes.put_documents.push_back({});
  changes.put_documents.back().context.id = "d1";
  ASSERT_TRUE(store().Apply(changes).ok());
  if (!fixture_->Reopen()) GTEST_SKIP() << "keeps nothing";
  const auto found = store().DocumentsWith(SearchTermsOf(quote), 10);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, std::vector<std::string>({"d1"}));
}

INSTANTIATE_TEST_SUITE_P(Stores, CorroborationListsTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
