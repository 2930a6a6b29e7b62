// What must come out of the five sample articles, by the facts that their corroboration rests on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "services/extraction/extractor.h"
#include "tests/extraction/golden.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

struct Seed {
  std::string text;
  Analysis analysis;
};

// By the first three digits of the file name.
const Seed& Article(const std::string& id) {
  static const std::map<std::string, std::string> dates = {{"000", "2016-11-22"},
                                                           {"001", "2016-09-24"},
                                                           {"002", "2016-09-24"},
                                                           {"003", "2016-10-06"},
                                                           {"004", "2016-11-22"}};
  static std::map<std::string, Seed> seeds = [] {
    auto extractor = Extractor::Load(testing::RulesPath());
    if (!extractor.ok()) throw std::runtime_error(extractor.status().ToString());
    std::map<std::string, Seed> read;
    const std::filesystem::path folder = consilience::testing::SourceFile("seeds/articles");
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ostringstream content;
      content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      const std::string name = entry.path().filename().string().substr(0, 3);
      Seed& seed = read[name];
      seed.text = content.str();
      seed.analysis = extractor->Extract({seed.text, dates.at(name), ""});
    }
    return read;
  }();
  return seeds.at(id);
}

// The assertion of `kind` whose quote holds `words`, nullptr when there is none.
const Assertion* Find(const std::string& id, Kind kind, std::string_view words) {
  const Seed& seed = Article(id);
  for (const Assertion& assertion : seed.analysis.assertions) {
    const std::string quote =
        seed.text.substr(assertion.span.begin, assertion.span.end - assertion.span.begin);
    if (assertion.kind == kind && quote.find(words) != std::string::npos) return &assertion;
  }
  return nullptr;
}

#define FIND(name, ...)                      \
  const Assertion* name = Find(__VA_ARGS__); \
  ASSERT_NE(name, nullptr)

TEST(Seeds, ThirdOfMasakenHanano) {
  FIND(first, "000", Kind::kControl, "almost a third of the Masaken Hanano district");
  FIND(second, "004", Kind::kControl, "a third of the key eastern neighbourhood");
  for (const Assertion* assertion : {first, second}) {
    ASSERT_TRUE(assertion->quantity);
    EXPECT_TRUE(assertion->quantity->fraction);
    EXPECT_EQ(assertion->place.id, "N0129");
    EXPECT_FALSE(assertion->place.inherited);
    EXPECT_EQ(assertion->actor, "syrian-government");
  }
}

TEST(Seeds, CiviliansKilledInTheLastWeek) {
  FIND(first, "000", Kind::kCasualty, "141 civilians, including 18 children");
  EXPECT_EQ(first->measure, "KILLED");
  EXPECT_EQ(first->quantity->lower, 141);
  EXPECT_EQ(first->quantity->upper, 141);
  ASSERT_EQ(first->subgroups.size(), 1u);
  EXPECT_EQ(first->subgroups[0].quantity.lower, 18);
  EXPECT_EQ(first->subgroups[0].population.groups, PopulationGroups{PopulationGroup::kChild});
  EXPECT_GE(first->attribution, 0);
  FIND(second, "004", Kind::kCasualty, "more than 140 civilians in east Aleppo");
  EXPECT_EQ(second->quantity->lower, 140);
  EXPECT_TRUE(second->quantity->lower_open);
  EXPECT_EQ(second->place.id, "C1007/east");
  EXPECT_LT(second->attribution, 0) << "nobody is named here";
}

TEST(Seeds, AnotherEightySevenAreDisjoint) {
  FIND(deaths, "000", Kind::kCasualty, "another 87 deaths");
  EXPECT_EQ(deaths->quantity->lower, 87);
  EXPECT_TRUE(deaths->quantity->additional);
}

TEST(Seeds, DeathsSinceSeptember) {
  for (const auto& [id, words, lower] : {std::tuple{"000", "More than 950 civilians", 950.0},
                                         {"003", "more than 600 civilians", 600.0},
                                         {"001", "at least 180 people", 180.0}}) {
    FIND(deaths, id, Kind::kCasualty, words);
    EXPECT_EQ(deaths->quantity->lower, lower);
    EXPECT_FALSE(deaths->quantity->upper);
    EXPECT_EQ(deaths->time.from, "2016-09-19") << words;
  }
}

