// Dates that name a day, a month or a year.
#include <fmt/format.h>

#include <algorithm>

#include "services/extraction/text/one_of.h"
#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {
namespace {

constexpr int kFirstYear = 1000;
constexpr int kFirstPlainYear = 1900;  // years before need a word that announces them
constexpr int kFirstAnnouncedYear = 1500;
constexpr int kLastYear = 2099;
constexpr int kSoonDays = 30;  // a holiday this close ahead is not last year's

}  // namespace

TimePass::Found TimePass::ReadDate(size_t at) const {
  if (Lower(at) == "week" && Lower(at + 1) == "of" && Lower(at + 2) != "week") {
    const Found date = ReadDate(at + 2);
    const bool the = at > 0 && Is(at - 1, Kind::kThe);
    if (date && date->day && the) return WeekOf(at - 1, date->end, date->day);
  }
  if (Found found = ReadWeekday(at)) return found;
  if (Found found = ReadHoliday(at)) return found;
  if (at < text_.size() && text_[at].is_number()) {
    if (Found found = ReadNumericDate(at)) return found;
    if (Found found = ReadDottedDate(at)) return found;
    return ReadDayFirst(at, at);
  }
  if (Is(at, Kind::kShift)) {
    const size_t month = SkipHyphen(at + 1);
    if (MonthAt(month, false) == 0) return {};
    Found found = ReadMonthFirst(month, at);
    if (found && found->mention.rule == "time/month") {
      found->mention.mod = WordAt(at).code;
    } else if (found) {
      found->begin = month;
    }
    return found;
  }
  return ReadMonthFirst(at, at);
}

// The month that a token names, 0 if it is none. "may", "march" and the short forms need more than
// themselves.
int TimePass::MonthAt(size_t at, bool in_date) const {
  const TimeWord& word = WordAt(at);
  if (!word.is(Kind::kMonth) && !word.is(Kind::kMonthShort)) return 0;
  if (in_date) return word.number;
  if (!text_[at].is(kCapitalised)) return 0;
  const bool doubtful = word.is(Kind::kMonthShort) || Lower(at) == "may" || Lower(at) == "march" ||
                        Lower(at) == "august";
  if (!doubtful) return word.number;
  size_t end = at + (Mark(at + 1) == '.' ? 2 : 1);
  size_t unused = 0;
  if (DayOfMonth(end, unused) > 0 || YearAfter(end, unused, false) > 0) return word.number;
  const bool announced =
      at > 0 && (Is(at - 1, Kind::kYearCue) || Is(at - 1, Kind::kLast) || Is(at - 1, Kind::kNext) ||
                 Is(at - 1, Kind::kThis) || Is(at - 1, Kind::kShift) || Is(at - 1, Kind::kPast));
  const bool written_out = word.is(Kind::kMonth) && !text_[at].is(kSentenceInitial);
  return announced && written_out ? word.number : 0;
}

