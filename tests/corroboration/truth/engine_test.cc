#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "services/corroboration/truth/engine/error_model.h"
#include "services/corroboration/truth/engine/republishing.h"
#include "services/corroboration/truth/engine/stance_model.h"
#include "services/corroboration/truth/score_table.h"
#include "tests/corroboration/truth/synthetic.h"
#include "tests/corroboration/truth/tables.h"

namespace consilience::corroboration {
namespace {

using ::testing::HasSubstr;

TEST(RepublishingProbability, NeedsAgreementToTheLetterOverManyItems) {
  const auto probability = [](double agreements, double contested, bool same_items) {
    return RepublishingProbability({contested, contested, agreements, same_items}, {});
  };
  EXPECT_LT(probability(3, 3, false), 0.1);
  EXPECT_GT(probability(1000, 1000, false), 0.98);
  EXPECT_GT(probability(995, 1000, false), 0.8);
  EXPECT_LT(probability(960, 1000, false), 0.1);
  EXPECT_LT(probability(700, 1000, true), 1e-6);
  EXPECT_GT(probability(100, 100, true), probability(100, 100, false));
  // Two honest workers of one batch of twenty.
  EXPECT_LT(probability(13, 13, true), 0.5);
}

TEST(CollisionCounter, CountsTheValuesThatErrorsFallOn) {
  const EngineOptions options;
  const std::vector<double> probability = {0.999, 0.0005, 0.0005};
  CollisionCounter popular;
  for (int i = 0; i < 100; ++i) popular.Add(std::vector<double>{6, 4, 0}, probability);
  EXPECT_LT(popular.FalseValues(options), 1.1);

  // Six errors, three on either of two values: of pairs that agree, a third error joins them with 1
  // in 4.
  CollisionCounter split;
  for (int i = 0; i < 100; ++i) split.Add(std::vector<double>{6, 3, 3}, probability);
  EXPECT_NEAR(split.FalseValues(options), 4.0, 0.3);

  EXPECT_DOUBLE_EQ(CollisionCounter().FalseValues(options), 1.0);
}

TEST(ExactnessCounter, IsTheShareThatHitsTheVeryNumber) {
  ExactnessCounter counter;
  for (int i = 0; i < 1000; ++i) {
    // Ten right statements: eight the very number, two beside it on their own.
    counter.AddStatement(8.0, 1.0);
    counter.AddStatement(1.0, 1.0);
    counter.AddStatement(1.0, 1.0);
    counter.AddAnswer(10.0, 1.0);
  }
  EXPECT_NEAR(counter.ExactShare(), 0.8, 0.02);
}

TEST(CorrelationCounter, TellsSharedErrorsFromScatteredOnes) {
  CorrelationCounter shared;
  CorrelationCounter scattered;
  for (int i = 0; i < 1000; ++i) {
    for (int c = 0; c < 4; ++c) {
      shared.AddClaim(1.0, 0.75, i % 4 == 0 ? 0.0 : 1.0);
      scattered.AddClaim(1.0, 0.75, i % 4 == c ? 0.0 : 1.0);
    }
    shared.FinishItem();
    scattered.FinishItem();
  }
  EXPECT_NEAR(shared.Correlation(), 1.0, 1e-9);
  EXPECT_DOUBLE_EQ(scattered.Correlation(), 0.0);
}

TEST(NearWeight, IsLittleWhereRightSourcesGiveTheVeryNumber) {
  EXPECT_DOUBLE_EQ(NearWeight(4.0, 0.0, 3.0), 4.0);
  EXPECT_LT(NearWeight(4.0, 0.95, 3.0), 0.1);
  EXPECT_GT(NearWeight(4.0, 0.5, 3.0), 2.5);
}

TEST(ClaimEngine, ASetThatLacksElementsSpeaksForTheFullerOne) {
  // Each has three witnesses; two more list a part of the first set only.
  std::vector<Said> claims;
  for (int o = 0; o < 20; ++o) {
    const std::string object = Name("o", o);
    for (int s = 0; s < 3; ++s) {
      claims.push_back({object, Name("s", s), "knuth|graham"});
      claims.push_back({object, Name("t", s), "sedgewick"});
    }
    claims.push_back({object, "u0", "knuth"});
    claims.push_back({object, "u1", "graham"});
  }
  const TruthTable table = TableOf(claims);
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {});
  for (const auto& [object, answer] : BestAnswers(table, result->probability)) {
    EXPECT_EQ(answer, "knuth|graham") << object;
  }
}

TEST(ClaimEngine, NumericCandidatesFormAroundWhatIsBelieved) {
  // 108 is stated most often, by one witness and its copies; 100 by three of their own. Within 10
  // either would swallow the other's neighbours: 92 belongs to 100.
  std::vector<Said> claims;
  const Kinds kinds = {{"a", {ValueKind::kNumber, 10.0, 0.0}}};
  for (int o = 0; o < 120; ++o) {
    const std::string object = Name("o", o);
    const int base = 100 + 1000 * o;
    for (int s = 0; s < 4; ++s) {
      claims.push_back({object, Name("s", s), std::to_string(base + (o % 9 == s ? 40 : 0))});
    }
    for (int k = 0; k < 6; ++k) {
      claims.push_back({object, Name("c", k), std::to_string(base + 11)});
    }
  }
  const TruthTable table = TableOf(claims, kinds);
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {});
  const TruthTable& answers = CandidateTable(table, *result);
  int right = 0;
  for (const auto& [object, answer] : BestAnswers(answers, result->probability)) {
    right += std::stoi(answer) % 1000 == 100 ? 1 : 0;
  }
  EXPECT_EQ(right, 120);
}

