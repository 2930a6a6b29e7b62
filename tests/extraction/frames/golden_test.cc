// Short cases by phenomenon: what a sentence asserts, written as "MEASURE bounds GROUPS [part]
// DENIED MODALITY".
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/extraction/extractor.h"
#include "services/extraction/model/names.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

std::string Number(double value) {
  return value < 1 ? fmt::format("{:.6g}", value) : fmt::format("{:.0f}", value);
}

// "45..", "(140..", "..200", "10..12", "6".
std::string Bounds(const Quantity& quantity) {
  if (quantity.lower && quantity.lower == quantity.upper) return Number(*quantity.lower);
  return fmt::format("{}{}..{}{}", quantity.lower_open ? "(" : "",
                     quantity.lower ? Number(*quantity.lower) : "",
                     quantity.upper ? Number(*quantity.upper) : "", quantity.upper_open ? ")" : "");
}

std::string Groups(const Population& population) {
  std::string groups;
  for (const PopulationGroup group : population.groups) {
    groups += fmt::format("{}{}", groups.empty() ? "" : "+", NameOf(group));
  }
  return groups;
}

std::string Describe(const Assertion& assertion) {
  std::string text = assertion.measure;
  if (assertion.quantity) text += fmt::format(" {}", Bounds(*assertion.quantity));
  if (!assertion.population.groups.empty())
    text += fmt::format(" {}", Groups(assertion.population));
  for (const Subgroup& part : assertion.subgroups) {
    const auto count = part.quantity.lower ? part.quantity.lower : part.quantity.upper;
    text += fmt::format(" [{} {}]", Number(count.value_or(0)), Groups(part.population));
  }
  if (assertion.polarity == Polarity::kDenied) text += " DENIED";
  if (assertion.modality != Modality::kFact) text += fmt::format(" {}", NameOf(assertion.modality));
  return text;
}

const Extractor& Shared() {
  static const Extractor* extractor = [] {
    auto loaded = Extractor::Load(testing::RulesPath());
    if (!loaded.ok()) throw std::runtime_error(loaded.status().ToString());
    return new Extractor(*std::move(loaded));
  }();
  return *extractor;
}

// What Describe says, with " by ACTOR", " @PLACE" ("~" before an inherited one) and " FROM..TO"
// ("+" after a running count).
std::string DescribeInContext(const Assertion& assertion) {
  std::string text = Describe(assertion);
  if (!assertion.actor.empty()) text += fmt::format(" by {}", assertion.actor);
  if (!assertion.place.name.empty()) {
    text += fmt::format(" @{}{}", assertion.place.inherited ? "~" : "",
                        assertion.place.id.empty() ? assertion.place.name : assertion.place.id);
  }
  if (assertion.denies >= 0) text += " denies";
  if (assertion.confirms >= 0) text += " confirms";
  if (!assertion.time.empty()) {
    text += fmt::format(" {}..{}{}", assertion.time.from, assertion.time.to,
                        assertion.cumulative ? "+" : "");
  }
  return text;
}

class Golden : public ::testing::TestWithParam<const char*> {};

