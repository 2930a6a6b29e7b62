// Reads with a read_time: every answer of the past is the one that was given then.
#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "services/common/errors/error.h"
#include "services/corroboration/service/handlers.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

// What every read of claims and questions says, by what was asked.
using Answers = std::map<std::string, std::string>;

class ReadTimeTest : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    fixture_ = GetParam().make();
    world_ = std::make_unique<World>(fixture_->store());
  }
  Engine& engine() { return world_->engine(); }
  int64_t Now() { return absl::ToUnixMicros(world_->clock().Now()); }
  void Tick() { world_->clock().Advance(absl::Seconds(1)); }
  void Record(const DocumentRecord& record) {
    const auto result = engine().Record(record);
    ASSERT_TRUE(result.ok()) << result.status();
  }

  // Asks as of `time_us`, or without a read_time when that is 0.
  template <typename Request>
  Request Asked(int64_t time_us) {
    Request request;
    if (time_us == 0) return request;
    request.mutable_read_time()->set_seconds(time_us / 1'000'000);
    request.mutable_read_time()->set_nanos(static_cast<int32_t>(time_us % 1'000'000) * 1000);
    return request;
  }
  v1::ListClaimsResponse List(int64_t time_us, const std::string& order = "",
                              const std::string& filter = "", int size = 1000,
                              const std::string& token = "") {
    auto request = Asked<v1::ListClaimsRequest>(time_us);
    request.set_order_by(order);
    request.set_filter(filter);
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListClaimsResponse response;
    const absl::Status status = ListClaims(engine(), request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  v1::ListQuestionsResponse Questions(int64_t time_us) {
    auto request = Asked<v1::ListQuestionsRequest>(time_us);
    request.set_page_size(1000);
    request.set_order_by("display_name");
    v1::ListQuestionsResponse response;
    const absl::Status status = ListQuestions(engine(), request, response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  Answers Ask(int64_t time_us) {
    Answers answers;
    for (const std::string order : {"score desc", "score", "update_time desc", "time.from"}) {
      answers["list " + order] = List(time_us, order).DebugString();
    }
    answers["filtered"] = List(time_us, "", "origin_count > 1").DebugString();
    const auto claims = List(time_us);
    for (const v1::Claim& claim : claims.claims()) {
      auto get = Asked<v1::GetClaimRequest>(time_us);
      get.set_name(claim.name());
      v1::Claim got;
      EXPECT_TRUE(GetClaim(engine(), get, got).ok()) << claim.name();
      got.mutable_corroboration()->clear_revision();
      answers["get " + claim.name()] = got.DebugString();
      auto explain = Asked<v1::ExplainClaimRequest>(time_us);
      explain.set_name(claim.name());
      v1::Explanation explained;
      const absl::Status status = ExplainClaim(engine(), explain, explained);
      EXPECT_TRUE(status.ok()) << status;
      answers["explain " + claim.name()] = explained.DebugString();
    }
    const auto questions = Questions(time_us);
    answers["questions"] = questions.DebugString();
    for (const v1::Question& question : questions.questions()) {
      auto get = Asked<v1::GetQuestionRequest>(time_us);
      get.set_name(question.name());
      v1::Question got;
      EXPECT_TRUE(GetQuestion(engine(), get, got).ok()) << question.name();
      answers["question " + question.name()] = got.DebugString();
    }
    return answers;
  }

  std::unique_ptr<StoreFixture> fixture_;
  std::unique_ptr<World> world_;
};

// Documents come, come again in other words and go; sources are corrected, claims are reviewed,
// split and merged; scores are refreshed. What was answered after each step is answered again at
// the end, about then.
TEST_P(ReadTimeTest, EveryAnswerIsGivenAgain) {
  const auto records = RandomDocuments(5).Take(12);
  std::vector<std::pair<int64_t, Answers>> told;
  const auto step = [&](const std::function<void()>& work) {
    Tick();
    work();
    told.emplace_back(Now(), Ask(0));
    Tick();
  };
  for (size_t i = 0; i + 3 <= records.size(); i += 3) {
    step([&] {
      for (size_t k = 0; k < 3; ++k) Record(records[i + k]);
    });
    if (i % 6 == 0) step([&] { ASSERT_TRUE(engine().Refresh().ok()); });
  }
  step([&] { ASSERT_TRUE(engine().Withdraw(records[2].document.id, "RETRACTED", "wrong").ok()); });
  step([&] {
    DocumentRecord again = records[4];
    again.assertions.pop_back();
    again.quotes.pop_back();
    again.code_points.pop_back();
    Record(again);
  });
  step([&] {
    Source source;
    source.id = engine().directory()->Resolve("United Nations", false);
    source.display_name = "United Nations";
    source.aliases = {"the UN"};
    source.party = "nobody";
    const absl::Status status = engine().PutSources({source}, "editor");
    ASSERT_TRUE(status.ok()) << status;
  });
  step([&] {
    v1::ReviewClaimRequest review;
    review.set_name(List(0).claims(0).name());
    review.mutable_review()->set_decision(v1::Review::DECISION_CONFIRMED);
    review.mutable_review()->set_actor("Ann");
    review.mutable_review()->set_reason("saw it");
    v1::Claim claim;
    ASSERT_TRUE(ReviewClaim(engine(), review, claim).ok());
  });
  step([&] {
    const auto claims = List(0, "effective_origins desc");
    const auto view = *engine().FindClaim(claims.claims(0).name().substr(7));
    ASSERT_GT(view->claim().members.size(), 1U);
    ASSERT_TRUE(
        engine()
            .SplitClaim(view->claim().id, {view->claim().members[0].assertion}, {"Ann", "no"})
            .ok());
  });
  step([&] { ASSERT_TRUE(engine().Refresh().ok()); });
  fixture_->Reopen();
  world_ = std::make_unique<World>(fixture_->store());
  world_->clock().Advance(absl::Hours(1));
  for (const auto& [time_us, answers] : told) {
    const Answers again = Ask(time_us);
    ASSERT_EQ(again.size(), answers.size()) << time_us;
    for (const auto& [asked, answer] : answers) EXPECT_EQ(again.at(asked), answer) << asked;
  }
}

TEST_P(ReadTimeTest, PagesOfAnInstantStayThoughMuchIsWrittenBetweenThem) {
  const auto records = RandomDocuments(9).Take(30);
  for (size_t i = 0; i < 15; ++i) Record(records[i]);
  const int64_t then = Now();
  const auto whole = List(then);
  ASSERT_GT(whole.claims_size(), 6);
  std::string token;
  std::vector<std::string> names;
  size_t next = 15;
  do {
    const auto page = List(then, "", "", 3, token);
    for (const v1::Claim& claim : page.claims()) names.push_back(claim.name());
    token = page.next_page_token();
    Tick();
    if (next < records.size()) Record(records[next++]);
  } while (!token.empty());
  ASSERT_EQ(static_cast<int>(names.size()), whole.claims_size());
  for (int i = 0; i < whole.claims_size(); ++i) {
    EXPECT_EQ(names[static_cast<size_t>(i)], whole.claims(i).name());
  }
}

TEST_P(ReadTimeTest, BeforeTheFirstRecordThereIsNothingAndTheFutureIsRefused) {
  const int64_t before = Now() - 1'000'000;
  Record(OneToll("a", "Outlet A", "United Nations", 40, "the first says forty were killed"));
  EXPECT_EQ(List(before).claims_size(), 0);
  EXPECT_EQ(Questions(before).questions_size(), 0);
  auto get = Asked<v1::GetClaimRequest>(before);
  get.set_name(List(0).claims(0).name());
  v1::Claim claim;
  EXPECT_EQ(GetClaim(engine(), get, claim).code(), absl::StatusCode::kNotFound);
  auto explain = Asked<v1::ExplainClaimRequest>(before);
  explain.set_name(get.name());
  v1::Explanation explanation;
  EXPECT_EQ(ExplainClaim(engine(), explain, explanation).code(), absl::StatusCode::kNotFound);
  auto list = Asked<v1::ListClaimsRequest>(Now() + 1'000'000);
  v1::ListClaimsResponse claims;
  EXPECT_EQ(common::ErrorReason(ListClaims(engine(), list, claims)), "FIELD_INVALID");
  list.mutable_read_time()->set_seconds(std::numeric_limits<int64_t>::max());
  EXPECT_EQ(common::ErrorReason(ListClaims(engine(), list, claims)), "FIELD_INVALID");
  auto question = Asked<v1::GetQuestionRequest>(Now() + 1'000'000);
  question.set_name(Questions(0).questions(0).name());
  v1::Question got;
  EXPECT_EQ(common::ErrorReason(GetQuestion(engine(), question, got)), "FIELD_INVALID");
}

INSTANTIATE_TEST_SUITE_P(Stores, ReadTimeTest, ::testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace consilience::corroboration::testing
