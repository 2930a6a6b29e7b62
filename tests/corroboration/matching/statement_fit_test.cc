// A sentence under test finds what is known although it puts days and places a little otherwise,
// and never mistakes another matter for it.
#include "services/corroboration/matching/statement_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/corroboration/support/world.h"
#include "tests/support/paths.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class StatementFitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const DocumentRecord& record :
         ReadRecords(consilience::testing::SourceFile("tests/corroboration/data/seeds.jsonl"))) {
      ASSERT_TRUE(world_.engine().Record(record).ok());
    }
    known_ = MemberOf("141 civilians");
    statement_ = known_;
    statement_.document.id = "statement";
  }

  RecordedAssertion MemberOf(const std::string& fragment) {
    const ClaimView view = world_.ClaimOf(fragment);
    for (const RecordedAssertion& member : view.in.record->members) {
      if (member.quote.find(fragment) != std::string::npos) return member;
    }
    ADD_FAILURE() << "no assertion says " << fragment;
    return {};
  }

  StatementFit Fit() {
    const auto& parts = world_.engine().parts();
    return FitStatement(MakeEntry(statement_, parts.config, parts.places),
                        MakeEntry(known_, parts.config, parts.places), parts.config, parts.places);
  }
  void Says(double lower, double upper) {
    statement_.said.quantity->lower = lower;
    statement_.said.quantity->upper = upper;
  }

  World world_;
  RecordedAssertion known_;
  RecordedAssertion statement_;
};

TEST_F(StatementFitTest, TheSameThingFitsWhollyAndDiffersInNothing) {
  const StatementFit fit = Fit();
  EXPECT_DOUBLE_EQ(fit.fit, 1.0);
  EXPECT_TRUE(fit.supports());
  EXPECT_THAT(fit.difference, IsEmpty());
}

TEST_F(StatementFitTest, AWindowThatIsADayOffStillFitsAndTheDifferenceIsTold) {
  statement_.said.time = {"2016-11-14", "2016-11-20"};
  known_.said.time = {"2016-11-15", "2016-11-22"};
  const StatementFit fit = Fit();
  EXPECT_GT(fit.fit, 0.5);
  EXPECT_LT(fit.fit, 1.0);
  EXPECT_TRUE(fit.supports());
  EXPECT_THAT(fit.difference, HasSubstr("2016-11-15 to 2016-11-22, not 2016-11-14 to 2016-11-20"));
}

TEST_F(StatementFitTest, AnotherNumberForTheSameWindowCompetes) {
  Says(900, 900);
  EXPECT_TRUE(Fit().opposes());
}

TEST_F(StatementFitTest, AnotherNumberForAnotherMonthIsAnotherMatter) {
  Says(900, 900);
  statement_.said.time = {"2016-06-01", "2016-06-07"};
  EXPECT_DOUBLE_EQ(Fit().fit, 0.0);
}

TEST_F(StatementFitTest, TheTollOfADayIsAPartOfTheWeeksAndNotItsRival) {
  known_.said.time = {"2016-11-15", "2016-11-22"};
  statement_.said.time = {"2016-11-20", "2016-11-20"};
  Says(6, 6);
  const StatementFit fit = Fit();
  EXPECT_FALSE(fit.opposes());
  EXPECT_EQ(fit.relation.type, RelationType::kPartOf);
}

TEST_F(StatementFitTest, WithoutADayAnAgreeingNumberIsFoundAndADifferentOneSaysNothing) {
  statement_.said.time = {};
  statement_.document.publication_date.clear();
  EXPECT_TRUE(Fit().supports());
  Says(900, 900);
  EXPECT_FALSE(Fit().opposes());
}

TEST_F(StatementFitTest, WithoutAPlaceAnAgreeingNumberIsFound) {
  statement_.said.place = {};
  const StatementFit fit = Fit();
  EXPECT_TRUE(fit.supports());
  EXPECT_LT(fit.fit, 1.0);
}

TEST_F(StatementFitTest, AnotherCityIsAnotherMatter) {
  statement_.said.place = {};
  statement_.said.place.name = "Raqqa";
  EXPECT_DOUBLE_EQ(Fit().fit, 0.0);
}

TEST_F(StatementFitTest, ADenialOfWhatIsKnownOpposesIt) {
  statement_.said.polarity = extraction::Polarity::kDenied;
  EXPECT_EQ(Fit().relation.type, RelationType::kDenies);
}

TEST_F(StatementFitTest, OtherPeopleAreAnotherMatter) {
  statement_.said.population.groups = {extraction::PopulationGroup::kChild};
  EXPECT_DOUBLE_EQ(Fit().fit, 0.0);
}

}  // namespace
}  // namespace consilience::corroboration::testing
