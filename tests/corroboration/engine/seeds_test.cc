// What the engine must make of the five seed articles, from an annotation by hand of what they
// assert (tests/corroboration/data/seeds.jsonl).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/corroboration/model/names.h"
#include "services/corroboration/scoring/explanation_score.h"
#include "tests/corroboration/support/world.h"
#include "tests/support/paths.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SeedsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    world_ = std::make_unique<World>();
    for (const DocumentRecord& record :
         ReadRecords(consilience::testing::SourceFile("tests/corroboration/data/seeds.jsonl"))) {
      const auto result = world_->engine().Record(record);
      ASSERT_TRUE(result.ok()) << result.status().ToString();
    }
    ASSERT_TRUE(world_->engine().Refresh().ok());
  }
  static void TearDownTestSuite() { world_.reset(); }

  static ClaimView Claim(const std::string& fragment) { return world_->ClaimOf(fragment); }
  static std::string Why(const ClaimView& view) {
    std::string text;
    for (const std::string& line : world_->engine().Explain(view).summary) text += line + "\n";
    return text;
  }
  static std::vector<std::string> Origins(const ClaimView& view) {
    std::vector<std::string> names;
    for (const WitnessTerm& term : view.explanation().origins) names.push_back(term.display_name);
    return names;
  }

  static std::vector<QuestionView> Questions() {
    std::vector<std::string> ids;
    EXPECT_TRUE(world_->store()
                    .ScanQuestions("",
                                   [&](const QuestionRecord& question) {
                                     ids.push_back(question.id);
                                     return true;
                                   })
                    .ok());
    std::vector<QuestionView> questions;
    for (const std::string& id : ids) questions.push_back(**world_->engine().FindQuestion(id));
    return questions;
  }

  static std::unique_ptr<World> world_;
};

std::unique_ptr<World> SeedsTest::world_;

TEST_F(SeedsTest, AThirdOfMasakenHananoIsOneWitnessInTwoDocuments) {
  const ClaimView a = Claim("almost a third of the Masaken");
  const ClaimView b = Claim("a third of the key eastern");
  ASSERT_EQ(a.claim().id, b.claim().id);
  EXPECT_EQ(a.claim().corroboration.document_count, 2);
  EXPECT_THAT(Origins(a), ElementsAre("Syrian Observatory for Human Rights"));
  EXPECT_EQ(a.claim().corroboration.state, ClaimState::kSingleOrigin) << Why(a);
}

TEST_F(SeedsTest, AnUnattributedTollIsInferredToBeTheObservatorys) {
  const ClaimView view = Claim("141 civilians");
  EXPECT_EQ(view.claim().id, Claim("more than 140 civilians").claim().id);
  EXPECT_EQ(view.claim().id, Claim("over a hundred civilians").claim().id);
  EXPECT_LT(view.claim().corroboration.effective_origins, 1.5) << Why(view);
  EXPECT_EQ(view.claim().corroboration.document_count, 2);
  EXPECT_TRUE(std::any_of(view.explanation().origins.begin(), view.explanation().origins.end(),
                          [](const WitnessTerm& t) { return t.inferred_confidence > 0.5; }))
      << Why(view);
}

TEST_F(SeedsTest, TheCaptureOfHandaratIsDisputed) {
  const ClaimView captured = Claim("“Handarat has fallen,”");
  EXPECT_EQ(captured.claim().id, Claim("\"Handarat has fallen,\"").claim().id);
  EXPECT_EQ(captured.claim().id, Claim("An army statement").claim().id);
  const auto names = Origins(captured);
  EXPECT_EQ(std::count_if(names.begin(), names.end(),
                          [](const std::string& n) { return n.find("official") != n.npos; }),
            1);
  EXPECT_THAT(names, Contains("Syrian army"));
  const ClaimView recaptured = Claim("recovered some or all");
  const ClaimView ongoing = Claim("the battle was ongoing");
  EXPECT_EQ(captured.claim().question, recaptured.claim().question);
  EXPECT_EQ(captured.claim().question, ongoing.claim().question);
  EXPECT_EQ(recaptured.explanation().denials.size(), 1U);
  EXPECT_EQ(captured.in.question.state, QuestionState::kDisputed) << Why(captured);
}

