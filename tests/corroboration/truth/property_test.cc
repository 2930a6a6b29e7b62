// The laws that scores obey, on tables drawn with a seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "services/corroboration/evaluate/truth_measures.h"
#include "services/corroboration/scoring/posterior.h"
#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/stance_model.h"
#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/writers.h"
#include "tests/corroboration/truth/synthetic.h"

namespace consilience::corroboration {
namespace {

struct Scored {
  TruthTable table;
  TruthResult result;
};

Scored ScoreClaims(const std::vector<Said>& claims, const std::string& method = "consilience",
                   const Kinds& kinds = {}) {
  Scored scored{TableOf(claims, kinds), {}};
  scored.result = *ScoreTable(scored.table, {.method = method});
  return scored;
}

TruthMeasures MeasuresOf(const World& world, const std::string& method, const Kinds& kinds = {}) {
  const Scored scored = ScoreClaims(world.claims, method, kinds);
  const absl::StatusOr<JudgedSet> set = Judge(scored.table, scored.result, world.gold);
  return MeasureTruth(set->judged, false, 0, 1);
}

TEST(Property, CopiesAddNothing) {
  for (const int copies : {1, 5, 50}) {
    World world = IndependentSources({}, 11);
    const Scored before = ScoreClaims(world.claims);
    AddCopies("s3", copies, &world);
    const Scored after = ScoreClaims(world.claims);
    ASSERT_EQ(before.result.probability.size(), after.result.probability.size());
    for (std::size_t v = 0; v < before.result.probability.size(); ++v) {
      EXPECT_NEAR(before.result.probability[v], after.result.probability[v], 0.01) << copies;
      EXPECT_NEAR(before.result.effective_origins[v], after.result.effective_origins[v], 1e-6);
    }
  }
}

TEST(Property, OrderDoesNotMatter) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    World world = seed == 3 ? NoisyNumbers(12, 100, 0.02, 0.5, seed) : IndependentSources({}, seed);
    AddCopies("s1", 2, &world);
    for (const MethodInfo& method : Methods()) {
      const auto rows = [&] {
        const Scored scored = ScoreClaims(world.claims, method.name);
        std::ostringstream out;
        WriteTsv(scored.table, scored.result, out);
        WriteJson(scored.table, scored.result, out);
        return out.str();
      };
      const std::string before = rows();
      std::mt19937 random(seed);
      std::shuffle(world.claims.begin(), world.claims.end(), random);
      EXPECT_EQ(before, rows()) << method.name;
    }
  }
}

// P(v) again from what the result says of sources, errors and independence alone.
TEST(Property, TheScoreFollowsFromItsExplanation) {
  World world = IndependentSources({.values = 30}, 17);
  AddCopies("s0", 3, &world);
  const Scored scored = ScoreClaims(world.claims);
  const TruthTable& table = CandidateTable(scored.table, scored.result);
  const ErrorModel& errors = scored.result.errors[0];
  ASSERT_TRUE(errors.labels.labels.empty());
  const EngineOptions options;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    std::vector<double> scores(table.end_value(i) - table.first_value(i), 0.0);
    double witnesses = 0.0;
    for (std::size_t c = table.items[i].first_claim; c < table.end_claim(i); ++c) {
      const SourceClaim& claim = table.claims[c];
      const double independence = scored.result.independence[c];
      witnesses += independence;
      scores[claim.value - table.first_value(i)] +=
          independence * SmoothOriginWeight(scored.result.claim_accuracy[c], errors.false_values,
                                            options.weight_cap);
    }
    const double effect =
        1.0 + options.correlation_share * errors.correlation * std::max(0.0, witnesses - 1.0);
    for (double& score : scores) score /= effect;
    const double none =
        NoneOfTheseLogMass(errors.false_values, static_cast<double>(scores.size()), 1.0);
    const std::vector<double> again = PosteriorOver(scores, none);
    for (std::size_t v = 0; v < again.size(); ++v) {
      EXPECT_NEAR(again[v], scored.result.probability[table.first_value(i) + v], 1e-9);
    }
  }
}

