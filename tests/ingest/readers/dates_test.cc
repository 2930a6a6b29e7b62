// Dates, and what a text shows of its own day of publication and title.
#include "services/ingest/readers/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ingest/readers/text_evidence.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Timestamp(std::string_view text) {
  const auto day = ParseTimestamp(text);
  return day.has_value() ? ToIso(*day) : "none";
}

TEST(Timestamp, ReadsWhatMachinesWrite) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"2016-11-22", "2016-11-22"},
      {"2016-11-22T10:30:00Z", "2016-11-22"},
      // The day in the value's own zone, not in UTC.
      {"2016-11-22T23:30:00-05:00", "2016-11-22"},
      {"2016-11-22 10:30:00", "2016-11-22"},
      {"20161122T103000Z", "2016-11-22"},
      {"20161122", "2016-11-22"},
      {"Tue, 22 Nov 2016 10:30:00 GMT", "2016-11-22"},
      {"November 22, 2016", "2016-11-22"},
      {"22nd of November 2016", "2016-11-22"},
      {"Sept. 5, 2016", "2016-09-05"},
      {"22.11.2016", "2016-11-22"},
      {"11/22/2016", "2016-11-22"},
      {"5/5/2016", "2016-05-05"},
      {"5/6/2016", "none"},  // of May or of June
      {"2016-02-30", "none"},
      {"2016-13-01", "none"},
      {"2015-02-29", "none"},
      {"2016-02-29", "2016-02-29"},
      {"1 May 2016 to 3 May 2016", "none"},
      {"Tuesday", "none"},
      {"", "none"},
  };
  for (const auto& [text, day] : cases) EXPECT_EQ(Timestamp(text), day) << text;
}

TEST(Dates, AWeekdayAgreesOrDoesNot) {
  const auto found = FindDates("On Tuesday, 22 November 2016, and on Monday, November 22, 2016.");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_TRUE(found[0].has_weekday && found[0].weekday_agrees);
  EXPECT_TRUE(found[1].has_weekday && !found[1].weekday_agrees);
}

TEST(Dates, PolicyRefusesWhatCannotBe) {
  const DatePolicy policy{.today = "2016-12-01"};
  EXPECT_FALSE(policy.Refusal(*ParseIsoDay("2016-12-01")).has_value());
  EXPECT_THAT(*policy.Refusal(*ParseIsoDay("2016-12-02")), HasSubstr("future"));
  EXPECT_TRUE(policy.Refusal(*ParseIsoDay("1970-01-01")).has_value());
  EXPECT_TRUE(policy.Refusal(*ParseIsoDay("1601-01-01")).has_value());
}

std::vector<std::string> Inferred(const std::string& text,
                                  std::vector<std::string>* refused = nullptr) {
  std::vector<std::string> warnings;
  std::vector<std::string> days;
  for (const Candidate& candidate : InferPublicationDate(text, {.today = "2020-01-01"}, warnings)) {
    EXPECT_EQ(candidate.basis, Basis::kInferred);
    EXPECT_FALSE(candidate.evidence.empty());
    days.push_back(candidate.value);
  }
  if (refused != nullptr) *refused = warnings;
  return days;
}

TEST(PublicationDate, IsInferredFromTheOpening) {
  const std::string body =
      " a bomb blast killed six people in the old city, the state television reported.";
  EXPECT_THAT(Inferred("Wed 19 Apr 2017 Bomb blast kills six. In Aleppo" + body),
              ElementsAre("2017-04-19"));
  EXPECT_THAT(Inferred("Bomb blast kills six\n\nPublished: 19 April 2017\n\nIn Aleppo" + body),
              ElementsAre("2017-04-19"));
  EXPECT_THAT(Inferred("ALEPPO, Syria, April 19, 2017 (Wire) -" + body), ElementsAre("2017-04-19"));
  EXPECT_THAT(Inferred("On Wednesday, 19 April 2017," + body), ElementsAre("2017-04-19"));
}

TEST(PublicationDate, IsNotTakenFromWhatTheTextIsAbout) {
  EXPECT_THAT(
      Inferred("The war that began on 15 March 2011 has killed 300,000 people, the monitor said."),
      IsEmpty());
  EXPECT_THAT(Inferred("He was born in Aleppo on June 3, 1962, and studied there."), IsEmpty());
  std::vector<std::string> refused;
  EXPECT_THAT(Inferred("Mon 19 Apr 2017 Bomb blast kills six in the city.", &refused), IsEmpty());
  EXPECT_THAT(refused, ElementsAre(HasSubstr("no such weekday")));
  EXPECT_THAT(Inferred("Tue 19 Apr 2033 Bomb blast kills six in the city.", &refused), IsEmpty());
  EXPECT_THAT(refused, ElementsAre(HasSubstr("future")));
}

TEST(PublicationDate, ALineOfItsOwnBeatsProse) {
  EXPECT_THAT(Inferred("Blast\n\n20 April 2017\n\nOn Wednesday, 19 April 2017, a bomb went off."),
              ElementsAre("2017-04-20", "2017-04-19"));
}

std::string Title(const std::string& text) {
  const std::vector<Candidate> titles = InferTitle(text);
  return titles.empty() ? "" : titles.front().value;
}

TEST(Title, IsTheLineThatOpensTheText) {
  EXPECT_EQ(Title("Regime advances in Aleppo\n\nThe army said on Tuesday."),
            "Regime advances in Aleppo");
  EXPECT_EQ(Title("Regime advances in Aleppo\nRegime advances in Aleppo\nA caption\n\nThe army."),
            "Regime advances in Aleppo");
  EXPECT_EQ(Title("Home / World / Syria\n\nRegime advances in Aleppo\n\nThe army."),
            "Regime advances in Aleppo");
  EXPECT_EQ(Title("The army said on Tuesday that it had advanced.\n\nMore."), "");
  EXPECT_EQ(Title("One line alone without a stop"), "");
  EXPECT_EQ(Title("Forces pushed forward into\nthe city on Tuesday."), "");
  EXPECT_EQ(Title(""), "");
  EXPECT_EQ(Title("\n\n\n"), "");
}

}  // namespace
}  // namespace consilience::ingest
