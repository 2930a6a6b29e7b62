// Expressions that count from the publication date or from a day spoken of before.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {
namespace {

// The same day of the calendar `count` units away.
absl::CivilDay ShiftedDay(absl::CivilDay day, int64_t count, std::string_view unit) {
  if (unit == "D") return day + count;
  if (unit == "W" || unit == "WE") return day + 7 * count;
  if (unit == "W2") return day + 14 * count;
  const int64_t months = unit == "M"    ? count
                         : unit == "Q"  ? 3 * count
                         : unit == "Y"  ? 12 * count
                         : unit == "DE" ? 120 * count
                                        : 1200 * count;
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

std::string FormatAtPrecision(absl::CivilDay day, std::string_view unit) {
  if (unit == "M" || unit == "Q") return FormatMonth(day);
  if (unit == "Y" || unit == "DE" || unit == "CE") return FormatYear(day);
  return FormatDay(day);
}

}  // namespace

// "is expected to last six weeks": the verb, before a count.
bool TimePass::LastsVerb(size_t at) const {
  if (at == 0 || ReadCount(at + 1).end == 0) return false;
  const std::string_view before = Lower(at - 1);
  bool known = false;
  return before == "to" || before == "could" || before == "can" || before == "might" ||
         before == "not" || words_.TenseOf(text_[at - 1].word, known) == Tense::kFuture;
}

TimePass::Found TimePass::ReadRelative(size_t at) const {
  if (Found found = ReadDeictic(at)) return found;
  if (Found found = ReadDayBeside(at)) return found;
  if (Found found = ReadNthDay(at)) return found;
  if (Found found = ReadShifted(at)) return found;
  const size_t begin = at;
  size_t next = at;
  if (Is(next, Kind::kEarlier) || Is(next, Kind::kShift)) ++next;
  if (Is(next, Kind::kThe)) {
    ++next;
    if (begin == at && Is(next, Kind::kUnit) && WordAt(next).code == "WE") {
      return ReadUnitOf(begin, next, 0);
    }
  }
  if (Is(next, Kind::kThat)) return ReadBackReference(begin, next);
  int shift = 0;
  if (Is(next, Kind::kLast) || Is(next, Kind::kPast)) {
    shift = -1;
  } else if (Is(next, Kind::kNext) || Is(next, Kind::kComing)) {
    shift = 1;
  } else if (!Is(next, Kind::kThis)) {
    return next == at ? ReadSeason(at, at, 0) : Found{};
  }
  const bool the = Is(next - (next > 0 ? 1 : 0), Kind::kThe) && next > begin;
  if (next == at && Is(next, Kind::kLast) && LastsVerb(at)) return {};
  if (shift != 0) {
    if (Found window = ReadWindow(begin, next + 1, shift < 0)) return window;
  }
  if (the && shift == 1 && !Is(next, Kind::kComing)) return ReadBackReference(begin, next);
  if (Found unit = ReadUnitOf(begin, next + 1, shift)) return unit;
  if (Is(next, Kind::kPast)) return {};
  return ReadNamedOf(begin, next + 1, shift);
}

// "early on Sunday", "late on Thursday", "earlier on Wednesday".
TimePass::Found TimePass::ReadShifted(size_t at) const {
  const bool shifted = Is(at, Kind::kShift) && WordAt(at).code != "MID";
  if ((!shifted && !Is(at, Kind::kEarlier)) || Lower(at + 1) != "on") return {};
  if (!Is(at + 2, Kind::kWeekday)) return {};
  Found day = ReadWeekday(at + 2);
  if (!day) return {};
  day->begin = at;
  if (shifted && day->mention.type == TimeType::kDate && day->mention.resolved) {
    day->mention.value += WordAt(at).code == "START" ? "TMO" : "TEV";
  }
  return day;
}

// "today", "yesterday morning", "tonight", "overnight", "now".
TimePass::Found TimePass::ReadDeictic(size_t at) const {
  const auto match = words_.phrases().Longest(text_.tokens(), at);
  if (!match) return {};
  const TimeWord& word = words_.Word(match->payload);
  if (word.is(Kind::kReference)) {
    const bool goes_on = NumberAt(match->end) != nullptr || Is(match->end, Kind::kUnit) ||
                         Is(match->end, Kind::kUnits);
    const bool owned = Is(at, Kind::kThe) || at + 1 == match->end;
    if (goes_on || !owned) return {};
    Expression found = Make(at, match->end, TimeType::kDate, word.code, "time/reference");
    return found;
  }
  const bool night = word.is(Kind::kNight);
  const bool overnight = word.is(Kind::kOvernight);
  if (!word.is(Kind::kDay) && !night && !overnight) return {};
  const char* const rule = "time/deictic";
  if (!published_) return Make(at, match->end, TimeType::kDate, "", rule);
  Expression found = MakeDay(at, match->end, *published_ + word.number, rule);
  if (night || overnight) {
    found.mention.value += "TNI";
    found.mention.type = TimeType::kTime;
  }
  if (overnight) found.mention.days = Days(*published_ - 1, *published_);
  AddPart(found);
  return found;
}

// "last week", "this month", "next year", "the weekend", "this morning".
TimePass::Found TimePass::ReadUnitOf(size_t begin, size_t at, int shift) const {
  if (Is(at, Kind::kPart)) {
    if (!published_) return Make(begin, at + 1, TimeType::kTime, "", "time/this-part");
    Expression found = MakeDay(begin, at + 1, *published_ + shift, "time/this-part");
    found.mention.value += "T" + WordAt(at).code;
    found.mention.type = TimeType::kTime;
    return found;
  }
  if (!Is(at, Kind::kUnit)) return {};
  const std::string& unit = WordAt(at).code;
  if (unit.starts_with('T') || unit == "D" || unit == "W2") return {};
  if (!published_) return Make(begin, at + 1, TimeType::kDate, "", "time/this-unit");
  Expression found = Make(begin, at + 1, TimeType::kDate, "", "time/this-unit");
  if (unit == "WE") {
    const bool weekend_now = WeekdayOf(*published_) >= 6;
    const int64_t weeks =
        shift != 0 ? shift : (weekend_now || TenseAround(begin, at) == Tense::kFuture ? 0 : -1);
    const absl::CivilDay saturday = MondayOf(*published_) + 5 + 7 * weeks;
    found.mention.value = fmt::format("{}/{}", FormatDay(saturday), FormatDay(saturday + 1));
    found.mention.days = Days(saturday, saturday + 1);
  } else {
    found.mention.value = ShiftedValue(*published_, shift, unit, found.mention.days);
  }
  found.mention.resolved = true;
  if (begin + 1 < at && Is(begin, Kind::kShift)) found.mention.mod = WordAt(begin).code;
  return found;
}

// "the past 20 years", "last three weeks", "the last week", "the coming days", "recent months".
TimePass::Found TimePass::ReadWindow(size_t begin, size_t at, bool past) const {
  const Count count = ReadCount(at);
  size_t next = count.end != 0 ? count.end : at;
  next = SkipHyphen(next);
  const bool plural = Is(next, Kind::kUnits);
  const bool singular = Is(next, Kind::kUnit);
  if (!plural && !singular) return {};
  // "last week" is the calendar week; "the last week" and "the past week" the seven days up to now.
  const bool the = Is(at - 2, Kind::kThe) && at >= 2 && at - 2 >= begin;
  if (count.end == 0 && singular && !(the && Is(at - 1, Kind::kLast)) && !Is(at - 1, Kind::kPast)) {
    return {};
  }
  if (singular && count.end == 0 && Lower(at - 1) != "last" && Lower(at - 1) != "past") return {};
  const double number = count.end != 0 ? count.value : (plural ? 0 : 1);
  const std::string& unit = WordAt(next).code;
  Expression found =
      Make(begin, next + 1, TimeType::kDuration, DurationValue(number, unit), "time/window");
  if (published_ && past && unit == "TH") {  // "the past 24 hours" began on the day before
    found.mention.days =
        Days(*published_ - static_cast<int64_t>(std::ceil(number / 24)), *published_);
  }
  if (!published_ || number == 0 || unit.starts_with('T')) return found;
  // Anchored at the publication date, the window is an ISO 8601 interval at the precision of its
  // unit.
  const auto whole = static_cast<int64_t>(std::ceil(number));
  const absl::CivilDay edge = ShiftedDay(*published_, past ? -whole : whole, unit);
  const absl::CivilDay from = past ? edge : *published_;
  const absl::CivilDay to = past ? *published_ : edge;
  found.mention.days = Days(from, to);
  found.mention.value =
      fmt::format("{}/{}", FormatAtPrecision(from, unit), FormatAtPrecision(to, unit));
  return found;
}

// "last Monday", "next October", "this summer", "last Thanksgiving".
TimePass::Found TimePass::ReadNamedOf(size_t begin, size_t at, int shift) const {
  if (Is(at, Kind::kWeekday)) {
    if (!published_) return Make(begin, at + 1, TimeType::kDate, "", "time/last-weekday");
    const int behind = (WeekdayOf(*published_) - WordAt(at).number + 7) % 7;
    absl::CivilDay day = *published_ - (behind == 0 ? 7 : behind);
    if (shift > 0) day = *published_ + (7 - behind);
    if (shift == 0) {
      day = MondayOf(*published_) + (WordAt(at).number - 1);
    }
    Expression found = MakeDay(begin, at + 1, day, "time/last-weekday");
    AddPart(found);
    return found;
  }
  if (const int month = MonthAt(at, false); month > 0) {
    Found plain = ReadMonthFirst(at, begin);
    if (!published_) return plain;
    if (plain && plain->day && plain->mention.rule != "time/month") {
      const bool unclear = shift < 0 && *plain->day > *published_;
      return unclear ? MakeDate(begin, plain->end, static_cast<int>(plain->day->year() - 1), month,
                                plain->day->day())
                     : plain;
    }
    int64_t year = published_->year();
    if (shift < 0 && month >= published_->month()) --year;
    if (shift > 0 && month <= published_->month()) ++year;
    return MakeDate(begin, at + 1, static_cast<int>(year), month, 0);
  }
  if (Found holiday = ReadHoliday(at)) {
    holiday->begin = begin;
    if (published_ && shift < 0 && holiday->day && *holiday->day > *published_) {
      const auto before = HolidayIn(holiday->day->year() - 1, PhraseCode(at));
      if (before) return MakeDay(begin, holiday->end, *before, "time/holiday");
    }
    return holiday;
  }
  return ReadSeason(begin, at, shift);
}

// "this summer", "last fall", "the spring of 1999", "summer 2012". A season without any of these is
// left alone.
TimePass::Found TimePass::ReadSeason(size_t begin, size_t at, int shift) const {
  if (!Is(at, Kind::kSeason)) return {};
  const std::string& code = WordAt(at).code;
  size_t end = at + 1;
  int64_t year = YearAfter(at + 1, end, false);
  if (year == 0) {
    if (begin == at) return {};
    if (!published_) return Make(begin, end, TimeType::kDate, "", "time/season");
    year = published_->year();
    const DayRange now = SeasonDays(year, code);
    if (shift < 0 && now.from > FormatDay(*published_)) --year;
    if (shift < 0 && now.from <= FormatDay(*published_) && now.to >= FormatDay(*published_)) --year;
    if (shift > 0 && now.from <= FormatDay(*published_)) ++year;
  }
  Expression found =
      Make(begin, end, TimeType::kDate, fmt::format("{}-{}", year, code), "time/season");
  found.mention.days = SeasonDays(year, code);
  return found;
}

// "that day", "the same day", "the next day", "the following morning": of the day spoken of last.
TimePass::Found TimePass::ReadBackReference(size_t begin, size_t at) const {
  size_t next = at + 1;
  if (Is(next, Kind::kThat)) ++next;
  const bool day = Is(next, Kind::kUnit) && WordAt(next).code == "D";
  const bool part = Is(next, Kind::kPart);
  const bool unit = Is(next, Kind::kUnit) && !WordAt(next).code.starts_with('T') &&
                    WordAt(next).code != "WE" && WordAt(next).code != "W2";
  if (!day && !part && !unit) return {};
  const int shift = Is(at, Kind::kNext) ? 1 : 0;
  const std::optional<absl::CivilDay> base = last_day_ ? last_day_ : published_;
  if (!base) return Make(begin, next + 1, TimeType::kDate, "", "time/back-reference");
  if (!day && !part) {
    const absl::CivilDay named =
        mentions_.empty() ? *base : ParseDay(mentions_.back().days.from).value_or(*base);
    Expression found = Make(begin, next + 1, TimeType::kDate, "", "time/back-reference");
    found.mention.value = ShiftedValue(named, shift, WordAt(next).code, found.mention.days);
    found.mention.resolved = true;
    return found;
  }
  Expression found = MakeDay(begin, next + 1, *base + shift, "time/back-reference");
  if (part) {
    found.mention.value += "T" + WordAt(next).code;
    found.mention.type = TimeType::kTime;
  }
  return found;
}

// "had been arrested the day before.": the day beside the one spoken of last. "The day before the
// vote" needs to know the vote.
TimePass::Found TimePass::ReadDayBeside(size_t at) const {
  if (!Is(at, Kind::kThe) || !Is(at + 1, Kind::kUnit) || WordAt(at + 1).code != "D") return {};
  const bool before = Lower(at + 2) == "before";
  if (!before && Lower(at + 2) != "after") return {};
  const size_t end = at + 3;
  const bool alone = end >= text_.size() || text_[end].kind == TokenKind::kPunct ||
                     Lower(end) == "and" || Lower(end) == "but" || Lower(end) == "when" ||
                     text_[end].sentence != text_[at].sentence;
  const std::optional<absl::CivilDay> base = last_day_ ? last_day_ : published_;
  if (!alone || !base) return {};
  return MakeDay(at, end, *base + (before ? -1 : 1), "time/day-beside");
}

// "for the 8th day", "on the third straight day": today, the eighth of a window that began seven
// days ago.
TimePass::Found TimePass::ReadNthDay(size_t at) const {
  if (!Is(at, Kind::kThe) && Lower(at) != "its" && Lower(at) != "a" && Lower(at) != "their") {
    return {};
  }
  const Number* number = NumberAt(at + 1);
  if (number == nullptr || number->role != NumberRole::kOrdinal || number->value < 2) return {};
  size_t next = number->end;
  if (Lower(next) == "straight" || Lower(next) == "consecutive" || Lower(next) == "successive") {
    ++next;
  }
  const bool day = Is(next, Kind::kUnit) || Is(next, Kind::kUnits);
  if (!day || WordAt(next).code != "D" || at == 0) return {};
  const std::string_view before = Lower(at - 1);
  const bool running = before == "for" || before == "on" || before == "into" || before == "in" ||
                       before == "entered" || before == "enters" || next > number->end;
  if (!running || !published_) return {};
  Expression found = MakeDay(at, next + 1, *published_, "time/nth-day");
  found.mention.days = Days(*published_ - static_cast<int64_t>(number->value - 1), *published_);
  return found;
}

}  // namespace consilience::extraction
