// Durations, sets, and what lies a duration ago.
#include <fmt/format.h>

#include <cmath>

#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {
namespace {

constexpr double kMaxCount = 1e6;

std::string FormatCount(double count) { return count == 0 ? "X" : fmt::format("{:.10g}", count); }

}  // namespace

std::string DurationValue(double count, std::string_view unit) {
  if (unit == "W2") return fmt::format("P{}W", FormatCount(2 * count));
  if (unit == "Q") return fmt::format("P{}M", FormatCount(3 * count));
  if (unit == "DE") return fmt::format("P{}Y", FormatCount(10 * count));
  if (unit == "CE") return fmt::format("P{}Y", FormatCount(100 * count));
  if (unit == "WE") return fmt::format("P{}WE", FormatCount(count));
  if (!unit.starts_with('T')) return fmt::format("P{}{}", FormatCount(count), unit);
  const double whole = std::floor(count);
  if (unit == "TH" && count != whole && count > 0) {
    const std::string minutes = FormatCount(std::round((count - whole) * 60));
    return whole == 0 ? fmt::format("PT{}M", minutes)
                      : fmt::format("PT{}H{}M", FormatCount(whole), minutes);
  }
  return fmt::format("PT{}{}", FormatCount(count), unit.substr(1));
}

std::string ShiftedValue(absl::CivilDay day, int64_t count, std::string_view unit, DayRange& days) {
  if (unit == "W" || unit == "W2") {
    const absl::CivilDay monday = MondayOf(day + count * (unit == "W" ? 7 : 14));
    days = Days(monday, monday + 6);
    return FormatWeek(monday);
  }
  if (unit == "M") {
    const absl::CivilDay month(absl::CivilMonth(day) + count);
    days = MonthDays(month);
    return FormatMonth(month);
  }
  if (unit == "Q") {
    const auto quarter = (day.month() - 1) / 3;
    const absl::CivilMonth first = absl::CivilMonth(day.year(), quarter * 3 + 1) + 3 * count;
    days = Days(absl::CivilDay(first), absl::CivilDay(first + 3) - 1);
    return fmt::format("{:04}-Q{}", first.year(), (first.month() - 1) / 3 + 1);
  }
  if (unit == "Y") {
    const absl::CivilDay year(absl::CivilYear(day) + count);
    days = YearDays(year);
    return FormatYear(year);
  }
  if (unit == "DE" || unit == "CE") {
    const int64_t span = unit == "DE" ? 10 : 100;
    if (count != 0) {
      const absl::CivilDay year(absl::CivilYear(day) + span * count);
      days = YearDays(year);
      return FormatYear(year);
    }
    const int64_t first = day.year() / span * span;
    days = Days(absl::CivilDay(first), absl::CivilDay(first + span) - 1);
    return fmt::format("{}{}", day.year() / span, unit == "DE" ? "X" : "XX");
  }
  days = OneDay(day + count);
  return FormatDay(day + count);
}

// "two", "5 1/2", "a", "several", "half a".
TimePass::Count TimePass::ReadCount(size_t at) const {
  if (const Number* number = NumberAt(at)) {
    const bool fits = number->role == NumberRole::kCount || number->role == NumberRole::kShare ||
                      number->role == NumberRole::kMeasure || number->role == NumberRole::kPronoun;
    if (!fits || number->value <= 0 || number->value > kMaxCount) return {};
    return {number->end, number->value};
  }
  const auto match = words_.phrases().Longest(text_.tokens(), at);
  if (match && words_.Word(match->payload).is(Kind::kCountVague)) {
    return {match->end, Lower(match->begin + 1) == "couple" || Lower(at) == "couple" ? 2.0 : 0.0};
  }
  if (Is(at, Kind::kArticle)) return {at + 1, 1};
  return {};
}

// "six weeks ago", "a decade ago".
TimePass::Found TimePass::ReadAgo(size_t begin, size_t end, double count,
                                  std::string_view unit) const {
  if (!Is(end, Kind::kAgo)) return {};
  Expression found = Make(begin, end + 1, TimeType::kDate, "PAST_REF", "time/ago");
  if (count == 0) return found;
  if (!published_) {
    found.mention.value.clear();
    found.mention.resolved = false;
    return found;
  }
  const auto whole = static_cast<int64_t>(std::round(count));
  if (unit.starts_with('T')) {
    found.mention.value = FormatDay(*published_);
    found.mention.days = OneDay(*published_);
    return found;
  }
  found.mention.value =
      ShiftedValue(*published_, -whole, unit == "WE" ? "W" : unit, found.mention.days);
  if (unit == "D") found.day = *published_ - whole;
  return found;
}

bool TimePass::IsLongUnit(size_t at) const {
  const TimeWord& word = WordAt(at);
  return word.is(Kind::kUnit) && (word.code == "W" || word.code == "M" || word.code == "Y");
}

