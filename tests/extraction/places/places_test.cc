#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/extraction/place/gazetteer.h"
#include "services/extraction/place/place_finder.h"
#include "services/extraction/place/place_key.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Key(std::string_view word) {
  std::string key;
  AppendPlaceKey(word, key);
  return key;
}

TEST(PlaceKey, SpellingsOfOneNameShareAKey) {
  EXPECT_EQ(Key("idlib"), Key("idleb"));
  EXPECT_EQ(Key("raqqa"), Key("raqa"));
  EXPECT_EQ(Key("douma"), Key("duma"));
  EXPECT_EQ(Key("hasakeh"), Key("hassakah"));
  EXPECT_EQ(Key("saeed"), Key("said"));
  EXPECT_EQ(Key("sheikhoun"), Key("shaykun"));
  EXPECT_EQ(Key("yarmouk"), Key("yarmuk"));
}

TEST(PlaceKey, OtherNamesKeepOtherKeys) {
  EXPECT_NE(Key("homs"), Key("hama"));
  EXPECT_NE(Key("aleppo"), Key("alep"));
  EXPECT_NE(Key("midan"), Key("madaya"));
}

class Places : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    vocabulary_ = new Vocabulary;
    auto text = TextAnalyser::Load(testing::RulesPath(), *vocabulary_);
    ASSERT_TRUE(text.ok()) << text.status();
    text_ = new TextAnalyser(*std::move(text));
    auto gazetteer = Gazetteer::Load(testing::RulesPath(), *vocabulary_);
    ASSERT_TRUE(gazetteer.ok()) << gazetteer.status();
    gazetteer_ = new Gazetteer(*std::move(gazetteer));
    auto finder = PlaceFinder::Load(testing::RulesPath(), *gazetteer_, *vocabulary_);
    ASSERT_TRUE(finder.ok()) << finder.status();
    finder_ = new PlaceFinder(*std::move(finder));
  }
  static void TearDownTestSuite() {
    delete finder_;
    delete gazetteer_;
    delete text_;
    delete vocabulary_;
  }

  static std::vector<PlaceMention> Find(const std::string& text) {
    std::vector<PlaceMention> mentions;
    for (const FoundPlace& place : finder_->Find(text_->Analyse(text))) {
      EXPECT_LT(place.mention.span.begin, place.mention.span.end);
      EXPECT_LE(place.mention.span.end, text.size());
      mentions.push_back(place.mention);
    }
    return mentions;
  }
  static std::vector<std::string> Ids(const std::string& text) {
    std::vector<std::string> ids;
    for (const PlaceMention& mention : Find(text)) ids.push_back(mention.id);
    return ids;
  }

  static Vocabulary* vocabulary_;
  static TextAnalyser* text_;
  static Gazetteer* gazetteer_;
  static PlaceFinder* finder_;
};
Vocabulary* Places::vocabulary_ = nullptr;
TextAnalyser* Places::text_ = nullptr;
Gazetteer* Places::gazetteer_ = nullptr;
PlaceFinder* Places::finder_ = nullptr;

TEST_F(Places, NamesInTheArticlesSpelling) {
  EXPECT_THAT(Ids("Troops took a third of the Masaken Hanano district of Aleppo."),
              ElementsAre("N0129", "C1007"));
  EXPECT_THAT(Ids("Clashes raged in Aleppo, in Sheikh Saeed, in Baeedain and in Bustan al-Basha."),
              ElementsAre("C1007", "N0225", "N0125", "N0130"));
  EXPECT_THAT(Ids("In Syria, rebels lost the Handarat camp near Aleppo."),
              ElementsAre("SY", "N0227", "C1007~near"));
}

TEST_F(Places, DirectionMakesAPartOfTheCity) {
  const auto found = Find("Bombs fell on rebel-held eastern Aleppo.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, "C1007/east");
  EXPECT_EQ(found[0].name, "east Aleppo");
  EXPECT_EQ(found[0].precision, PlacePrecision::kNear);
}

TEST_F(Places, PartWithoutANameIsOfTheCityBefore) {
  EXPECT_THAT(Ids("Aleppo is besieged. People left the rebel-held east."),
              ElementsAre("C1007", "C1007/east"));
}

TEST_F(Places, DistrictOfTheCityIsNotTheTown) {
  const auto found = Find("He stood in Aleppo, in the city's al-Bab district.");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].id, "");
  EXPECT_THAT(found[1].candidates, Contains("SY020200"));
  EXPECT_THAT(found[1].reason, HasSubstr("not the place of this name"));
}