// "5", "5th", "the 5th of" is read by the caller. 0 if there is no day of a month.
int TimePass::DayOfMonth(size_t at, size_t& end) const {
  const int day = DigitsAt(at, 1, 31);
  if (day > 0 && text_.Folded(at).size() <= 2) {
    const std::string_view suffix = Lower(at + 1);
    const bool glued = at + 1 < text_.size() && !text_[at + 1].is(kSpaceBefore);
    const bool ordinal =
        glued && (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th");
    end = at + (ordinal ? 2 : 1);
    const bool colon = Mark(end) == ':' && DigitsAt(end + 1, 0, 59) >= 0;
    const bool clock = (colon && !text_[end + 1].is(kSpaceBefore)) || Is(end, Kind::kHalfday);
    return clock ? 0 : day;
  }
  return 0;
}

// A year after a date: "1998", ", 1998", and after a day in capitals "90" or "'90". 0 if there is
// none.
int TimePass::YearAfter(size_t at, size_t& end, bool after_day) const {
  size_t next = at;
  if (Mark(next) == ',') ++next;
  if (Lower(next) == "of") ++next;
  if (published_ && Is(next + 1, Kind::kUnit) && WordAt(next + 1).code == "Y") {
    const int shift = Is(next, Kind::kThis) ? 0 : Is(next, Kind::kNext) ? 1 : -1;
    if (shift >= 0 || Is(next, Kind::kLast)) {
      end = next + 2;
      return static_cast<int>(published_->year()) + shift;  // "in April next year"
    }
  }
  const int year = DigitsAt(next, kFirstYear, kLastYear);
  if (year > 0 && text_.Folded(next).size() == 4) {
    end = next + 1;
    return year;
  }
  const bool apostrophe = Mark(next) == '\'';
  const int two = DigitsAt(apostrophe ? next + 1 : next, 30, 99);
  const bool marked = apostrophe || (text_.all_caps() && after_day);
  if (!marked || two < 0) return 0;
  end = next + (apostrophe ? 2 : 1);
  return 1900 + two;
}

// "March 5, 1946", "Aug. 7", "March 2011", "December". `begin` is where the expression starts.
TimePass::Found TimePass::ReadMonthFirst(size_t at, size_t begin) const {
  const int month = MonthAt(at, false);
  if (month == 0) return {};
  size_t end = at + 1;
  size_t next = at + (Mark(at + 1) == '.' ? 2 : 1);
  const int day = DayOfMonth(next, end);
  if (day > 0) next = end;
  const int year = YearAfter(day > 0 ? end : next, end, day > 0);
  return MakeDate(begin, end, year, month, day);
}

// "19 September", "5 JAN 90", "19th of September 2016", "22April".
TimePass::Found TimePass::ReadDayFirst(size_t at, size_t begin) const {
  size_t end = 0;
  const int day = DayOfMonth(at, end);
  if (day == 0) return {};
  if (Found first = ReadDayOfPair(at, day, end)) return first;
  if (Lower(end) == "of") ++end;
  const int month = MonthAt(end, true);
  if (month == 0 || !text_[end].is(kCapitalised)) return {};
  ++end;
  if (Mark(end) == '.' && WordAt(end - 1).is(Kind::kMonthShort)) ++end;
  const int year = YearAfter(end, end, true);
  return MakeDate(begin, end, year, month, day);
}

// "between | 26 and 29 October", "on | 3 and 4 May": the month stands behind the second day.
TimePass::Found TimePass::ReadDayOfPair(size_t at, int day, size_t end) const {
  if (at == 0 || (Lower(end) != "and" && Lower(end) != "to")) return {};
  const std::string_view before = Lower(at - 1);
  if (before != "between" && before != "from" && before != "on") return {};
  size_t second_end = 0;
  const int second = DayOfMonth(end + 1, second_end);
  if (second <= day || MonthAt(second_end, true) == 0) return {};
  const Found last = ReadDayFirst(end + 1, end + 1);
  if (!last || !last->day) return {};
  return MakeDay(at, end, absl::CivilDay(last->day->year(), last->day->month(), day),
                 "time/month-day");
}

TimePass::Expression TimePass::MakeDay(size_t begin, size_t end, absl::CivilDay day,
                                       const char* rule) const {
  Expression found = Make(begin, end, TimeType::kDate, FormatDay(day), rule);
  found.mention.days = OneDay(day);
  found.day = day;
  return found;
}

// Year and day may be 0 for what was not said.
TimePass::Found TimePass::MakeDate(size_t begin, size_t end, int year, int month, int day) const {
  std::optional<absl::CivilDay> meant;
  if (year > 0) {
    meant = absl::CivilDay(year, month, day == 0 ? 1 : day);
  } else {
    meant = ResolveYearless(month, day, begin, end);
  }
  if (meant && day > 0 && meant->day() != day) return {};  // 31 June
  const char* const rule = day > 0 ? "time/month-day" : "time/month";
  if (!meant) {
    Expression found = Make(begin, end, TimeType::kDate, "", rule);
    found.mention.value =
        day > 0 ? fmt::format("XXXX-{:02}-{:02}", month, day) : fmt::format("XXXX-{:02}", month);
    return found;
  }
  if (day > 0) return MakeDay(begin, end, *meant, rule);
  Expression found = Make(begin, end, TimeType::kDate, FormatMonth(*meant), rule);
  found.mention.days = MonthDays(*meant);
  return found;
}

// "2016-11-22", "5/17/2018", "22.11.2016". Month first where both readings are possible.
TimePass::Found TimePass::ReadNumericDate(size_t at) const {
  const char joint = Mark(at + 1);
  if (joint != '-' && joint != '/') return {};
  if (Mark(at + 3) != joint || at + 4 >= text_.size()) return {};
  for (size_t i = at + 1; i <= at + 4; ++i) {
    if (text_[i].is(kSpaceBefore)) return {};
  }
  const int a = DigitsAt(at, 1, kLastYear);
  const int b = DigitsAt(at + 2, 1, 31);
  const int c = DigitsAt(at + 4, 1, kLastYear);
  if (a < 0 || b < 0 || c < 0) return {};
  if (a >= kFirstYear && b <= 12 && c <= 31) return MakeDate(at, at + 5, a, b, c);
  if (c < kFirstYear || a > 31) return {};
  return a <= 12   ? MakeDate(at, at + 5, c, a, b)
         : b <= 12 ? MakeDate(at, at + 5, c, b, a)
                   : Found{};
}

// "22.11.2016", day first.
TimePass::Found TimePass::ReadDottedDate(size_t at) const {
  const std::string_view digits = text_.Folded(at);
  constexpr size_t kShortest = 8;  // "1.1.2016"
  if (digits.size() < kShortest || digits.size() > kShortest + 2) return {};
  int parts[3] = {0, 0, 0};
  size_t part = 0;
  for (const char c : digits) {
    if (c == '.') {
      if (++part > 2) return {};
    } else if (c >= '0' && c <= '9') {
      parts[part] = 10 * parts[part] + (c - '0');
    } else {
      return {};
    }
  }
  const auto [day, month, year] = parts;
  const bool sound = part == 2 && day >= 1 && day <= 31 && month >= 1 && month <= 12 &&
                     year >= kFirstPlainYear && year <= kLastYear;
  return sound ? MakeDate(at, at + 1, year, month, day) : Found{};
}

// "Friday", "Friday morning", "Thursday, April 6", "Tuesday, 23 November 2016".
TimePass::Found TimePass::ReadWeekday(size_t at) const {
  const TimeWord& word = WordAt(at);
  const bool short_form = word.is(Kind::kWeekdayShort);
  if (!word.is(Kind::kWeekday) && !short_form) return {};
  if (!text_[at].is(kCapitalised)) return {};
  size_t next = at + 1;
  if (short_form && Mark(next) == '.') ++next;
  if (Mark(next) == ',') ++next;
  if (Lower(next) == "the") ++next;
  Found date = ReadMonthFirst(next, at);
  if (!date && next < text_.size() && text_[next].is_number()) date = ReadDayFirst(next, at);
  if (date && date->day) {
    date->mention.weekday_mismatch = WeekdayOf(*date->day) != word.number;
    date->mention.rule = "time/weekday-date";
    return date;
  }
  if (short_form) return {};
  const std::optional<absl::CivilDay> day = ResolveWeekday(word.number, at, at + 1);
  Expression found = day ? MakeDay(at, at + 1, *day, "time/weekday")
                         : Make(at, at + 1, TimeType::kDate, "", "time/weekday");
  AddPart(found);
  return found;
}

// "Friday morning", "Friday night".
void TimePass::AddPart(Expression& found) const {
  if (!Is(found.end, Kind::kPart)) return;
  if (!found.mention.value.empty()) found.mention.value += "T" + WordAt(found.end).code;
  found.mention.type = TimeType::kTime;
  ++found.end;
}

// "Easter week", "the week of March 6".
TimePass::Expression TimePass::WeekOf(size_t begin, size_t end,
                                      std::optional<absl::CivilDay> day) const {
  Expression found = Make(begin, end, TimeType::kDate, day ? FormatWeek(*day) : "", "time/week-of");
  if (day) found.mention.days = Days(MondayOf(*day), MondayOf(*day) + 6);
  return found;
}

TimePass::Found TimePass::ReadHoliday(size_t at) const {
  const auto match = words_.phrases().Longest(text_.tokens(), at);
  if (!match || !words_.Word(match->payload).is(Kind::kHoliday)) return {};
  if (!text_[at].is(kCapitalised)) return {};
  const std::string& code = words_.Word(match->payload).code;
  size_t end = match->end;
  std::optional<absl::CivilDay> day;
  if (const int year = YearAfter(end, end, false); year > 0) {
    day = HolidayIn(year, code);
  } else if (published_) {
    day = HolidayIn(published_->year(), code);
    const bool ahead = TenseAround(at, end) == Tense::kFuture;
    const bool soon = day && *day > *published_ && *day - *published_ <= kSoonDays;
    if (day && *day > *published_ && !ahead && !soon) day = HolidayIn(published_->year() - 1, code);
    if (day && *day < *published_ && ahead) day = HolidayIn(published_->year() + 1, code);
  }
  Expression found = day ? MakeDay(at, end, *day, "time/holiday")
                         : Make(at, end, TimeType::kDate, "", "time/holiday");
  return Is(end, Kind::kUnit) && WordAt(end).code == "W" ? WeekOf(at, end + 1, day) : found;
}

// "2000 injured", "the 1950 people": digits before a plural are a count.
bool TimePass::CountsWhatFollows(size_t at) const {
  const size_t next = at + 1;
  if (next >= text_.size() || !text_[next].is_word() || !text_[next].is(kSpaceBefore)) return false;
  if (Lower(next) == "people" || Is(next, Kind::kUnits)) return true;
  const std::string_view word = Lower(next);
  const bool plural = word.size() > 3 && word.ends_with('s') && !word.ends_with("ss");
  return plural && !text_[next].is(kCapitalised) && !Is(next, Kind::kYearCue);
}

// "in 1998", "since 2012"; "and 1997" only after another time.
bool TimePass::IsAnnouncedYear(size_t at) const {
  const std::string_view cue = Lower(at - 1);
  if (cue == "to" && at >= 2 && (Lower(at - 2) == "dating" || Lower(at - 2) == "back")) return true;
  const bool joins = cue == "and" || cue == "or" || cue == "to" || cue == "for" || cue == "about" ||
                     cue == "around";
  return !joins || (!mentions_.empty() && last_end_ + 4 > at);
}

bool TimePass::LooksLikeYear(size_t at) const {
  const int year = DigitsAt(at, kFirstYear, kLastYear);
  if (year < 0 || text_.Folded(at).size() != 4) return false;
  if (at == 0) return year >= kFirstPlainYear && !CountsWhatFollows(at);
  const Token& before = text_[at - 1];
  if (before.kind == TokenKind::kSymbol || before.mark == '#') return false;
  const bool after_hyphen = before.mark == '-' && text_.IsHyphen(at - 1);
  const bool round = year % 100 == 0;
  const bool the = Lower(at - 1) == "the" && !round;
  // "the 1850-1900 average"
  const auto hyphen = [&](size_t i) { return i < text_.size() && text_.IsHyphen(i); };
  const auto written_out = [&](size_t i) {
    return DigitsAt(i, kFirstAnnouncedYear, kLastYear) > 0 && text_.Folded(i).size() == 4;
  };
  if (Lower(at - 1) == "the" && hyphen(at + 1) && written_out(at + 2) &&
      DigitsAt(at + 2, 0, kLastYear) > year) {
    return year >= kFirstAnnouncedYear;
  }
  if (after_hyphen && at >= 3 && Lower(at - 3) == "the" && written_out(at - 2)) return true;
  if (CountsWhatFollows(at) && !after_hyphen && !the) return false;
  if (Is(at - 1, Kind::kYearCue)) return year >= kFirstAnnouncedYear && IsAnnouncedYear(at);
  const bool next_word = at + 1 < text_.size() && text_[at + 1].is_word();
  if (year < kFirstPlainYear) return false;
  // "said 2024 would be", "2023 was the hottest": one year, as many would be in the plural.
  if (IsOneOf(Lower(at + 1), {"was", "is", "has", "will", "would", "saw"})) return true;
  if (next_word && round) return false;
  if (text_.IsHyphen(std::min(at + 1, text_.size() - 1)) && DigitsAt(at + 2, 0, kLastYear) >= 0) {
    return true;  // "1990-95"
  }
  const std::string_view previous = Lower(at - 1);
  return the || previous == "this" || previous == "'s" || previous == "a" ||
         Is(at - 1, Kind::kSeason) || before.mark == '(' || before.mark == ',' || after_hyphen ||
         text_[at].is(kSentenceInitial);
}

// "1998", "the 1990s", "early 2012", "post-1959".
TimePass::Found TimePass::ReadYear(size_t at) const {
  if (at >= text_.size() || !text_[at].is_number()) return {};
  const int year = DigitsAt(at, kFirstYear, kLastYear);
  const bool glued_s = Lower(at + 1) == "s" && !text_[at + 1].is(kSpaceBefore);
  if (year > 0 && glued_s && year % 10 == 0) {
    Expression found =
        Make(at, at + 2, TimeType::kDate, fmt::format("{}X", year / 10), "time/decade");
    found.mention.days = Days(absl::CivilDay(year), absl::CivilDay(year + 10) - 1);
    const size_t shift = at > 1 && text_.IsHyphen(at - 1) ? at - 2 : at - 1;
    if (at > 0 && Is(shift, Kind::kShift)) {
      found.mention.mod = WordAt(shift).code;
      found.begin = shift;
    }
    return found;
  }
  if (year < 0 || !LooksLikeYear(at)) return {};
  Expression found = Make(at, at + 1, TimeType::kDate, fmt::format("{}", year), "time/year");
  found.mention.days = YearDays(absl::CivilDay(year));
  if (at > 0 && Is(at - 1, Kind::kShift)) found.mention.mod = WordAt(at - 1).code;
  return found;
}

}  // namespace consilience::extraction