TEST_P(Golden, SaysWhatTheSentenceSays) {
  for (const nlohmann::json& example : testing::ReadGolden(GetParam())) {
    const std::string text = example["text"];
    const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
    std::vector<std::string> found;
    for (const Assertion& assertion : analysis.assertions) {
      ASSERT_LT(assertion.span.begin, assertion.span.end) << text;
      ASSERT_LE(assertion.span.end, text.size()) << text;
      if (assertion.kind == Kind::kStatement || assertion.kind == Kind::kNumericFact) continue;
      found.push_back(Describe(assertion));
    }
    EXPECT_THAT(found, ::testing::ElementsAreArray(example["want"].get<std::vector<std::string>>()))
        << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Suites, Golden,
                         ::testing::Values("frames/golden/casualties.jsonl",
                                           "frames/golden/statements.jsonl",
                                           "frames/golden/other.jsonl"));

bool IsMere(const Assertion& assertion) {
  return (assertion.kind == Kind::kStatement && assertion.confirms < 0) ||
         assertion.kind == Kind::kNumericFact;
}

// Whole texts: when, where and by whom, where the sentence itself does not say.
TEST(Context, SaysWhenWhereAndByWhom) {
  for (const nlohmann::json& example : testing::ReadGolden("frames/golden/context.jsonl")) {
    const std::string text = example["text"];
    const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
    std::vector<std::string> found;
    for (const Assertion& assertion : analysis.assertions) {
      if (IsMere(assertion)) continue;
      found.push_back(DescribeInContext(assertion));
    }
    EXPECT_THAT(found, ::testing::ElementsAreArray(example["want"].get<std::vector<std::string>>()))
        << example["name"] << ": " << text;
  }
}

// "AMOUNT 12000 t (rice) | state government": numbers that no other rule takes, what they count and
// who states them.
std::string DescribeFact(const Assertion& assertion) {
  std::string text = Describe(assertion);
  const Quantity& quantity = *assertion.quantity;
  if (!quantity.unit.empty()) text += " " + quantity.unit;
  if (quantity.percent) text += " %";
  const bool mere = assertion.kind == Kind::kNumericFact && assertion.population.groups.empty();
  if (mere && !assertion.population.label.empty()) {
    text += fmt::format(" ({})", assertion.population.label);
  }
  for (const Speaker& speaker : assertion.chain) {
    text += fmt::format(" | {}", speaker.name.empty() ? speaker.description : speaker.name);
  }
  return text;
}

TEST(Additions, OthersThanTheDeadAreNoAdditionToTheHurt) {
  const auto additional = [](const char* text) {
    std::vector<bool> found;
    for (const Assertion& assertion : Shared().Extract({text, "2016-11-22", ""}).assertions) {
      if (assertion.quantity) found.push_back(assertion.quantity->additional);
    }
    return found;
  };
  EXPECT_THAT(additional("A blast killed 22 people and injured 46 others."),
              ::testing::ElementsAre(false, false));
  EXPECT_THAT(
      additional("A blast injured 12 people. A second one killed two and hurt another six."),
      ::testing::ElementsAre(false, false, true));
}

// What is said and nothing else tells: "mayor: the bridge is safe"; a denial is no statement.
TEST(Said, TellsSomethingNew) {
  for (const nlohmann::json& example : testing::ReadGolden("frames/golden/said.jsonl")) {
    const std::string text = example["text"];
    const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
    std::vector<std::string> found;
    for (const Assertion& assertion : analysis.assertions) {
      if (assertion.kind != Kind::kStatement || assertion.confirms >= 0) continue;
      std::string said;
      for (const Speaker& speaker : assertion.chain) {
        said += fmt::format("{} | ", speaker.name.empty() ? speaker.description : speaker.name);
      }
      found.push_back(said + text.substr(assertion.span.begin, assertion.span.size()));
    }
    EXPECT_THAT(found, ::testing::ElementsAreArray(example["want"].get<std::vector<std::string>>()))
        << text;
  }
}

TEST(General, EveryStatedNumberIsAnAssertion) {
  for (const nlohmann::json& example : testing::ReadGolden("frames/golden/general.jsonl")) {
    const std::string text = example["text"];
    const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
    std::vector<std::string> found;
    for (const Assertion& assertion : analysis.assertions) {
      if (assertion.quantity) found.push_back(DescribeFact(assertion));
    }
    EXPECT_THAT(found, ::testing::ElementsAreArray(example["want"].get<std::vector<std::string>>()))
        << example["name"] << ": " << text;
  }
}

// What people are called, one word or two for the many that texts have for them.
TEST(Populations, AreCalledByTheirNoun) {
  for (const nlohmann::json& example : testing::ReadGolden("frames/golden/populations.jsonl")) {
    const std::string text = example["text"];
    const Analysis analysis = Shared().Extract({text, "2016-11-22", ""});
    std::vector<std::string> found;
    for (const Assertion& assertion : analysis.assertions) {
      if (assertion.quantity) found.push_back(assertion.population.label);
    }
    EXPECT_THAT(found, ::testing::ElementsAreArray(example["want"].get<std::vector<std::string>>()))
        << text;
  }
}

TEST(Rules, EveryRuleMatchesItsExample) {
  const Extractor& extractor = Shared();
  std::map<std::string, std::pair<std::string, bool>> examples;  // by rule: example, matched
  for (const Rule& rule : extractor.packs().rules()) {
    ASSERT_FALSE(rule.example.empty()) << rule.origin << " has no example";
    examples[rule.id].first = rule.example;
  }
  EXPECT_GT(examples.size(), 60u);
  for (auto& [id, example] : examples) {
    const Analysis analysis = extractor.Extract({example.first, "2016-11-22", ""});
    for (const Assertion& assertion : analysis.assertions) {
      example.second = example.second || assertion.rule == id;
    }
    EXPECT_TRUE(example.second) << id << " does not speak for \"" << example.first << "\"";
  }
}

TEST(Extractor, SameTextSameAnswer) {
  const std::string text =
      "The Observatory said 141 civilians, including 18 children, had been killed in Aleppo.";
  const Analysis first = Shared().Extract({text, "2016-11-22", ""});
  const Analysis second = Shared().Extract({text, "2016-11-22", ""});
  ASSERT_EQ(first.assertions.size(), second.assertions.size());
  for (size_t i = 0; i < first.assertions.size(); ++i) {
    EXPECT_EQ(Describe(first.assertions[i]), Describe(second.assertions[i]));
    EXPECT_EQ(first.assertions[i].span, second.assertions[i].span);
  }
}

TEST(Extractor, AnyBytesAreSafe) {
  const std::vector<std::string> texts = {
      "",          " ",      "\xFF\xFE killed 12 people", std::string(3, '\0'),
      "12",        "killed", std::string(5000, 'a'),      "((((((",
      "\"\"\"\"“”"};
  for (const std::string& text : texts) {
    for (const Assertion& assertion : Shared().Extract({text, "", ""}).assertions) {
      EXPECT_LE(assertion.span.end, text.size());
    }
  }
}

}  // namespace
}  // namespace consilience::extraction