TEST(Seeds, WarDead) {
  FIND(first, "001", Kind::kCasualty, "450.000 Syrians lost their");
  EXPECT_EQ(first->quantity->lower, 450000);
  FIND(second, "004", Kind::kCasualty, "killed 300,000 people");
  EXPECT_EQ(second->quantity->lower, 300000);
}

TEST(Seeds, ThreeTolls) {
  FIND(observatory, "002", Kind::kCasualty, "72 deaths since Friday");
  EXPECT_EQ(observatory->subgroups.size(), 1u);
  FIND(civil_defence, "002", Kind::kCasualty, "toll was more than 100");
  EXPECT_EQ(civil_defence->quantity->lower, 100);
  FIND(activists, "001", Kind::kCasualty, "death toll at more than 200");
  EXPECT_EQ(activists->quantity->lower, 200);
  for (const Assertion* toll : {observatory, civil_defence, activists}) {
    EXPECT_EQ(toll->measure, "KILLED");
    EXPECT_GE(toll->attribution, 0);
  }
}

TEST(Seeds, HandaratChangesHands) {
  FIND(captured, "001", Kind::kControl, "seized control of the Handarat");
  EXPECT_EQ(captured->measure, "CAPTURED");
  EXPECT_EQ(captured->place.id, "N0227");
  FIND(fallen, "001", Kind::kControl, "Handarat has fallen");
  EXPECT_EQ(fallen->place.id, "N0227");
  FIND(recovered, "001", Kind::kControl, "recovered some or all of Handarat");
  EXPECT_EQ(recovered->measure, "RECAPTURED");
  FIND(denial, "001", Kind::kDenial, "denied by");
  ASSERT_GE(denial->denies, 0);
  EXPECT_EQ(&Article("001").analysis.assertions[static_cast<size_t>(denial->denies)], recovered);
  FIND(ongoing, "001", Kind::kControl, "the battle was ongoing");
  EXPECT_EQ(ongoing->measure, "CONTESTED");
}

TEST(Seeds, NoWorkingHospitals) {
  FIND(health, "000", Kind::kFacility, "without any functioning hospitals");
  FIND(rebel, "000", Kind::kFacility, "no working hospitals");
  FIND(doctor, "000", Kind::kFacility, "all medical facilities in besieged Aleppo");
  for (const Assertion* facility : {health, rebel, doctor}) {
    EXPECT_EQ(facility->measure, "OUT_OF_SERVICE");
  }
}

TEST(Seeds, TrappedPeople) {
  FIND(first, "000", Kind::kPopulation, "Around 275,000 people trapped");
  EXPECT_EQ(first->measure, "TRAPPED");
  EXPECT_TRUE(first->quantity->approximate);
  FIND(second, "002", Kind::kPopulation, "more than 250,000 people");
  EXPECT_EQ(second->modality, Modality::kSuspected);
}

TEST(Seeds, OtherEventsStayApart) {
  FIND(hama, "002", Kind::kCasualty, "thousands of civilian lives");
  EXPECT_NE(hama->place.id, "C1007");
  EXPECT_EQ(hama->time.from.substr(0, 4), "1982");
  // The headline that stands twice, the language bar and the comment links say nothing.
  for (const char* words : {"Portuguese", "Show Comments", "Leave a Comment"}) {
    for (const char* id : {"002", "004"}) {
      for (const Assertion& assertion : Article(id).analysis.assertions) {
        const std::string quote = Article(id).text.substr(
            assertion.span.begin, assertion.span.end - assertion.span.begin);
        EXPECT_EQ(quote.find(words), std::string::npos) << quote;
      }
    }
  }
}

TEST(Seeds, VerblessFigureIsOfLowConfidence) {
  FIND(figure, "000", Kind::kCasualty, "more than 27 civilians");
  EXPECT_LT(figure->confidence, 0.6);
}

TEST(Seeds, SpansLieInTheText) {
  for (const char* id : {"000", "001", "002", "003", "004"}) {
    const Seed& seed = Article(id);
    EXPECT_GT(seed.analysis.assertions.size(), 15u);
    for (const Assertion& assertion : seed.analysis.assertions) {
      ASSERT_LT(assertion.span.begin, assertion.span.end);
      ASSERT_LE(assertion.span.end, seed.text.size());
      if (!assertion.quantity) continue;
      EXPECT_LE(assertion.quantity->span.end, seed.text.size());
    }
  }
}

}  // namespace
}  // namespace consilience::extraction
