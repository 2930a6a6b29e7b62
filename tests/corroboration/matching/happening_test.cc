// One event that headlines name is one question, however its counts are told.
#include <gtest/gtest.h>

#include "services/corroboration/matching/partition.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

struct Told {
  std::string document;
  std::string title;
  double killed = 0.0;
  std::string place = "C1007";
  std::string day = "";  // of the deaths
  std::string published = "2016-11-22";
  std::string measure = "KILLED";
  std::string place_name = "";
};

RecordedAssertion Toll(const Told& told) {
  RecordedAssertion assertion;
  assertion.id = told.document;
  assertion.document.id = told.document;
  assertion.document.title = told.title;
  assertion.document.publication_date = told.published;
  assertion.said.kind =
      told.measure == "PEOPLE" ? extraction::Kind::kNumericFact : extraction::Kind::kCasualty;
  assertion.said.measure = told.measure;
  assertion.said.population.groups = {extraction::PopulationGroup::kPerson};
  assertion.said.quantity.emplace();
  assertion.said.quantity->lower = told.killed;
  assertion.said.quantity->upper = told.killed;
  assertion.said.time = {told.day, told.day};
  assertion.said.place.id = told.place;
  assertion.said.place.name = told.place_name.empty() ? told.place : told.place_name;
  return assertion;
}

class HappeningTest : public ::testing::Test {
 protected:
  // How many questions the tolls are, recorded in this order.
  size_t Questions(const std::vector<Told>& tolls) {
    std::vector<RecordedAssertion> assertions;
    for (const Told& told : tolls) assertions.push_back(Toll(told));
    const Engine::Parts& parts = world_.engine().parts();
    std::vector<Entry> entries;
    for (const RecordedAssertion& each : assertions) {
      entries.push_back(MakeEntry(each, parts.config, parts.places));
    }
    return PartitionIntoQuestions(entries, parts.places).size();
  }

  World world_;
};

TEST_F(HappeningTest, ADaylessTollJoinsTheEventThatItsHeadlineNames) {
  const Told dated{"a", "Factory collapse kills 17", 17, "C1007", "2016-11-21"};
  EXPECT_EQ(Questions({dated, {"b", "Building collapses, 21 dead", 21}}), 1U);
  EXPECT_EQ(Questions({dated, {"b", "Bus crash: 21 dead", 21}}), 2U);
  EXPECT_EQ(Questions({dated, {"b", "21 dead", 21}}), 2U);
  EXPECT_EQ(Questions({dated, {"b", "Building collapses", 21, "C1007", "", "2016-11-28"}}), 2U);
}

TEST_F(HappeningTest, TheSameCountToldOfTheCountryIsTheEvents) {
  const Told here{"a", "Ferry sinks", 29, "C1007", "2016-11-21"};
  EXPECT_EQ(Questions({here, {"b", "Boat capsizes in Syria", 29, "SY", "2016-11-22"}}), 1U);
  EXPECT_EQ(Questions({here, {"b", "War in Syria", 29, "SY", "2016-11-22"}}), 2U);
  // A part of what an earthquake did in the country.
  EXPECT_EQ(Questions({{"a", "Earthquake", 29, "C1007", "2016-11-21"},
                       {"b", "Earthquake in Syria", 1500, "SY", "2016-11-21"}}),
            2U);
  // Elsewhere in the country.
  EXPECT_EQ(Questions({here, {"b", "Boat capsizes", 29, "C2987", "2016-11-21"}}), 2U);
}

TEST_F(HappeningTest, WhatGoesOnForDaysNamesNoEvent) {
  const Told dated{"a", "Shelling kills 17", 17, "C1007", "2016-11-21"};
  EXPECT_EQ(Questions({dated, {"b", "Shelling goes on, 21 dead", 21}}), 2U);
}

TEST_F(HappeningTest, ATollThatRisesOnALaterDayIsOfTheSameEvent) {
  const Told sunday{"a", "Earthquake kills 217", 217, "C1007", "2016-11-20"};
  EXPECT_EQ(Questions({sunday, {"b", "Quake toll hits 366", 366, "C1007", "2016-11-22"}}), 1U);
  EXPECT_EQ(Questions({{"b", "Quake toll hits 366", 366, "C1007", "2016-11-22"}, sunday}), 1U);
  // Those whom an aftershock killed.
  EXPECT_EQ(Questions({sunday, {"b", "Aftershock kills two", 2, "C1007", "2016-11-22"}}), 2U);
  EXPECT_EQ(Questions({sunday, {"b", "Quake toll hits 366", 366, "C1007", "2016-11-26"}}), 2U);
}

TEST_F(HappeningTest, ACityAndTheProvinceOfItsNameAreUsedForOneAnother) {
  const Told city{"a", "Earthquake kills 217", 217, "C1007", "2016-11-20"};
  Told province{"b", "Earthquake kills 461", 461, "SY02", "2016-11-20"};
  EXPECT_EQ(Questions({city, province}), 2U);
  province.place_name = "Aleppo";
  Told named = city;
  named.place_name = "Aleppo";
  EXPECT_EQ(Questions({named, province}), 1U);
}

TEST_F(HappeningTest, AMarchIsOneEventForThoseWhoMarchedAndNotForTheDead) {
  for (const std::string measure : {"PEOPLE", "KILLED"}) {
    const Told police{"a", "Thousands march", 10000, "C1007", "2016-11-21", "2016-11-22", measure};
    const Told organisers{"b", "Rally in Aleppo", 40000, "C1007", "", "2016-11-22", measure};
    EXPECT_EQ(Questions({police, organisers}), measure == "PEOPLE" ? 1U : 2U);
  }
}

}  // namespace
}  // namespace consilience::corroboration::testing