TEST_F(Places, KindWordsChooseAmongPlacesOfOneName) {
  EXPECT_THAT(Ids("He fled from Hama province in Syria."), ElementsAre("SY05", "SY"));
  EXPECT_THAT(Ids("He fled from the city of Hama in Syria."), ElementsAre("C2987", "SY"));
}

TEST_F(Places, CommonWordsAndPeopleAreNotPlaces) {
  EXPECT_THAT(Ids("Of the men, Jackson Pollock was Reading a book in March."), ElementsAre());
}

// Spellings are folded in Syria's names alone; no other name stands for one that sounds alike.
TEST_F(Places, PeopleAreNotCountriesThatSoundLikeThem) {
  EXPECT_THAT(Ids("David Cameron said that Cesar can stay with Cortés."), ElementsAre());
  EXPECT_THAT(Ids("He flew to Cameroon."), ElementsAre("CM"));
}

TEST_F(Places, TownsAreNamedWhereTheTextSpeaksOfAPlace) {
  EXPECT_THAT(Ids("Shells fell on Haditha, in Iraq."), ElementsAre("G96309", "IQ"));
  EXPECT_THAT(Ids("Two died in Safed."), ElementsAre("G293100"));
  EXPECT_THAT(Ids("The poet Safed read from his book."), ElementsAre());
  EXPECT_THAT(Ids("Jenin was raided again."), ElementsAre("G283506"));
}

TEST_F(Places, RegionsHoldTheirCities) {
  const auto found = Find("They fled from El Fasher in Darfur and from Mekelle in Tigray.");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[1].name, "Darfur");
  EXPECT_EQ(found[3].id, "ET.53");
}

TEST_F(Places, NearIsNotExact) {
  const auto found = Find("They seized ground north of Aleppo.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].precision, PlacePrecision::kNear);
}

TEST_F(Places, UnlistedVillageKeepsItsName) {
  const auto found = Find("A raid hit the village of Qwxyzabad on Monday.");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "Qwxyzabad");
  EXPECT_EQ(found[0].id, "");
}

TEST_F(Places, UnlistedNameStandsAsAPlaceDoes) {
  const auto name = [](const std::string& text) {
    const auto found = Find(text);
    return found.empty() ? "" : found.back().name;
  };
  EXPECT_EQ(name("At least 12 people died in Qwxyzabad on Friday."), "Qwxyzabad");
  EXPECT_EQ(name("An air strike on Qwxyzabad killed nine."), "Qwxyzabad");
  EXPECT_EQ(name("Nine died in an air strike on Port Qwxyz, a doctor said."), "Port Qwxyz");
  EXPECT_EQ(name("Shelling around al-Qwxyz has stopped."), "around al-Qwxyz");
  EXPECT_EQ(name("They seized ground north of Qwxyzabad."), "north of Qwxyzabad");
  EXPECT_EQ(name("Nine died in Qwxyzabad, Hama."), "Hama");
}

TEST_F(Places, NotEveryCapitalAfterInIsAPlace) {
  for (const std::string text :
       {"Nine died in August.", "He said it in Parliament on Monday.",
        "Nine died in Hurricane Ian.", "She spoke in English to them.",
        "He believed in Qwxyz's word.", "They met in NATO again.", "He is strong in Qwxyz circles.",
        "Dozens Killed in Rocket Attacks, Says Minister"}) {
    EXPECT_THAT(Ids(text), ElementsAre()) << text;
  }
}

TEST_F(Places, ContainmentFollowsTheParents) {
  EXPECT_TRUE(gazetteer_->Contains("C1007", "N0129"));
  EXPECT_TRUE(gazetteer_->Contains("SY02", "N0129"));
  EXPECT_TRUE(gazetteer_->Contains("SY", "C1007/east"));
  EXPECT_TRUE(gazetteer_->Contains("C1007", "C1007/east"));
  EXPECT_FALSE(gazetteer_->Contains("C1007/east", "C1007"));
  EXPECT_FALSE(gazetteer_->Contains("N0129", "C1007"));
  EXPECT_TRUE(gazetteer_->Contains("unknown", "unknown"));
}

}  // namespace
}  // namespace consilience::extraction
