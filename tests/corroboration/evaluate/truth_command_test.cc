#include "services/corroboration/evaluate/truth_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "services/corroboration/evaluate/stance_fit.h"

namespace consilience::corroboration {
namespace {

using ::testing::HasSubstr;

class TruthCommandTest : public ::testing::Test {
 protected:
  TruthCommandTest() {
    options_.claims = Write("claims.tsv",
                            "o1\ta\ts1\tx\to1\n"
                            "o1\ta\ts2\tx\n"
                            "o1\ta\ts3\ty\n"
                            "o2\ta\ts1\tp\n"
                            "o2\ta\ts3\tq\n"
                            "o2\ta\ts4\tq\n");
    options_.gold = Write("gold.tsv", "o1\ta\tx\no2\ta\tp\n");
    options_.resamples = 20;
    options_.json = true;
  }

  std::string Write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / name;
    std::ofstream(path) << text;
    return path.string();
  }

  nlohmann::json Evaluate() {
    std::ostringstream out;
    const absl::Status status = EvaluateTruth(options_, out);
    EXPECT_TRUE(status.ok()) << status;
    return nlohmann::json::parse(out.str(), nullptr, false);
  }

  TruthCommandOptions options_;
};

TEST_F(TruthCommandTest, MeasuresEveryMethod) {
  const nlohmann::json report = Evaluate();
  EXPECT_EQ(report["gold"], 2);
  EXPECT_EQ(report["methods"].size(), 13u);
  options_.methods = {"vote"};
  EXPECT_EQ(Evaluate()["methods"][0]["precision"]["value"], 0.5);
}

TEST_F(TruthCommandTest, LeavesSourcesOutAndClonesThem) {
  options_.methods = {"vote"};
  options_.without = {"s3", "s4"};
  EXPECT_EQ(Evaluate()["methods"][0]["precision"]["value"], 1.0);
  options_.without = {};
  options_.clone = "s1:3";  // four votes for p
  EXPECT_EQ(Evaluate()["methods"][0]["precision"]["value"], 1.0);
}

TEST_F(TruthCommandTest, PrintsATable) {
  options_.json = false;
  options_.methods = {"consilience", "vote"};
  std::ostringstream out;
  ASSERT_TRUE(EvaluateTruth(options_, out).ok());
  EXPECT_THAT(out.str(), HasSubstr("2 gold items"));
  EXPECT_THAT(out.str(), HasSubstr("vote              0.5000 ["));
}

TEST_F(TruthCommandTest, SaysWhatIsWrong) {
  std::ostringstream out;
  const auto message = [&] { return std::string(EvaluateTruth(options_, out).message()); };
  options_.clone = "s1";
  EXPECT_THAT(message(), HasSubstr("--clone 's1' is not SOURCE:N"));
  options_.clone = "nobody:2";
  EXPECT_THAT(message(), HasSubstr("no source 'nobody'"));
  options_.clone = "";
  options_.methods = {"oracle"};
  EXPECT_THAT(message(), HasSubstr("'oracle' is none of"));
  options_.gold = Write("empty.tsv", "");
  EXPECT_THAT(message(), HasSubstr("no gold answers"));
  options_.gold = "/nowhere/gold.tsv";
  EXPECT_THAT(message(), HasSubstr("/nowhere/gold.tsv: cannot be opened"));
}

TEST(FitStanceWeights, FindsThatDenialsMatterAndKeepsTheSigns) {
  std::vector<KnownRumour> rumours;
  for (int i = 0; i < 200; ++i) {
    const bool denied = i % 3 == 0;
    rumours.push_back({{1.0 + i % 7, denied ? 1.0 + i % 2 : 0.0, 1.0 * (i % 4)},
                       denied ? i % 10 == 0 : i % 10 != 0});
  }
  const auto weights = FitStanceWeights(rumours, 0.3);
  EXPECT_LT(weights[2] + weights[3], -1.0);
  EXPECT_GE(weights[1], 0.0);
  EXPECT_LE(weights[2], 0.0);
  EXPECT_LE(weights[3], 0.0);
}

}  // namespace
}  // namespace consilience::corroboration
