// Methods as their callers see them, over an engine in memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/common/errors/error.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/service/lookup.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

class HandlersTest : public ::testing::Test {
 protected:
  void Record(const DocumentRecord& record) {
    const auto result = world_.engine().Record(record);
    ASSERT_TRUE(result.ok()) << result.status();
  }
  std::string NameOf(const std::string& words) {
    return "claims/" + world_.ClaimOf(words).claim().id;
  }
  v1::ListClaimsResponse List(const std::string& filter, int size = 0,
                              const std::string& token = "") {
    v1::ListClaimsRequest request;
    request.set_filter(filter);
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListClaimsResponse response;
    const absl::Status status = ListClaims(world_.engine(), request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  World world_;
};

TEST_F(HandlersTest, MergesThatAreNotBelievedMakeMoreWitnesses) {
  Record(OneToll("a", "Outlet A", "United Nations", 40, "the first says forty were killed"));
  Record(OneToll("b", "Outlet B", "United Nations", 40, "another report has it that forty died"));
  const ClaimView view = world_.ClaimOf("the first");
  ASSERT_EQ(view.explanation().origins.size(), 1U);
  v1::SimulateClaimRequest request;
  request.set_name(NameOf("the first"));
  request.add_without_merges_of(view.explanation().origins.front().id);
  v1::SimulateClaimResponse response;
  ASSERT_TRUE(SimulateClaim(world_.engine(), request, response).ok());
  EXPECT_EQ(response.before().origin_count(), 1);
  EXPECT_EQ(response.after().origin_count(), 2);
  EXPECT_GT(response.after().score(), response.before().score());
  request.add_without_merges_of("nobody");
  EXPECT_EQ(common::ErrorReason(SimulateClaim(world_.engine(), request, response)),
            "FIELD_INVALID");
}

// Rules may change under a store: what they now make of it is not written before the next record.
TEST(ChangedRulesTest, AClaimThatNoWriteHasMadeYetCanBeTold) {
  Configuration lax = DefaultConfiguration();
  for (FamilyRule& family : lax.families) family.kernel.absolute = 1000;
  World before(lax);
  const auto record = [&](const DocumentRecord& said) {
    ASSERT_TRUE(before.engine().Record(said).ok());
  };
  record(OneToll("a", "Outlet A", "United Nations", 40, "the first says forty were killed"));
  record(OneToll("b", "Outlet B", "Syrian army", 90, "the second counts ninety of them"));
  const std::string question = before.ClaimOf("the first").claim().question;
  World after(before.store());
  const auto view = after.engine().FindQuestion(question);
  ASSERT_TRUE(view.ok() && view->has_value());
  ASSERT_EQ((*view)->record->claims.size(), 1U);
  ASSERT_EQ((*view)->question.claims.size(), 2U);
  int dated = 0;
  for (size_t c = 0; c < 2; ++c) {
    const auto claim = ClaimMessage(after.engine(), {**view, c}, Detail::kFull);
    ASSERT_TRUE(claim.ok()) << claim.status();
    EXPECT_EQ(claim->assertions_size(), 1);
    EXPECT_EQ(claim->has_create_time(), !claim->etag().empty());
    dated += claim->has_create_time() ? 1 : 0;
  }
  EXPECT_LE(dated, 1);
}

// Lists are made of rows, single claims are assessed: they must tell the same.
TEST_F(HandlersTest, AListTellsOfAClaimWhatGettingItTells) {
  for (const DocumentRecord& record : RandomDocuments(11).Take(40)) Record(record);
  ASSERT_TRUE(world_.engine().Refresh().ok());
  const auto listed = List("", 1000);
  ASSERT_GT(listed.claims_size(), 20);
  for (const v1::Claim& claim : listed.claims()) {
    v1::GetClaimRequest request;
    request.set_name(claim.name());
    request.set_view(v1::CLAIM_VIEW_BASIC);
    v1::Claim got;
    ASSERT_TRUE(GetClaim(world_.engine(), request, got).ok());
    EXPECT_EQ(claim.DebugString(), got.DebugString());
  }
}

TEST_F(HandlersTest, AFilterThatNamesADocumentOrSourceFindsWhatWalkingWould) {
  Record(OneToll("a", "Outlet A", "United Nations", 40, "the first says forty were killed"));
  Record(OneToll("b", "Outlet B", "Syrian army", 90, "the second counts ninety of them"));
  Record(OneToll("c", "Outlet C", "United Nations", 90, "the third agrees on ninety there"));
  const std::string nations = world_.engine().directory()->Resolve("United Nations", false);
  for (const std::string& filter :
       {std::string("document = documents/a"), std::string("place = Aleppo"),
        std::string("state = DISPUTED"), "source = sources/" + nations,
        "question = questions/" + world_.ClaimOf("the first").claim().question}) {
    // A needless alternative keeps the index from being asked.
    const auto walked = List("(" + filter + " OR " + filter + ")");
    const auto found = List(filter);
    ASSERT_GT(found.claims_size(), 0) << filter;
    ASSERT_EQ(found.claims_size(), walked.claims_size()) << filter;
    for (int i = 0; i < found.claims_size(); ++i) {
      EXPECT_EQ(found.claims(i).name(), walked.claims(i).name());
    }
  }
  const std::string both = "source = sources/" + nations;
  const auto first = List(both, 1);
  ASSERT_FALSE(first.next_page_token().empty());
  const auto second = List(both, 1, first.next_page_token());
  ASSERT_EQ(second.claims_size(), 1);
  EXPECT_NE(second.claims(0).name(), first.claims(0).name());
  EXPECT_TRUE(second.next_page_token().empty());
}

TEST_F(HandlersTest, ClaimsAreFoundByTheWordsOfOneAssertion) {
  Record(OneToll("a", "Outlet A", "United Nations", 40, "the Fírst says forty were killed"));
  Record(OneToll("b", "Outlet B", "Syrian army", 90, "the second counts ninety of them"));
  const auto search = [&](const std::string& query, const std::string& filter = "") {
    v1::SearchClaimsRequest request;
    request.set_query(query);
    request.set_filter(filter);
    v1::SearchClaimsResponse response;
    const absl::Status status = SearchClaims(world_.engine(), request, response);
    EXPECT_TRUE(status.ok()) << status;
    std::vector<std::string> names;
    for (const v1::Claim& claim : response.claims()) names.push_back(claim.name());
    return names;
  };
  const std::vector<std::string> first = {NameOf("forty")};
  EXPECT_EQ(search("first FORT"), first);
  EXPECT_EQ(search("al-Aleppo nations kill"), first);
  EXPECT_EQ(search("aleppo").size(), 2U);
  EXPECT_TRUE(search("first ninety").empty());
  EXPECT_TRUE(search("first", "place = Homs").empty());
  ASSERT_TRUE(world_.engine().Withdraw("a", "retracted", "").ok());
  EXPECT_TRUE(search("first").empty());
}

// By the log of writes or an index of places, or all of them sorted: the pages are the same.
TEST_F(HandlersTest, QuestionsAreListedByTheirLastWrite) {
  for (const DocumentRecord& record : RandomDocuments(12).Take(60)) {
    Record(record);
    if (record.document.id.back() % 3 == 0) world_.clock().Advance(absl::Seconds(1));
  }
  ASSERT_TRUE(world_.engine().Refresh().ok());
  const auto list = [&](const std::string& filter) {
    std::vector<std::string> names;
    v1::ListQuestionsRequest request;
    request.set_filter(filter);
    request.set_page_size(3);
    do {
      v1::ListQuestionsResponse response;
      const absl::Status status = ListQuestions(world_.engine(), request, response);
      EXPECT_TRUE(status.ok()) << status;
      for (const v1::Question& question : response.questions()) names.push_back(question.name());
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return names;
  };
  std::vector<std::pair<int64_t, std::string>> sorted;
  std::map<std::string, std::set<std::string>> at;  // by place
  ASSERT_TRUE(world_.store()
                  .ScanQuestions("",
                                 [&](const QuestionRecord& record) {
                                   sorted.emplace_back(-record.update_time_us,
                                                       "questions/" + record.id);
                                   for (const ClaimRow& row : record.claims) {
                                     at[row.place].insert("questions/" + record.id);
                                   }
                                   return true;
                                 })
                  .ok());
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> all;
  for (const auto& [time, name] : sorted) all.push_back(name);
  ASSERT_GT(all.size(), 10U);
  EXPECT_NE(sorted.front().first, sorted.back().first);
  EXPECT_EQ(list(""), all);
  for (const auto& [place, names] : at) {
    std::vector<std::string> there;
    for (const std::string& name : all) {
      if (names.contains(name)) there.push_back(name);
    }
    EXPECT_EQ(list("place = \"" + place + "\""), there) << place;
  }
}

TEST_F(HandlersTest, SourcesAreListedByWhatWasLearnedOfThem) {
  Record(OneToll("a", "Outlet A", "United Nations", 40, "the first says forty were killed"));
  Record(OneToll("b", "Outlet B", "Airwars", 40, "the second says that forty died"));
  Record(OneToll("c", "Outlet C", "United Nations", 40, "the third document says forty too"));
  v1::ListSourcesRequest request;
  request.set_order_by("assertion_count desc");
  request.set_page_size(1);
  v1::ListSourcesResponse first;
  ASSERT_TRUE(ListSources(world_.engine(), request, first).ok());
  ASSERT_EQ(first.sources_size(), 1);
  EXPECT_EQ(first.sources(0).display_name(), "United Nations");
  EXPECT_EQ(first.sources(0).assertion_count(), 2);
  request.set_page_token(first.next_page_token());
  v1::ListSourcesResponse second;
  ASSERT_TRUE(ListSources(world_.engine(), request, second).ok());
  EXPECT_EQ(second.sources(0).display_name(), "Airwars");
  request.clear_page_token();
  request.set_order_by("accuracy desc");
  request.set_page_size(1000);
  v1::ListSourcesResponse all;
  ASSERT_TRUE(ListSources(world_.engine(), request, all).ok());
  for (int i = 1; i < all.sources_size(); ++i) {
    EXPECT_GE(all.sources(i - 1).accuracy(), all.sources(i).accuracy());
  }
  request.set_order_by("age");
  EXPECT_EQ(common::ErrorReason(ListSources(world_.engine(), request, all)), "FIELD_INVALID");
}

}  // namespace
}  // namespace consilience::corroboration::testing
