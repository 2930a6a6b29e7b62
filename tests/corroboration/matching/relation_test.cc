// How two answers to one question stand to one another.
#include "services/corroboration/matching/relation.h"

#include <gtest/gtest.h>

#include "services/corroboration/matching/partition.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

RecordedAssertion Control(const std::string& measure, const std::string& actor,
                          const std::string& from, const std::string& to) {
  RecordedAssertion assertion;
  assertion.document.id = measure + actor;
  assertion.document.publication_date = "2016-11-22";
  assertion.said.kind = extraction::Kind::kControl;
  assertion.said.measure = measure;
  assertion.said.actor = actor;
  assertion.said.time = {from, to};
  assertion.said.place.id = "N0129";
  return assertion;
}

class ControlTest : public ::testing::Test {
 protected:
  Relation Relate(const RecordedAssertion& a, const RecordedAssertion& b) {
    const Engine::Parts& parts = world_.engine().parts();
    return RelateAnswers(MakeEntry(a, parts.config, parts.places),
                         MakeEntry(b, parts.config, parts.places));
  }

  Relation RelateInOneQuestion(const RecordedAssertion& a, const RecordedAssertion& b) {
    const Engine::Parts& parts = world_.engine().parts();
    return RelateAssertions(MakeEntry(a, parts.config, parts.places),
                            MakeEntry(b, parts.config, parts.places), true, parts.config,
                            parts.places);
  }
  double Fit(const RecordedAssertion& a, const RecordedAssertion& b) {
    const Engine::Parts& parts = world_.engine().parts();
    return QuestionFit(MakeEntry(a, parts.config, parts.places),
                       MakeEntry(b, parts.config, parts.places), parts.places);
  }

  World world_;
  const RecordedAssertion capture_ = Control("CAPTURED", "army", "2016-11-22", "2016-11-22");
};

TEST_F(ControlTest, WhatLastedForYearsEndsWithTheCapture) {
  const RecordedAssertion held = Control("HELD", "rebels", "2012-11-22", "2016-11-22");
  const Relation relation = Relate(capture_, held);
  EXPECT_EQ(relation.type, RelationType::kUpdates);
  EXPECT_FALSE(relation.reversed) << "the capture is the later one";
  EXPECT_TRUE(Relate(held, capture_).reversed);
}

TEST_F(ControlTest, AHoldOfTheSameDayCompetesWithTheCapture) {
  const RecordedAssertion held = Control("HELD", "rebels", "2016-11-22", "2016-11-22");
  EXPECT_EQ(Relate(capture_, held).type, RelationType::kCompetes);
}

TEST_F(ControlTest, AHoldOfUnknownBeginningCompetesWithTheCapture) {
  const RecordedAssertion held = Control("HELD", "rebels", "", "");
  EXPECT_EQ(Relate(capture_, held).type, RelationType::kCompetes);
}

TEST_F(ControlTest, ALongHoldByTheCaptorAgreesWithTheCapture) {
  const RecordedAssertion held = Control("HELD", "army", "2012-11-22", "2016-11-22");
  EXPECT_EQ(Relate(capture_, held).type, RelationType::kAgrees);
}

TEST_F(ControlTest, ALongHoldOutlivesAnEarlierHold) {
  const RecordedAssertion first = Control("HELD", "rebels", "2012-11-22", "2016-11-22");
  const RecordedAssertion second = Control("HELD", "army", "2013-11-22", "2016-11-22");
  EXPECT_EQ(Relate(first, second).type, RelationType::kCompetes)
      << "two holds up to the same day cannot both be";
}

TEST_F(ControlTest, WhatWasDeniedOfEarlierDaysDoesNotDenyTheCapture) {
  RecordedAssertion denied = Control("ADVANCE", "army", "2016-11-20", "2016-11-21");
  denied.said.polarity = extraction::Polarity::kDenied;
  EXPECT_EQ(RelateInOneQuestion(denied, capture_).type, RelationType::kUpdates);
  denied.said.time = {"2016-11-22", "2016-11-22"};
  EXPECT_EQ(RelateInOneQuestion(denied, capture_).type, RelationType::kDenies);
}

TEST_F(ControlTest, TwoDatesOfOneSiegeCompete) {
  const RecordedAssertion day = Control("BESIEGED", "army", "2016-09-19", "2016-09-19");
  const RecordedAssertion summer = Control("BESIEGED", "army", "2016-06-01", "2016-08-31");
  EXPECT_GT(Fit(day, summer), 0.0) << "a place is besieged once, so both tell when that was";
  EXPECT_EQ(Relate(day, summer).type, RelationType::kCompetes);
}

