#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/corroboration/truth/engine/label_model.h"
#include "services/corroboration/truth/score_table.h"
#include "tests/corroboration/truth/synthetic.h"
#include "tests/corroboration/truth/tables.h"

namespace consilience::corroboration {
namespace {

using ::testing::ElementsAre;

struct Sort {
  double hits = 0.9;     // says "yes" where it is so
  double alarms = 0.05;  // says "yes" where it is not
};

// Sources of several sorts answer yes or no; `yes` is the share of items where that is so.
World YesOrNo(const std::vector<std::pair<Sort, int>>& sorts, double yes, int items,
              std::uint32_t seed) {
  Dice dice(seed);
  World world;
  for (int o = 0; o < items; ++o) {
    const std::string object = Name("o", o);
    const bool truth = dice.Chance(yes);
    world.gold.push_back({object, "a", truth ? "yes" : "no"});
    int source = 0;
    for (const auto& [sort, count] : sorts) {
      for (int s = 0; s < count; ++s) {
        const bool said = dice.Chance(truth ? sort.hits : sort.alarms);
        world.claims.push_back({object, Name("s", source++), said ? "yes" : "no"});
      }
    }
  }
  return world;
}

struct Outcome {
  double precision = 0.0;
  double brier = 0.0;  // of the most probable answer
};

Outcome Judge(const World& world, const std::string& method) {
  const TruthTable table = TableOf(world.claims);
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {.method = method});
  std::map<std::string, std::string> gold;
  for (const GoldAnswer& answer : world.gold) gold[answer.object] = answer.value;
  Outcome outcome;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    std::size_t top = table.first_value(i);
    for (std::size_t v = top; v < table.end_value(i); ++v) {
      if (result->probability[v] > result->probability[top]) top = v;
    }
    const double right =
        table.text_of(top) == gold.at(table.objects[table.items[i].object]) ? 1.0 : 0.0;
    outcome.precision += right;
    outcome.brier += (result->probability[top] - right) * (result->probability[top] - right);
  }
  outcome.precision /= static_cast<double>(table.items.size());
  outcome.brier /= static_cast<double>(table.items.size());
  return outcome;
}

TEST(Labels, SourcesThatOverlookALabelAreWorthMostWhenTheyDoNot) {
  // Most see one "yes" in three, and hardly ever one that is not there.
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const World world = YesOrNo({{{0.35, 0.03}, 15}, {{0.9, 0.1}, 3}}, 0.5, 200, seed);
    const Outcome ours = Judge(world, "consilience");
    EXPECT_LT(Judge(world, "vote").precision, 0.8) << "seed " << seed;
    EXPECT_GT(ours.precision, 0.97) << "seed " << seed;
    EXPECT_LT(ours.brier, 0.03) << "seed " << seed;
  }
}

TEST(Labels, ARareLabelIsNotLost) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    const World world = YesOrNo({{{0.8, 0.05}, 7}}, 0.08, 500, seed);
    EXPECT_GT(Judge(world, "consilience").precision, 0.985) << "seed " << seed;
  }
}

TEST(Labels, CopiesOfABiasedSourceChangeNothing) {
  World world = YesOrNo({{{0.35, 0.03}, 15}, {{0.9, 0.1}, 3}}, 0.5, 200, 4);
  const Outcome alone = Judge(world, "consilience");
  AddCopies("s0", 20, &world);
  EXPECT_NEAR(Judge(world, "consilience").brier, alone.brier, 0.01);
}

TEST(LabelModel, RowsAndBeliefsAreDistributionsAndSourcesKeepTheirBias) {
  // Source 0 says 1 whatever is so; 1 to 4 are right.
  constexpr std::size_t kItems = 200;
  std::vector<LabelClaim> claims;
  std::vector<double> beliefs;
  for (std::uint32_t i = 0; i < kItems; ++i) {
    claims.push_back({i, 0, 1});
    for (std::uint32_t s = 1; s < 5; ++s) claims.push_back({i, s, i % 3});
    for (std::uint32_t v = 0; v < 3; ++v) beliefs.push_back(v == i % 3 ? 0.6 : 0.2);
  }
  const EngineOptions options;
  LabelModel model(claims, kItems, 5, 3, options);
  model.Fit(&beliefs);
  for (std::size_t i = 0; i < kItems; ++i) {
    EXPECT_NEAR(beliefs[3 * i] + beliefs[3 * i + 1] + beliefs[3 * i + 2], 1.0, 1e-9);
    EXPECT_GT(beliefs[3 * i + i % 3], 0.99);
  }
  for (std::size_t s = 0; s < 5; ++s) {
    for (std::size_t v = 0; v < 3; ++v) {
      const std::span<const double> row = model.confusion(s).subspan(3 * v, 3);
      EXPECT_NEAR(row[0] + row[1] + row[2], 1.0, 1e-9);
    }
  }
  EXPECT_GT(model.confusion(0)[1], 0.4);  // the truth is 0, it says 1
  EXPECT_LT(model.confusion(1)[1], 0.1);
  EXPECT_LT(model.accuracy(0), 0.5);
  EXPECT_GT(model.accuracy(1), 0.95);
}

std::vector<bool> Labelled(const std::vector<Said>& claims, Kinds kinds = {}) {
  const TruthTable table = TableOf(claims, std::move(kinds));
  return LabelAttributes(table, StatementIndex(table), EngineOptions());
}

TEST(LabelAttributes, AreCategoriesOfFewTextsOverManyItems) {
  std::vector<Said> claims;
  for (int o = 0; o < 100; ++o) {
    const std::string object = Name("o", o);
    claims.push_back({object, "s", Name("v", o % 4), "few"});
    claims.push_back({object, "s", Name("v", o % 11), "too many for the items"});
    claims.push_back({object, "s", "always", "one"});
    claims.push_back({object, "s", std::to_string(o % 4), "number"});
    claims.push_back({object, "s", o % 2 == 0 ? "x" : "x|y", "sets"});
    claims.push_back({object, "t", "x|z", "sets"});
    if (o < 40) claims.push_back({object, "s", Name("v", o % 2), "too few items"});
  }
  const Kinds kinds = {{"number", {ValueKind::kNumber, 0.5, 0.0}}};
  // few, number, one, sets, too few items, too many for the items
  EXPECT_THAT(Labelled(claims, kinds), ElementsAre(true, false, false, false, false, false));
}

}  // namespace
}  // namespace consilience::corroboration
