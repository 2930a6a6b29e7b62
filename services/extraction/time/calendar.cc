#include "services/extraction/time/calendar.h"

#include <fmt/format.h>

#include <charconv>

namespace consilience::extraction {
namespace {

std::optional<int> ParseInt(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Western Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
absl::CivilDay Easter(int64_t year) {
  const int64_t a = year % 19;
  const int64_t b = year / 100;
  const int64_t c = year % 100;
  const int64_t d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int64_t e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int64_t f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return absl::CivilDay(year, f / 31, f % 31 + 1);
}

}  // namespace

std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T') return std::nullopt;
  const auto year = ParseInt(text.substr(0, 4));
  const auto month = ParseInt(text.substr(5, 2));
  const auto day = ParseInt(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const absl::CivilDay parsed(*year, *month, *day);
  // CivilDay normalises "2016-02-31" into March.
  if (parsed.month() != *month || parsed.day() != *day) return std::nullopt;
  return parsed;
}

// Written by hand: a text has dozens of days, and general formatting takes longer than finding
// them.
std::string FormatDay(absl::CivilDay day) {
  if (day.year() < 0 || day.year() > 9999) {
    return fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
  }
  std::string text = "0000-00-00";
  const auto write = [&](size_t last, int value) {
    for (; value > 0; value /= 10) text[last--] = static_cast<char>('0' + value % 10);
  };
  write(3, static_cast<int>(day.year()));
  write(6, day.month());
  write(9, day.day());
  return text;
}

std::string FormatMonth(absl::CivilDay day) {
  return fmt::format("{:04}-{:02}", day.year(), day.month());
}

std::string FormatYear(absl::CivilDay day) { return fmt::format("{:04}", day.year()); }

std::string FormatWeek(absl::CivilDay day) {
  const absl::CivilDay thursday = MondayOf(day) + 3;
  return fmt::format("{:04}-W{:02}", thursday.year(), (absl::GetYearDay(thursday) - 1) / 7 + 1);
}

int WeekdayOf(absl::CivilDay day) { return static_cast<int>(absl::GetWeekday(day)) + 1; }

absl::CivilDay MondayOf(absl::CivilDay day) { return day - (WeekdayOf(day) - 1); }

DayRange OneDay(absl::CivilDay day) { return {FormatDay(day), FormatDay(day)}; }

DayRange Days(absl::CivilDay from, absl::CivilDay to) { return {FormatDay(from), FormatDay(to)}; }

DayRange MonthDays(absl::CivilDay any_day) {
  const absl::CivilMonth month(any_day);
  return Days(absl::CivilDay(month), absl::CivilDay(month + 1) - 1);
}

DayRange YearDays(absl::CivilDay any_day) {
  const absl::CivilYear year(any_day);
  return Days(absl::CivilDay(year), absl::CivilDay(year + 1) - 1);
}

DayRange SeasonDays(int64_t year, std::string_view season) {
  const int first = season == "SP" ? 3 : season == "SU" ? 6 : season == "FA" ? 9 : 12;
  const absl::CivilMonth month(year, first);
  return Days(absl::CivilDay(month), absl::CivilDay(month + 3) - 1);
}

std::optional<absl::CivilDay> HolidayIn(int64_t year, std::string_view code) {
  if (code.starts_with("easter")) {
    const auto days = ParseInt(code.substr(6));
    return days ? std::optional(Easter(year) + *days) : std::nullopt;
  }
  const auto month = ParseInt(code.substr(0, 2));
  if (!month || code.size() < 5) return std::nullopt;
  if (code.size() == 5) {
    const auto day = ParseInt(code.substr(3));
    return day ? std::optional(absl::CivilDay(year, *month, *day)) : std::nullopt;
  }
  const int64_t nth = code[3] - '0';
  const int weekday = code[5] - '0';
  const absl::CivilDay first(year, *month, 1);
  absl::CivilDay day = first + (weekday - WeekdayOf(first) + 7) % 7 + 7 * (nth - 1);
  if (day.month() != *month) day -= 7;  // the fifth is the last
  return day;
}

}  // namespace consilience::extraction
