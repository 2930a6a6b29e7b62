#include "services/extraction/time/calendar.h"

#include <gtest/gtest.h>

namespace consilience::extraction {
namespace {

using absl::CivilDay;

TEST(CalendarTest, ParsesDaysAndNothingElse) {
  EXPECT_EQ(ParseDay("2016-11-22"), CivilDay(2016, 11, 22));
  EXPECT_EQ(ParseDay("1998-12-05T09:42"), CivilDay(1998, 12, 5));
  for (const char* text : {"", "2016-11", "2016-02-31", "22-11-2016", "2016-11-22 noon", "x"}) {
    EXPECT_FALSE(ParseDay(text)) << text;
  }
}

TEST(CalendarTest, CountsIsoWeeksOverTheTurnOfTheYear) {
  EXPECT_EQ(FormatWeek(CivilDay(2016, 11, 22)), "2016-W47");
  EXPECT_EQ(FormatWeek(CivilDay(2016, 1, 3)), "2015-W53");
  EXPECT_EQ(FormatWeek(CivilDay(2018, 12, 31)), "2019-W01");
  EXPECT_EQ(FormatWeek(CivilDay(2021, 1, 4)), "2021-W01");
}

TEST(CalendarTest, FindsMovableHolidays) {
  EXPECT_EQ(HolidayIn(1999, "11-4-4"), CivilDay(1999, 11, 25));
  EXPECT_EQ(HolidayIn(2016, "05-5-1"), CivilDay(2016, 5, 30));
  EXPECT_EQ(HolidayIn(2000, "easter+0"), CivilDay(2000, 4, 23));
  EXPECT_EQ(HolidayIn(2016, "easter-2"), CivilDay(2016, 3, 25));
  EXPECT_EQ(HolidayIn(2016, "12-25"), CivilDay(2016, 12, 25));
}

TEST(CalendarTest, MondayIsTheFirstDayOfItsWeek) {
  for (int i = 0; i < 400; ++i) {
    const CivilDay day = CivilDay(2016, 1, 1) + i;
    EXPECT_EQ(WeekdayOf(MondayOf(day)), 1);
    EXPECT_GE(day - MondayOf(day), 0);
    EXPECT_LT(day - MondayOf(day), 7);
  }
}

}  // namespace
}  // namespace consilience::extraction
