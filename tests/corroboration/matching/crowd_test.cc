// Who and what is counted decides whether two numbers answer one question.
#include <gtest/gtest.h>

#include "services/corroboration/matching/partition.h"
#include "services/corroboration/matching/relation.h"
#include "tests/corroboration/support/world.h"

namespace consilience::corroboration::testing {
namespace {

using extraction::Kind;
using extraction::PopulationGroup;

class CrowdTest : public ::testing::Test {
 protected:
  static RecordedAssertion Count(Kind kind, const std::string& measure, double number) {
    RecordedAssertion assertion;
    assertion.document.id = std::to_string(number);
    assertion.document.publication_date = "2016-11-22";
    assertion.said.kind = kind;
    assertion.said.measure = measure;
    assertion.said.quantity.emplace();
    assertion.said.quantity->lower = number;
    assertion.said.quantity->upper = number;
    assertion.said.time = {"2016-11-21", "2016-11-21"};
    assertion.said.place.id = "C1007";
    return assertion;
  }
  static RecordedAssertion Killed(const std::string& label, PopulationGroup group, double number) {
    RecordedAssertion assertion = Count(Kind::kCasualty, "KILLED", number);
    assertion.said.population.label = label;
    assertion.said.population.groups = {group};
    return assertion;
  }
  Entry EntryOf(const RecordedAssertion& assertion) {
    const Engine::Parts& parts = world_.engine().parts();
    return MakeEntry(assertion, parts.config, parts.places);
  }
  bool OneQuestion(const RecordedAssertion& a, const RecordedAssertion& b) {
    return QuestionFit(EntryOf(a), EntryOf(b), world_.engine().parts().places) > 0.0;
  }
  RelationType Apart(const RecordedAssertion& a, const RecordedAssertion& b) {
    const Engine::Parts& parts = world_.engine().parts();
    return RelateAssertions(EntryOf(a), EntryOf(b), false, parts.config, parts.places).type;
  }

  World world_;
};

TEST_F(CrowdTest, PoliceAndJournalistsAreCountedApartFromThePeople) {
  const RecordedAssertion people = Killed("protesters", PopulationGroup::kPerson, 12);
  const RecordedAssertion police = Killed("riot police officers", PopulationGroup::kPerson, 3);
  EXPECT_FALSE(OneQuestion(people, police));
  EXPECT_TRUE(OneQuestion(police, Killed("policemen", PopulationGroup::kPerson, 4)));
  EXPECT_TRUE(OneQuestion(people, Killed("people", PopulationGroup::kPerson, 14)));
  EXPECT_FALSE(OneQuestion(people, Killed("journalists", PopulationGroup::kCivilian, 2)));
  EXPECT_EQ(Apart(police, people), RelationType::kPartOf);
}

TEST_F(CrowdTest, SoldiersAreNotTheirFoesButAreFighters) {
  const RecordedAssertion soldiers = Killed("Syrian soldiers", PopulationGroup::kCombatant, 5);
  const RecordedAssertion rebels = Killed("rebels", PopulationGroup::kCombatant, 40);
  EXPECT_FALSE(OneQuestion(soldiers, rebels));
  EXPECT_TRUE(OneQuestion(rebels, Killed("militants", PopulationGroup::kCombatant, 30)));
  EXPECT_EQ(Apart(soldiers, Killed("combatants", PopulationGroup::kCombatant, 45)),
            RelationType::kPartOf);
}

TEST_F(CrowdTest, TwoCallingsTogetherAreCountedWithTheRest) {
  const RecordedAssertion both = Killed("policemen and doctors", PopulationGroup::kPerson, 9);
  EXPECT_TRUE(OneQuestion(both, Killed("people", PopulationGroup::kPerson, 9)));
}

TEST_F(CrowdTest, APartOfThePeopleIsNoOtherCountOfThem) {
  const RecordedAssertion five = Killed("people", PopulationGroup::kPerson, 5);
  RecordedAssertion pilots = Killed("pilots", PopulationGroup::kPerson, 2);
  EXPECT_TRUE(OneQuestion(five, pilots)) << "counted by themselves they may be all";
  pilots.part_of = "the five";
  EXPECT_FALSE(OneQuestion(five, pilots));
  EXPECT_FALSE(OneQuestion(five, Killed("men", PopulationGroup::kPerson, 3)));
  RecordedAssertion civilians = Killed("civilians", PopulationGroup::kCivilian, 4);
  civilians.part_of = "the five";
  EXPECT_TRUE(OneQuestion(civilians, Killed("civilians", PopulationGroup::kCivilian, 4)));
}

TEST_F(CrowdTest, BareFiguresMeetOnlyInTheirNumber) {
  const RecordedAssertion vote = Count(Kind::kNumericFact, "SHARE", 41);
  const RecordedAssertion turnout = Count(Kind::kNumericFact, "SHARE", 71);
  EXPECT_FALSE(OneQuestion(vote, turnout)) << "nothing says that both are of one thing";
  EXPECT_TRUE(OneQuestion(vote, vote));
  RecordedAssertion at_least = vote;
  at_least.said.quantity->upper.reset();
  EXPECT_TRUE(OneQuestion(vote, at_least));
}

TEST_F(CrowdTest, BareFiguresOfDifferentThingsDoNotMeet) {
  RecordedAssertion raids = Count(Kind::kNumericFact, "AMOUNT", 4);
  RecordedAssertion schools = raids;
  RecordedAssertion strikes = raids;
  raids.said.population.label = "raids";
  schools.said.population.label = "schools";
  strikes.said.population.label = "night raids";
  EXPECT_FALSE(OneQuestion(raids, schools));
  EXPECT_TRUE(OneQuestion(raids, strikes));
}

TEST_F(CrowdTest, PeopleOfWhomNothingElseIsSaidMeetByWhatTheyAreCalled) {
  RecordedAssertion aboard = Count(Kind::kNumericFact, "PEOPLE", 90);
  RecordedAssertion alive = Count(Kind::kNumericFact, "PEOPLE", 35);
  aboard.said.population.label = "passengers";
  alive.said.population.label = "survivors";
  EXPECT_FALSE(OneQuestion(aboard, alive));
  RecordedAssertion other = aboard;
  other.said.quantity->lower = other.said.quantity->upper = 94;
  EXPECT_TRUE(OneQuestion(aboard, other));
}

TEST_F(CrowdTest, ACountOverMonthsIsOfNoSingleEvent) {
  RecordedAssertion ferry = Killed("people", PopulationGroup::kPerson, 28);
  RecordedAssertion year = Killed("people", PopulationGroup::kPerson, 210);
  ferry.document.title = year.document.title = "At least 28 die as ferry sinks";
  ferry.said.time = {"2025-03-03", "2025-03-03"};
  year.said.time = {"2025-01-01", "2025-03-04"};
  year.said.cumulative = true;
  EXPECT_FALSE(OneQuestion(ferry, year));
}

TEST_F(CrowdTest, FiguresOfANamedThingAnswerOneQuestion) {
  RecordedAssertion one = Count(Kind::kNumericFact, "AMOUNT", 41);
  RecordedAssertion other = Count(Kind::kNumericFact, "AMOUNT", 71);
  one.said.target = other.said.target = "schools";
  EXPECT_TRUE(OneQuestion(one, other));
}

}  // namespace
}  // namespace consilience::corroboration::testing
