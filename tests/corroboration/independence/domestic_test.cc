// Every country has its police: reports on one country meet in one source, reports on two do not.
#include "services/corroboration/independence/domestic.h"

#include <gtest/gtest.h>

#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/independence/witness.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

class DomesticTest : public ::testing::Test {
 protected:
  static extraction::Assertion Said(const std::string& who, const std::string& place,
                                    const std::string& place_name = "") {
    extraction::Assertion said;
    said.place.id = place;
    said.place.name = place_name;
    extraction::Speaker speaker;
    speaker.name = who;
    speaker.type = extraction::SpeakerType::kOrganisation;
    said.chain = {speaker};
    return said;
  }
  // The name of whoever says this in a report on `reported_on`.
  std::string Speaker(extraction::Assertion said, const std::string& reported_on = "") {
    NameTheirCountry(DefaultConfiguration(), places_, reported_on, said);
    RecordedAssertion recorded;
    recorded.said = std::move(said);
    return WitnessOf(recorded, DefaultConfiguration(), directory_).display_name;
  }

  PlaceHierarchy places_ = *PlaceHierarchy::Parse(
      "SY\tcountry\t\tSyria\n"
      "C1007\tcity\tSY\tAleppo\n"
      "SZ\tcountry\t\tEswatini\n"
      "HU\tcountry\t\tHungary\n"
      "BUD\tcity\tHU\tBudapest\n",
      "places");
  SourceDirectory directory_ = *SourceDirectory::Parse(kDefaultSourcesTsv, "sources");
};

TEST_F(DomesticTest, TheCountryOfThePlaceTellsWhosePoliceItIs) {
  EXPECT_EQ(Speaker(Said("Police", "BUD")), "Hungarian police");
  EXPECT_EQ(Speaker(Said("Red Crescent", "HU")), "Hungarian Red Crescent");
  EXPECT_EQ(Speaker(Said("the police", "HU")), Speaker(Said("Hungarian police", "BUD")));
  EXPECT_NE(Speaker(Said("police", "C1007")), Speaker(Said("police", "BUD")));
}

TEST_F(DomesticTest, WordsBesideThePlaceDecide) {
  EXPECT_EQ(Speaker(Said("Hungarian interior ministry", "C1007")), "Hungarian interior ministry");
}

TEST_F(DomesticTest, AnOfficeThatIsKnownKeepsItsName) {
  EXPECT_EQ(Speaker(Said("army", "C1007")), "Syrian army");
  EXPECT_EQ(Speaker(Said("defence ministry", "C1007")), "Syrian defence ministry");
  EXPECT_EQ(Speaker(Said("Russian defence ministry", "C1007")), "Russian defence ministry");
}

TEST_F(DomesticTest, WithoutAPlaceItIsTheCountryReportedOn) {
  EXPECT_EQ(Speaker(Said("police", ""), "Hungary"), "Hungarian police");
  EXPECT_EQ(Speaker(Said("police", "", "Nowhere"), "Hungary"), "police")
      << "whoever reports on Nowhere has this source, whatever else the report is on";
  EXPECT_EQ(Speaker(Said("police", "")), "police");
}

TEST_F(DomesticTest, TwoWordsForACountryAreOneSource) {
  EXPECT_EQ(Speaker(Said("Argentinian police", "")), Speaker(Said("Argentine police", "")));
  EXPECT_EQ(Speaker(Said("army", "SZ")), "army (Eswatini)");
}

TEST_F(DomesticTest, OthersKeepTheirNames) {
  EXPECT_EQ(Speaker(Said("United Nations", "BUD")), "United Nations");
  EXPECT_EQ(Speaker(Said("Helsinki Committee (Budapest)", "BUD")), "Helsinki Committee (Budapest)");
}

TEST_F(DomesticTest, TheCountryReportedOnIsThatOfMostPlaces) {
  EXPECT_EQ(CountryReportedOn({Said("a", "BUD"), Said("b", "C1007"), Said("c", "BUD")}, places_),
            "Hungary");
  EXPECT_EQ(CountryReportedOn({Said("a", "")}, places_), "");
}

TEST_F(DomesticTest, ANameIsOneWithAndWithoutWhatItIs) {
  EXPECT_EQ(Speaker(Said("disaster agency AFAD", "")), "AFAD");
  EXPECT_EQ(Speaker(Said("monitoring group CeMI", "")), "CeMI");
  EXPECT_EQ(Speaker(Said("rival Libyan government", "")), "rival Libyan government");
  EXPECT_EQ(Speaker(Said("ministry of IT", "")), "ministry of IT");
  extraction::Assertion described = Said("", "");
  described.chain.front().type = extraction::SpeakerType::kUnnamed;
  described.chain.front().description = "the disaster and emergency administration (AFAD)";
  EXPECT_EQ(Speaker(described), "AFAD");
}

TEST_F(DomesticTest, AWordForWhatSpeaksNamesNobody) {
  RecordedAssertion recorded;
  recorded.said = Said("Organisers", "BUD");
  EXPECT_EQ(WitnessOf(recorded, DefaultConfiguration(), directory_).level, WitnessLevel::kUnnamed);
}

}  // namespace
}  // namespace consilience::corroboration::testing