TEST(ErrorCrowd, IsADistributionOverWhoErrsHow) {
  // Two errors on three values: three ways to agree, and three pairs of values in two orders.
  for (const double n : {1.2, 2.0, 3.0}) {
    ErrorCrowd agreeing(n, 4);
    agreeing.Add(2.0);
    ErrorCrowd apart(n, 4);
    apart.Add(1.0);
    apart.Add(1.0);
    const double agree = 3.0 * std::exp(agreeing.LogLikelihood());
    EXPECT_NEAR(agree + 6.0 * std::exp(apart.LogLikelihood()), 1.0, 1e-9) << n;
    EXPECT_NEAR(agree, 1.0 / n, 1e-9) << n;
  }
}

TEST(ErrorCrowd, LeavesOutTheValueThatIsTrue) {
  ErrorCrowd all(2.0, 3);
  for (const double witnesses : {5.0, 2.0, 1.0}) all.Add(witnesses);
  ErrorCrowd errors(2.0, 3);
  for (const double witnesses : {2.0, 1.0}) errors.Add(witnesses);
  EXPECT_NEAR(all.LogLikelihoodBut(0), errors.LogLikelihood(), 1e-12);
}

double Precision(const World& world) {
  const TruthTable table = TableOf(world.claims);
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {});
  const auto best = BestAnswers(table, result->probability);
  const std::map<std::string, std::string> answers(best.begin(), best.end());
  int right = 0;
  for (const GoldAnswer& gold : world.gold) {
    right += answers.at(gold.object) == gold.value ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(world.gold.size());
}

TEST(ClaimEngine, CopiersWhoChangeATenthAreNotAMajority) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    World world = IndependentSources(
        {.sources = 12, .items = 400, .values = 6, .most_accuracy = 0.8, .coverage = 0.6}, seed);
    const double alone = Precision(world);
    AddPartialCopiers(10, 0.1, 0.35, seed, &world);
    EXPECT_GT(Precision(world), alone - 0.02) << "seed " << seed;
  }
}

TEST(ClaimEngine, ExpertsWhoAgreeAreNotTakenForCopiers) {
  // Most are often wrong, and then mostly in the same way; ten are nearly always right.
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    World world = IndependentSources({.sources = 12,
                                      .items = 400,
                                      .values = 6,
                                      .least_accuracy = 0.25,
                                      .most_accuracy = 0.4,
                                      .coverage = 0.6,
                                      .popular_false = 0.5},
                                     seed);
    AddPartialCopiers(10, 0.1, 1.0, seed, &world);
    EXPECT_GT(Precision(world), 0.95) << "seed " << seed;
  }
}

TEST(StanceModel, ShipsWithTheRightSigns) {
  const StanceModel& model = ShippedStanceModel();
  EXPECT_GT(model.Probability({.supports = 5}), 0.8);
  EXPECT_LT(model.Probability({.supports = 5, .contradicts = 1}),
            model.Probability({.supports = 5}) - 0.3);
  EXPECT_LT(model.Probability({.contradicts = 3}), 0.05);
}

TEST(StanceModel, ReadsWhatItWritesAndNamesWhatIsWrong) {
  const StanceModel& model = ShippedStanceModel();
  const absl::StatusOr<StanceModel> again = ParseStanceModel(model.ToText(), "again.tsv");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->weights, model.weights);
  const auto error = [](const std::string& text) {
    return std::string(ParseStanceModel(text, "m.tsv").status().message());
  };
  EXPECT_THAT(error("weight\tsupports\t-1\n"), HasSubstr("m.tsv:1: weight 'supports' is -1"));
  EXPECT_THAT(error("weight\tcolour\t1\n"), HasSubstr("m.tsv:1: weight 'colour'"));
  EXPECT_THAT(error("schema\tother\n"), HasSubstr("m.tsv:1: schema is 'other'"));
  EXPECT_THAT(error("version\t1\n"), HasSubstr("weight 'bias' is missing"));
}

}  // namespace
}  // namespace consilience::corroboration
