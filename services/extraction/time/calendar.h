// Calendar arithmetic and the TIMEX3 way of writing dates.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TIME_CALENDAR_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TIME_CALENDAR_H_

#include <absl/time/civil_time.h>

#include <optional>
#include <string>
#include <string_view>

#include "services/extraction/model/mention.h"

namespace consilience::extraction {

// "2016-11-22" or "2016-11-22T09:42"; nullopt for anything else.
std::optional<absl::CivilDay> ParseDay(std::string_view text);

std::string FormatDay(absl::CivilDay day);    // "2016-11-22"
std::string FormatMonth(absl::CivilDay day);  // "2016-11"
std::string FormatYear(absl::CivilDay day);   // "2016"
std::string FormatWeek(absl::CivilDay day);   // "2016-W47", the ISO week that holds the day

// Monday is 1, Sunday 7.
int WeekdayOf(absl::CivilDay day);
absl::CivilDay MondayOf(absl::CivilDay day);

DayRange OneDay(absl::CivilDay day);
DayRange Days(absl::CivilDay from, absl::CivilDay to);
DayRange MonthDays(absl::CivilDay any_day);
DayRange YearDays(absl::CivilDay any_day);

// The days of a season ("SP", "SU", "FA", "WI") by the months of the northern year; winter starts
// in December.
DayRange SeasonDays(int64_t year, std::string_view season);

// The day of a holiday code (see rules/time/words.tsv) in a year.
std::optional<absl::CivilDay> HolidayIn(int64_t year, std::string_view code);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TIME_CALENDAR_H_
