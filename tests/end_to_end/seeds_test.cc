// What the product must show on the five seed articles, asked of three real services through the
// command line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "tests/end_to_end/seed_world.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;

class SeedsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<SeedWorld>(); }
  static void TearDownTestSuite() { world_.reset(); }

  static Json Claim(const std::vector<std::string>& fragments, const std::string& value = "") {
    const auto claim = world_->ClaimWith(fragments, value);
    EXPECT_TRUE(claim.has_value())
        << "no single claim is supported by: " << ::testing::PrintToString(fragments);
    return claim.value_or(Json::object());
  }
  static std::string State(const Json& claim) {
    return claim.value("/corroboration/state"_json_pointer, "");
  }
  static int Count(const Json& claim, const std::string& what) {
    return claim.at("corroboration").value(what, 0);
  }
  static double Effective(const Json& claim) {
    return claim.at("corroboration").value("effectiveOrigins", 0.0);
  }

  static std::unique_ptr<SeedWorld> world_;
};

std::unique_ptr<SeedWorld> SeedsTest::world_;

TEST_F(SeedsTest, AThirdOfMasakenHananoIsOneWitnessInTwoDocuments) {
  const Json claim = Claim({"almost a third", "a third of the key eastern neighbourhood"});
  ASSERT_TRUE(claim.contains("corroboration"));
  EXPECT_EQ(State(claim), "STATE_SINGLE_ORIGIN");
  EXPECT_EQ(Count(claim, "documentCount"), 2);
  EXPECT_EQ(Count(claim, "originCount"), 1);
  const Json explanation = world_->Explain(claim);
  ASSERT_EQ(explanation.at("origins").size(), 1U);
  EXPECT_EQ(explanation.at("origins")[0].at("displayName"), "Syrian Observatory for Human Rights");
}

TEST_F(SeedsTest, AnUnattributedTollIsInferredToBeTheObservatorys) {
  const Json claim = Claim({"141 civilians", "more than 140 civilians"});
  ASSERT_TRUE(claim.contains("corroboration"));
  EXPECT_LT(Effective(claim), 1.5);
  bool inferred = false;
  const Json explanation = world_->Explain(claim);
  for (const Json& origin : explanation.at("origins")) {
    inferred = inferred || origin.value("inferredConfidence", 0.0) > 0;
    for (const Json& merge : origin.value("merges", Json::array())) {
      inferred = inferred || merge.value("basis", "") == "BASIS_INFERRED_SOURCE";
    }
  }
  EXPECT_TRUE(inferred) << "the inference is not shown";
}

TEST_F(SeedsTest, TheCaptureOfHandaratHasTwoWitnessesAndIsDisputed) {
  const Json claim = Claim({"Handarat has fallen"});
  ASSERT_TRUE(claim.contains("corroboration"));
  EXPECT_EQ(Count(claim, "documentCount"), 2);
  int officials = 0;
  int army = 0;
  const Json explanation = world_->Explain(claim);
  for (const Json& origin : explanation.at("origins")) {
    const std::string name = origin.value("displayName", "");
    if (name.find("official") != std::string::npos) ++officials;
    if (name.find("rmy") != std::string::npos) ++army;
  }
  EXPECT_EQ(officials, 1) << "the two prints of one Reuters quote are not one witness";
  EXPECT_EQ(army, 1);
  EXPECT_EQ(world_->Question(claim).at("state"), "STATE_DISPUTED");
}

TEST_F(SeedsTest, DeathsSinceTheNineteenthAreOneQuestionOverTime) {
  const Json first = Claim({"at least 180 people"});
  const Json second = Claim({"more than 600 civilians"});
  const Json third = Claim({"950 civilians"});
  EXPECT_EQ(first.at("question"), second.at("question"));
  EXPECT_EQ(second.at("question"), third.at("question"));
  EXPECT_EQ(State(first), "STATE_SUPERSEDED");
  EXPECT_EQ(State(second), "STATE_SUPERSEDED");
  EXPECT_EQ(world_->Question(third).at("state"), "STATE_EVOLVING");
}

TEST_F(SeedsTest, TheWarDeadAreDisputedAndTheHouseCopyIsOneWitness) {
  const Json high = Claim({"450.000"});
  const Json low = Claim({"killed 300,000 people"});
  ASSERT_TRUE(high.contains("corroboration"));
  ASSERT_TRUE(low.contains("corroboration"));
  EXPECT_EQ(Count(high, "documentCount"), 2);
  EXPECT_EQ(Count(high, "originCount"), 1);
  EXPECT_EQ(high.at("question"), low.at("question"));
  EXPECT_EQ(world_->Question(high).at("state"), "STATE_DISPUTED");
}