// The same where answers are labels.
TEST(Property, TheScoreOfALabelFollowsFromItsExplanation) {
  World world = IndependentSources({.items = 100, .values = 4}, 19);
  AddCopies("s0", 3, &world);
  const Scored scored = ScoreClaims(world.claims);
  const TruthTable& table = CandidateTable(scored.table, scored.result);
  const ErrorModel& errors = scored.result.errors[0];
  const LabelErrors& all = errors.labels;
  const std::size_t count = all.labels.size();
  ASSERT_EQ(count, 4U);
  const auto number_of = [](const std::vector<std::uint32_t>& ids, std::uint32_t id) {
    return static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
  };
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    std::vector<double> scores(count, 0.0);
    double witnesses = 0.0;
    for (std::size_t c = table.items[i].first_claim; c < table.end_claim(i); ++c) {
      const std::size_t source = number_of(all.sources, table.claims[c].source);
      const std::size_t said = number_of(all.labels, table.values[table.claims[c].value].text);
      witnesses += scored.result.independence[c];
      for (std::size_t v = 0; v < count; ++v) {
        scores[v] += scored.result.independence[c] *
                     std::log(all.confusion[(source * count + v) * count + said]);
      }
    }
    const double effect =
        1.0 + EngineOptions().correlation_share * errors.correlation * std::max(0.0, witnesses - 1);
    double sum = 0.0;
    for (std::size_t v = 0; v < count; ++v) {
      scores[v] = all.prevalence[v] * std::exp(scores[v] / effect);
      sum += scores[v];
    }
    for (std::size_t v = table.first_value(i); v < table.end_value(i); ++v) {
      const double again = scores[number_of(all.labels, table.values[v].text)] / sum;
      EXPECT_NEAR(again, scored.result.probability[v], 1e-9);
    }
  }
}

TEST(Property, AnIndependentStanceMovesAScoreItsOwnWay) {
  Dice dice(23);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Said> claims;
    const int sources = 1 + dice.Below(12);
    for (int s = 0; s < sources; ++s) {
      const char* const stances[] = {"supports", "contradicts", "mentions"};
      claims.push_back({"o", Name("s", s), stances[dice.Below(3)]});
    }
    const auto with = [&](const std::string& stance) {
      std::vector<Said> more = claims;
      if (!stance.empty()) more.push_back({"o", "new", stance});
      return ScoreClaims(more, "consilience", {{"a", {ValueKind::kStance, 0.0, 0.0}}})
          .result.probability[1];
    };
    const double before = with("");
    EXPECT_GE(with("supports"), before);
    EXPECT_LE(with("contradicts"), before);
  }
}

TEST(Property, BeatsTheVoteAndKnowsHowSureToBe) {
  std::vector<CrowdShape> shapes(4);
  shapes[1].values = 2;
  shapes[2].popular_false = 0.7;
  shapes[2].least_accuracy = 0.4;
  shapes[3].sources = 100;
  shapes[3].coverage = 0.05;
  shapes[3].values = 3;
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    const World world = IndependentSources(shapes[s], 31 + static_cast<std::uint32_t>(s));
    const TruthMeasures ours = MeasuresOf(world, "consilience");
    const TruthMeasures vote = MeasuresOf(world, "vote");
    EXPECT_GE(ours.precision.value, vote.precision.value - 0.005) << s;
    EXPECT_LT(ours.brier.value, vote.brier.value) << s;
    EXPECT_LT(ours.ece.value, 0.06) << s;
  }
}

TEST(Property, BeatsTheVoteWhereCopiersAreTheMajority) {
  CrowdShape shape;
  shape.sources = 8;
  shape.coverage = 0.8;
  World world = IndependentSources(shape, 41);
  AddCopies("s2", 10, &world);
  const TruthMeasures ours = MeasuresOf(world, "consilience");
  EXPECT_GT(ours.precision.value, MeasuresOf(world, "vote").precision.value + 0.02);
  EXPECT_LT(ours.ece.value, 0.05);
}

TEST(Property, BeatsTheVoteOnNumbers) {
  const Kinds kinds = {{"a", {ValueKind::kNumber, 0.0, 0.01}}};
  for (const double exact : {0.0, 0.6}) {
    const World world = NoisyNumbers(15, 300, 0.015, exact, 53);
    const TruthMeasures ours = MeasuresOf(world, "consilience", kinds);
    const TruthMeasures vote = MeasuresOf(world, "vote", kinds);
    EXPECT_GE(ours.precision.value, vote.precision.value) << exact;
    EXPECT_LT(ours.brier.value, vote.brier.value) << exact;
  }
}

}  // namespace
}  // namespace consilience::corroboration