TEST(PlaceHierarchyTest, ASideOfACityHoldsItsDistrictsOnThatSide) {
  const auto places = PlaceHierarchy::Parse(
      "city\tcity\t\tCity\t\t\t\t\n"
      "far\tneighbourhood\tcity\tFar\t\t36.30\t37.30\t\n"
      "near\tneighbourhood\tcity\tNear\t\t36.10\t37.10\t\n"
      "lost\tneighbourhood\tcity\tLost\t\t\t\t\n",
      "places.tsv");
  ASSERT_TRUE(places.ok()) << places.status();
  EXPECT_TRUE(places->Contains("city/east", "far"));
  EXPECT_TRUE(places->Contains("city/north", "far"));
  EXPECT_FALSE(places->Contains("city/west", "far"));
  EXPECT_TRUE(places->Contains("city/west", "near"));
  EXPECT_FALSE(places->Contains("city/east", "near"));
  EXPECT_FALSE(places->Contains("city/east", "lost")) << "nobody knows where it lies";
  EXPECT_FALSE(places->Contains("city/rebel-held", "far"));
  EXPECT_TRUE(places->Contains("city", "lost"));
  EXPECT_FALSE(places->Contains("city/east", "city"));
}

TEST(CorrectionTest, TheLaterWordOfASourceTakesThePlaceOfItsEarlierOne) {
  RecordedAssertion first;
  RecordedAssertion second;
  first.document.publication_date = "2016-11-20";
  second.document.publication_date = "2016-11-21";
  std::vector<Entry> entries(2);
  entries[0].assertion = &first;
  entries[1].assertion = &second;
  ClaimGroup early;
  early.supports = {{0, 1.0}};
  ClaimGroup late;
  late.supports = {{1, 1.0}};
  const auto relation = RelateCorrection(late, early, entries);
  ASSERT_TRUE(relation.has_value());
  EXPECT_EQ(relation->type, RelationType::kUpdates);
  EXPECT_FALSE(relation->reversed);
  EXPECT_TRUE(RelateCorrection(early, late, entries)->reversed);
  second.document.publication_date = "2016-11-20";
  EXPECT_FALSE(RelateCorrection(late, early, entries).has_value()) << "which came later?";
  second.document.publication_date = "";
  EXPECT_FALSE(RelateCorrection(late, early, entries).has_value());
}

class TruceTest : public ControlTest {
 protected:
  static RecordedAssertion Truce(const std::string& measure, const std::string& day,
                                 const std::string& published) {
    RecordedAssertion assertion = Control(measure, "", day, day);
    assertion.said.kind = extraction::Kind::kAgreement;
    assertion.document.publication_date = published;
    return assertion;
  }
};

TEST_F(TruceTest, ATruceAndItsEndAreStatesOfOneQuestion) {
  const RecordedAssertion agreed = Truce("CEASEFIRE", "2016-11-19", "2016-11-20");
  const RecordedAssertion ended = Truce("CEASEFIRE_ENDED", "2016-11-23", "2016-11-23");
  EXPECT_GT(Fit(agreed, ended), 0.0);
  EXPECT_EQ(Relate(agreed, ended).type, RelationType::kUpdates);
  EXPECT_EQ(Relate(ended, Truce("CEASEFIRE", "2016-12-03", "2016-12-03")).type,
            RelationType::kUpdates)
      << "another truce";
}

TEST_F(TruceTest, TheDayOfAReportTellsWhenTheTruceHadEnded) {
  const RecordedAssertion agreed = Truce("CEASEFIRE", "2016-11-19", "2016-11-20");
  EXPECT_EQ(Relate(agreed, Truce("CEASEFIRE_ENDED", "", "2016-11-20")).type,
            RelationType::kUpdates);
  EXPECT_EQ(Relate(agreed, Truce("CEASEFIRE_ENDED", "", "2016-11-23")).type,
            RelationType::kUpdates);
}

TEST_F(TruceTest, WhetherItStillHoldsOnOneDayIsDisputed) {
  EXPECT_EQ(
      Relate(Truce("CEASEFIRE", "", "2016-11-23"), Truce("CEASEFIRE_ENDED", "", "2016-11-23")).type,
      RelationType::kCompetes);
}

TEST_F(TruceTest, ATruceOfAnotherSeasonIsAnotherQuestion) {
  EXPECT_EQ(Fit(Truce("CEASEFIRE", "2016-11-19", "2016-11-20"),
                Truce("CEASEFIRE", "2016-09-12", "2016-09-12")),
            0.0);
}

}  // namespace
}  // namespace consilience::corroboration::testing