TEST_F(SeedsTest, HospitalsOutOfServiceHaveThreeWitnessesThroughOneRelay) {
  const Json claim = Claim({"totally out of service", "no working hospitals"});
  ASSERT_TRUE(claim.contains("corroboration"));
  EXPECT_EQ(State(claim), "STATE_CORROBORATED");
  EXPECT_GE(Count(claim, "originCount"), 3);
  EXPECT_LT(Effective(claim), Count(claim, "originCount"));
  EXPECT_GE(Effective(claim), 2.0);
  std::string said;
  const Json explanation = world_->Explain(claim);
  for (const Json& line : explanation.at("summary")) said += line.get<std::string>();
  EXPECT_THAT(said, HasSubstr("relay"));
}

TEST_F(SeedsTest, TheTwoDayTollHasThreeCompetingAnswers) {
  const Json low = Claim({"72 deaths"}, "72");
  const Json middle = Claim({"toll was more than 100"});
  const Json high = Claim({"death toll at more than 200"});
  EXPECT_EQ(low.at("question"), middle.at("question"));
  EXPECT_EQ(middle.at("question"), high.at("question"));
  EXPECT_EQ(std::set<std::string>({low.at("name"), middle.at("name"), high.at("name")}).size(), 3U);
  const Json question = world_->Question(low);
  EXPECT_EQ(question.at("state"), "STATE_DISPUTED");
  EXPECT_DOUBLE_EQ(question.at("range").value("lower", 0.0), 72);
  const Json explanation = world_->Explain(low);
  EXPECT_GE(explanation.at("competing").size(), 2U);
  EXPECT_EQ(explanation.at("origins").size(), 1U);
}

TEST_F(SeedsTest, OtherEventsJoinNothing) {
  const std::vector<std::string> others = {"samples", "1982", "thousands of civilian lives",
                                           "2013 gas attack"};
  for (const Json& claim : world_->claims()) {
    for (const std::string& other : others) {
      if (!Supports(claim, other)) continue;
      for (const Json& assertion : claim.at("assertions")) {
        EXPECT_THAT(assertion.value("quote", ""), HasSubstr(other)) << claim.dump(1);
      }
    }
  }
}

TEST_F(SeedsTest, EveryQuoteIsTheStoredTextAtItsSpan) {
  std::map<std::string, std::string> texts;
  int checked = 0;
  for (const Json& claim : world_->claims()) {
    for (const Json& assertion : claim.value("assertions", Json::array())) {
      const std::string document = assertion.at("document");
      if (!texts.contains(document)) texts[document] = world_->Text(document);
      const std::string& text = texts[document];
      const Json& span = assertion.at("span");
      const size_t start = span.value("start", 0U);
      const size_t end = span.value("end", 0U);
      ASSERT_LE(end, text.size());
      EXPECT_EQ(text.substr(start, end - start), assertion.at("quote"));
      const auto code_points = [&](size_t offset) {
        return std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset),
                             [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
      };
      EXPECT_EQ(span.value("startCodePoint", 0), code_points(start));
      EXPECT_EQ(span.value("endCodePoint", 0), code_points(end));
      ++checked;
    }
  }
  EXPECT_GE(checked, 60);
  EXPECT_EQ(texts.size(), 5U);
}

TEST_F(SeedsTest, ExplanationsNameEveryOriginAndTheEvidenceOfEveryMerge) {
  for (const Json& claim : world_->claims()) {
    const Json explanation = world_->Explain(claim);
    for (const Json& origin : explanation.value("origins", Json::array())) {
      EXPECT_FALSE(origin.value("displayName", "").empty()) << explanation.dump(1);
      const size_t assertions = origin.value("assertions", Json::array()).size();
      const Json merges = origin.value("merges", Json::array());
      EXPECT_GE(merges.size() + 1, assertions) << "an assertion was collapsed without evidence";
      for (const Json& merge : merges) EXPECT_FALSE(merge.value("evidence", "").empty());
    }
  }
}

// As it is typed: without a full stop.
TEST_F(SeedsTest, ASentenceIsCheckedAgainstTheAnswerThatItGives) {
  const Json newest = world_->Check("More than 950 people were killed since 19 September");
  EXPECT_EQ(newest.value("verdict", ""), "VERDICT_SINGLE_ORIGIN") << newest.dump(1);
  EXPECT_THAT(newest.at("matches")[0].at("claim").at("displayName"), HasSubstr("950"));
  const Json earlier = world_->Check("More than 600 people were killed since 19 September");
  EXPECT_EQ(earlier.value("verdict", ""), "VERDICT_SUPERSEDED") << earlier.dump(1);
  const Json place = world_->Check("Handarat was captured");
  EXPECT_THAT(place.at("assertion").at("place").at("name"), HasSubstr("Handarat"));
  EXPECT_EQ(place.value("verdict", ""), "VERDICT_DISPUTED") << place.dump(1);
}

}  // namespace
}  // namespace consilience::testing