// "two days", "a week", "two-day", "week-long", "several months", "half an hour", "six-year-old".
TimePass::Found TimePass::ReadDuration(size_t at) const {
  const size_t begin = at;
  const Count count = ReadCount(at);
  if (count.end == 0) return ReadBareUnits(at);
  size_t next = count.end;
  if (Is(at, Kind::kHalf) && Is(next, Kind::kArticle)) ++next;  // "half an hour"
  if (Lower(next) == "more" || Lower(next) == "full" || Lower(next) == "whole" ||
      Lower(next) == "consecutive" || Lower(next) == "straight") {
    ++next;
  }
  const bool hyphen = Mark(next) == '-';
  next = SkipHyphen(next);
  if (Is(at, Kind::kArticle) && next == at + 1 && IsLongUnit(at + 2) && WordAt(next).kinds == 0 &&
      text_[next].is_word() && NumberAt(next) == nullptr) {
    next = at + 2;  // "a horrific week"
  }
  const TimeWord& word = WordAt(next);
  if (!word.is(Kind::kUnit) && !word.is(Kind::kUnits)) return {};
  // "60 Minutes" is a title.
  if (text_[next].is(kCapitalised) && !text_.all_caps() && !hyphen &&
      !text_[next].is(kSentenceInitial)) {
    return {};
  }
  // A second is an ordinal unless it is counted in the plural.
  if (word.code == "TS" && !word.is(Kind::kUnits)) return {};
  if (word.code == "Q" || (hyphen && word.is(Kind::kUnits) && Lower(next + 1) == "old")) return {};
  if (count.value == 0 && word.is(Kind::kUnit)) return {};
  const bool one = Lower(at) == "one";
  if (one && word.code == "D" && !hyphen) return {};  // "one day you will"
  if (Found ago = ReadAgo(begin, next + 1, count.value, word.code)) return ago;
  size_t end = next + 1;
  const size_t after = SkipHyphen(end);
  if (Lower(after) == "long" && after > end) {
    if (Is(at, Kind::kArticle)) return {};  // "a week-long truce" is about a week, not "a week"
    end = after + 1;
  }
  if (Lower(after) == "old") {
    if (!hyphen || !Is(after + 1, Kind::kLasting)) return {};  // somebody's age
    end = after + 1;
  }
  return Make(begin, end, TimeType::kDuration, DurationValue(count.value, word.code),
              "time/duration");
}

// "for years", "in recent days", "week-long", "hours or days".
TimePass::Found TimePass::ReadBareUnits(size_t at) const {
  const TimeWord& word = WordAt(at);
  const bool adjective = Mark(at + 1) == '-' && Lower(at + 2) == "long";
  if (adjective && (word.is(Kind::kUnit) || word.is(Kind::kUnits))) {
    return Make(at, at + 3, TimeType::kDuration,
                DurationValue(word.is(Kind::kUnit) ? 1 : 0, word.code), "time/long");
  }
  if (!word.is(Kind::kUnits) || word.code == "Q" || word.code == "TS") return {};
  if (Is(at + 1, Kind::kAgo)) return ReadAgo(at, at + 1, 0, word.code);
  if (at == 0 || Mark(at + 1) == '-') return {};
  // "in the weeks before" says when, not how long; how long is said by "for".
  const bool alternative = Lower(at - 1) == "or" && !mentions_.empty() && last_end_ + 1 == at &&
                           mentions_.back().rule == "time/units";
  if (Lower(at - 1) != "for" && !alternative) return {};
  return Make(at, at + 1, TimeType::kDuration, DurationValue(0, word.code), "time/units");
}

// "once a month", "twice a week", "three times a day", "four times per year".
TimePass::Found TimePass::ReadTimesPer(size_t at) const {
  size_t next = at + 1;
  double count = 0;
  if (Is(at, Kind::kTimes)) {
    count = WordAt(at).number;
  } else if (const Number* number = NumberAt(at); number != nullptr && number->value < kMaxCount) {
    if (Lower(number->end) != "times") return {};
    count = number->value;
    next = number->end + 1;
  } else {
    return {};
  }
  if (!Is(next, Kind::kArticle) && !Is(next, Kind::kEvery) && Lower(next) != "per") return {};
  if (!Is(next + 1, Kind::kUnit)) return {};
  Expression found =
      Make(at, next + 2, TimeType::kSet, DurationValue(1, WordAt(next + 1).code), "time/times-per");
  found.mention.freq = fmt::format("{:.10g}X", count);
  return found;
}

// "daily", "every day", "each year", "every Friday", "every two weeks".
TimePass::Found TimePass::ReadSet(size_t at) const {
  if (Is(at, Kind::kFrequency)) {
    return Make(at, at + 1, TimeType::kSet, WordAt(at).code, "time/frequency");
  }
  if (Found found = ReadTimesPer(at)) return found;
  if (!Is(at, Kind::kEvery)) return {};
  size_t next = at + 1;
  double count = 1;
  if (Lower(next) == "other") {
    count = 2;
    ++next;
  }
  if (const Number* number = NumberAt(next); number != nullptr && number->value < kMaxCount) {
    count = number->value;
    next = number->end;
  }
  const TimeWord& word = WordAt(next);
  Found found;
  if (word.is(Kind::kUnit) || word.is(Kind::kUnits)) {
    found = Make(at, next + 1, TimeType::kSet, DurationValue(count, word.code), "time/every");
  } else if (word.is(Kind::kWeekday)) {
    found =
        Make(at, next + 1, TimeType::kSet, fmt::format("XXXX-WXX-{}", word.number), "time/every");
  } else if (word.is(Kind::kPart)) {
    found = Make(at, next + 1, TimeType::kSet, "XXXX-XX-XXT" + word.code, "time/every");
  }
  if (found) found->mention.quant = Lower(at) == "each" ? "EACH" : "EVERY";
  return found;
}

}  // namespace consilience::extraction
