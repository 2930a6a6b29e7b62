#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "services/corroboration/truth/methods/method.h"
#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/similarity.h"
#include "tests/corroboration/truth/synthetic.h"
#include "tests/corroboration/truth/tables.h"

namespace consilience::corroboration {
namespace {

using ::testing::Contains;
using ::testing::Pair;

// The motivating example of the copy detection paper: affiliations of five researchers; s1 is right
// on all, s4 and s5 copy from s3 (s5 with one value of its own), so that the vote is wrong on three
// of them.
TruthTable Researchers() {
  const std::vector<std::vector<std::string>> rows = {
      {"Stonebraker", "MIT", "Berkeley", "MIT", "MIT", "MS"},
      {"Dewitt", "MSR", "MSR", "UWisc", "UWisc", "UWisc"},
      {"Bernstein", "MSR", "MSR", "MSR", "MSR", "MSR"},
      {"Carey", "UCI", "ATT", "BEA", "BEA", "BEA"},
      {"Halevy", "Google", "Google", "UW", "UW", "UW"}};
  std::vector<Said> claims;
  for (const auto& row : rows) {
    for (std::size_t s = 1; s < row.size(); ++s) {
      claims.push_back({row[0], Name("s", static_cast<int>(s)), row[s]});
    }
  }
  return TableOf(claims);
}

double Precision(const World& world, const std::string& method) {
  const TruthTable table = TableOf(world.claims);
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {.method = method});
  const absl::StatusOr<JudgedSet> set = Judge(table, *result, world.gold);
  return MeasureTruth(set->judged, false, 0, 1).precision.value;
}

TEST(Vote, IsFooledByCopiers) {
  const TruthTable table = Researchers();
  EXPECT_THAT(BestAnswers(table, Vote(table).probability), Contains(Pair("Halevy", "UW")));
}

TEST(AccuCopy, SuspectsThoseThatShareMostAndNotThoseThatDiffer) {
  const TruthTable table = Researchers();
  std::map<std::string, double> copying;
  for (const Dependence& pair : AccuCopy(table).dependence) {
    copying[table.sources[pair.first] + table.sources[pair.second]] = pair.probability;
  }
  EXPECT_GT(copying.at("s3s4"), copying.at("s1s3"));
  EXPECT_GT(copying.at("s3s5"), copying.at("s1s5"));
  EXPECT_LT(copying.at("s2s4"), 0.2);
}

TEST(Methods, AllGiveProbabilitiesAndAgreeOnTheObvious) {
  const TruthTable table = TableOf({{"o1", "s1", "x"},
                                    {"o1", "s2", "x"},
                                    {"o1", "s3", "y"},
                                    {"o2", "s1", "p"},
                                    {"o2", "s2", "p"},
                                    {"o2", "s3", "p"},
                                    {"o3", "s1", "k"},
                                    {"o3", "s2", "k"},
                                    {"o3", "s3", "l"}});
  for (const MethodInfo& method : Methods()) {
    const absl::StatusOr<TruthResult> given = ScoreTable(table, {.method = method.name});
    ASSERT_TRUE(given.ok());
    const TruthTable& answers = CandidateTable(table, *given);
    for (std::size_t i = 0; i < answers.items.size(); ++i) {
      double sum = 0.0;
      for (std::size_t v = answers.first_value(i); v < answers.end_value(i); ++v) {
        EXPECT_GE(given->probability[v], 0.0) << method.name;
        sum += given->probability[v];
      }
      EXPECT_LE(sum, 1.0 + 1e-9) << method.name;
    }
    EXPECT_THAT(BestAnswers(answers, given->probability), Contains(Pair("o1", "x"))) << method.name;
    for (const double accuracy : given->accuracy) {
      EXPECT_GE(accuracy, 0.0) << method.name;
      EXPECT_LE(accuracy, 1.0) << method.name;
    }
  }
}

// One good source against several poor ones that do not agree with each other.
TEST(Methods, IterationFindsTheGoodSources) {
  CrowdShape shape;
  shape.least_accuracy = 0.35;
  shape.popular_false = 0.3;
  const World world = IndependentSources(shape, 5);
  const double vote = Precision(world, "vote");
  for (const std::string method : {"accu", "accucopy", "investment", "consilience"}) {
    EXPECT_GE(Precision(world, method), vote - 0.02) << method;
  }
}

TEST(PooledInvestment, FollowsItsPaperOnOneItem) {
  // Both candidates start with half the belief, which two backers of the one share and the one
  // backer of the other has alone: trust 1/4, 1/4 and 1/2, pools of equal size, and so for ever.
  const TruthTable table = TableOf({{"o", "s1", "x"}, {"o", "s2", "x"}, {"o", "s3", "y"}});
  const TruthResult result = PooledInvestment(table);
  EXPECT_NEAR(result.probability[0], 0.5, 1e-12);
  EXPECT_NEAR(result.accuracy[0], 0.5, 1e-12);
  EXPECT_NEAR(result.accuracy[1], 0.5, 1e-12);
  EXPECT_NEAR(result.accuracy[2], 1.0, 1e-12);
}

TEST(PooledInvestment, WeightlessClaimsAreNotThere) {
  const std::vector<Said> claims = {{"o", "s1", "x"}, {"o", "s2", "y"}, {"p", "s1", "z"}};
  std::vector<Said> more = claims;
  more.push_back({"o", "s3", "y"});
  const TruthTable table = TableOf(more);
  std::vector<double> weights;
  for (const SourceClaim& claim : table.claims) {
    weights.push_back(table.sources[claim.source] == "s3" ? 0.0 : 1.0);
  }
  const TruthResult with = PooledInvestmentOf(table, weights);
  const TruthResult without = PooledInvestment(TableOf(claims));
  ASSERT_EQ(with.probability.size(), without.probability.size());
  for (std::size_t v = 0; v < with.probability.size(); ++v) {
    EXPECT_NEAR(with.probability[v], without.probability[v], 1e-12);
  }
}

TEST(Similarity, OfSetsIsJaccardAndOfNumbersFallsWithDistance) {
  EXPECT_DOUBLE_EQ(SetSimilarity("a|b", "b|a"), 1.0);
  EXPECT_DOUBLE_EQ(SetSimilarity("a|b", "a"), 0.5);
  EXPECT_DOUBLE_EQ(SetSimilarity("a", "c"), 0.0);
  EXPECT_EQ(SetElements("b||a|b").size(), 2u);
  const TruthTable table = TableOf({{"o", "s1", "100"}, {"o", "s2", "120"}, {"o", "s3", "200"}},
                                   {{"a", {ValueKind::kNumber, 10.0, 0.0}}});
  EXPECT_DOUBLE_EQ(Similarity(table, 0, 0, 0), 1.0);
  EXPECT_GT(Similarity(table, 0, 0, 1), Similarity(table, 0, 0, 2));
}

}  // namespace
}  // namespace consilience::corroboration