TEST_F(SeedsTest, DeathsSinceTheNineteenthAreOneQuestionOverTime) {
  const ClaimView first = Claim("at least 180 people");
  const ClaimView second = Claim("more than 600 civilians");
  const ClaimView third = Claim("More than 950 civilians");
  EXPECT_EQ(first.claim().question, second.claim().question);
  EXPECT_EQ(second.claim().question, third.claim().question);
  EXPECT_EQ(first.claim().corroboration.state, ClaimState::kSuperseded);
  EXPECT_EQ(second.claim().corroboration.state, ClaimState::kSuperseded);
  EXPECT_EQ(third.in.question.state, QuestionState::kEvolving);
  EXPECT_TRUE(third.explanation().competing.empty()) << Why(third);
}

TEST_F(SeedsTest, TheWarDeadAreDisputedAndTheHouseCopyIsOneWitness) {
  const ClaimView high = Claim("450.000");
  const ClaimView low = Claim("killed 300,000 people");
  EXPECT_EQ(high.claim().corroboration.document_count, 2);
  EXPECT_THAT(Origins(high), ElementsAre("United Nations"));
  EXPECT_EQ(high.claim().question, low.claim().question);
  EXPECT_EQ(high.claim().corroboration.state, ClaimState::kDisputed) << Why(high);
  EXPECT_EQ(high.in.question.state, QuestionState::kDisputed);
}

TEST_F(SeedsTest, HospitalsOutOfServiceHaveThreeWitnessesThroughOneRelay) {
  const ClaimView view = Claim("totally out of service");
  EXPECT_EQ(view.claim().id, Claim("no working hospitals").claim().id);
  EXPECT_EQ(view.claim().id, Claim("without any functioning hospitals").claim().id);
  EXPECT_GE(view.claim().corroboration.origin_count, 3);
  EXPECT_LT(view.claim().corroboration.effective_origins, view.claim().corroboration.origin_count);
  EXPECT_EQ(view.claim().corroboration.state, ClaimState::kCorroborated) << Why(view);
  EXPECT_THAT(Why(view), HasSubstr("relay"));
}

TEST_F(SeedsTest, TheTwoDayTollHasThreeCompetingAnswers) {
  const ClaimView low = Claim("72 deaths");
  const ClaimView middle = Claim("the toll was more than 100");
  const ClaimView high = Claim("death toll at more than 200");
  EXPECT_EQ(low.claim().question, middle.claim().question);
  EXPECT_EQ(low.claim().question, high.claim().question);
  EXPECT_NE(low.claim().id, middle.claim().id);
  EXPECT_NE(middle.claim().id, high.claim().id);
  EXPECT_EQ(low.in.question.state, QuestionState::kDisputed);
  EXPECT_EQ(low.explanation().competing.size(), 2U);
  EXPECT_EQ(low.in.question.range.lower, 72.0);
  EXPECT_EQ(low.in.question.range.upper, std::nullopt);
  EXPECT_THAT(Origins(low), ElementsAre("Syrian Observatory for Human Rights")) << Why(low);
  EXPECT_THAT(Origins(middle), ElementsAre("Syrian Civil Defence"));
}

TEST_F(SeedsTest, OtherEventsJoinNothing) {
  for (const std::string other : {"samples", "thousands of civilian lives", "2013 gas attack"}) {
    const ClaimView view = Claim(other);
    EXPECT_EQ(view.in.record->members.size(), 1U) << view.in.question.display_name;
  }
}

TEST_F(SeedsTest, EveryScoreFollowsFromItsExplanation) {
  int origins = 0;
  for (const QuestionView& question : Questions()) {
    for (size_t c = 0; c < question.explanations.size(); ++c) {
      const Explanation& explanation = question.explanations[c];
      origins += static_cast<int>(explanation.origins.size());
      EXPECT_NEAR(ScoreOf(explanation, CalibrationMap()),
                  question.record->claims[c].corroboration.score, 1e-9)
          << question.question.claims[c].display_name;
      double effective = 0.0;
      for (const WitnessTerm& term : explanation.origins) effective += term.independence();
      EXPECT_NEAR(effective, question.record->claims[c].corroboration.effective_origins, 1e-9);
    }
  }
  EXPECT_GT(origins, 20);
}

}  // namespace
}  // namespace consilience::corroboration::testing
