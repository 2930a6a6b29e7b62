#include "services/extraction/frames/stretches.h"

#include <absl/time/civil_time.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "services/extraction/text/one_of.h"
#include "services/extraction/time/calendar.h"

namespace consilience::extraction {
namespace {

using Times = std::span<const TimeMention>;

// Characters of "2016-11".
constexpr size_t kMonthLength = 7;
// More of any unit is no part of a year or a month.
constexpr int kMostUnits = 60;
// Tokens from "same" to the time: "the same period of last year".
constexpr size_t kSameReach = 4;
// Tokens from "deadliest" to the time it is so since: "the worst attack on civilians since 2014".
constexpr size_t kRecordReach = 12;
// Tokens of what a year names: "the 2010 | Port-au-Prince earthquake, which".
constexpr size_t kNameReach = 4;
// Tokens from "when" to the verb of its clause.
constexpr size_t kClauseReach = 24;
// Characters of "2016-11-22", which a part of the day may follow.
constexpr size_t kDayLength = 10;
constexpr size_t kYearLength = 4;

// "between Monday and Wednesday", "from January to June": from the first to the last of two times.
std::optional<DayRange> FromTo(const Text& text, const TimeMention& first,
                               const TimeMention& last) {
  const size_t begin = text.TokenAtStored(first.span.begin);
  const size_t joint = text.TokenAtStored(first.span.end - 1) + 1;
  if (begin == 0 || joint + 1 != text.TokenAtStored(last.span.begin)) return std::nullopt;
  const std::string_view opening = text.Lower(begin - 1);
  const std::string_view word = text.Lower(joint);
  const bool joined = (opening == "between" && word == "and") ||
                      (opening == "from" && IsOneOf(word, {"to", "until", "till", "through"}));
  if (!joined || first.days.empty() || last.days.empty()) return std::nullopt;
  if (first.days.from < last.days.to) return DayRange{first.days.from, last.days.to};
  // "between September and March": of the year before.
  const auto from = ParseDay(first.days.from);
  const bool months = first.value.size() == kMonthLength && last.value.size() == kMonthLength;
  if (!from || !months || text[joint - 1].is_number()) return std::nullopt;
  return DayRange{FormatDay(absl::CivilDay(from->year() - 1, from->month(), from->day())),
                  last.days.to};
}

// The number of "P3M"; nothing for durations that are not of days, weeks or months.
std::optional<int> UnitsOf(std::string_view duration) {
  if (duration.size() < 3 || duration[0] != 'P' || duration[1] == 'T') return std::nullopt;
  int number = 0;
  for (const char c : duration.substr(1, duration.size() - 2)) {
    if (c < '0' || c > '9' || number > kMostUnits) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  const bool known = IsOneOf(duration.substr(duration.size() - 1), {"D", "W", "M"});
  return known && number > 0 && number <= kMostUnits ? std::optional<int>(number) : std::nullopt;
}

absl::CivilDay Later(absl::CivilDay day, char unit, int number) {
  if (unit != 'M') return day + (unit == 'W' ? 7 * number : number);
  const absl::CivilMonth month = absl::CivilMonth(day) + number;
  return absl::CivilDay(month.year(), month.month(), day.day());
}

// The whole that begins at `token`: "2024", "June", "the year".
std::optional<DayRange> WholeAt(const Text& text, Times after, size_t token,
                                const std::string& published) {
  if (!after.empty() && text.TokenAtStored(after.front().span.begin) == token) {
    return after.front().days.empty() ? std::nullopt : std::optional<DayRange>(after.front().days);
  }
  const auto day = ParseDay(published);
  const bool year = token + 1 < text.size() && text.Lower(token) == "the" &&
                    text.Lower(token + 1) == "year" && day.has_value();
  return year ? std::optional<DayRange>(YearDays(*day)) : std::nullopt;
}

// "the first | three months | of 2024", "the final 10 days of June".
std::optional<DayRange> PartOf(const Text& text, const TimeMention& part, Times after,
                               const std::string& published) {
  const size_t begin = text.TokenAtStored(part.span.begin);
  const size_t of = text.TokenAtStored(part.span.end - 1) + 1;
  if (part.type != TimeType::kDuration || begin == 0 || of >= text.size()) return std::nullopt;
  const std::string_view end = text.Lower(begin - 1);
  if (text.Lower(of) != "of" || !IsOneOf(end, {"first", "final"})) return std::nullopt;
  const auto number = UnitsOf(part.value);
  const auto whole = WholeAt(text, after, of + 1, published);
  if (!number || !whole) return std::nullopt;
  const auto from = ParseDay(whole->from);
  const auto to = ParseDay(whole->to);
  if (!from || !to) return std::nullopt;
  const char unit = part.value.back();
  const DayRange range = end == "first" ? Days(*from, Later(*from, unit, *number) - 1)
                                        : Days(Later(*to + 1, unit, -*number), *to);
  const bool within = range.from >= whole->from && range.to <= whole->to;
  return within ? std::optional<DayRange>(range) : std::nullopt;
}

// "deadliest", "worst", "first": what is so since then. "Forest" and "arrest" end alike.
bool IsSuperlative(std::string_view word) {
  if (IsOneOf(word, {"worst", "first", "most", "least", "only", "record"})) return true;
  return word.ends_with("iest") ||
         IsOneOf(word, {"highest",  "lowest",   "biggest",  "largest", "greatest", "strongest",
                        "weakest",  "slowest",  "fastest",  "fewest",  "longest",  "shortest",
                        "smallest", "hottest",  "coldest",  "warmest", "wettest",  "driest",
                        "sharpest", "steepest", "fiercest", "gravest", "best"});
}

}  // namespace

std::optional<DayRange> StretchOf(const Scene& scene, const TimeMention& time,
                                  const std::string& published) {
  const Times times = scene.times();
  const auto at = static_cast<size_t>(std::lower_bound(times.begin(), times.end(), time.span.begin,
                                                       [](const TimeMention& other, size_t offset) {
                                                         return other.span.begin < offset;
                                                       }) -
                                      times.begin());
  const Text& text = scene.text();
  if (auto part = PartOf(text, time, times.subspan(at + 1), published)) return part;
  if (at + 1 < times.size()) {
    if (auto stretch = FromTo(text, times[at], times[at + 1])) return stretch;
  }
  return at > 0 ? FromTo(text, times[at - 1], times[at]) : std::nullopt;
}

bool IsOfRecord(const Scene& scene, const TimeMention& time, size_t verb) {
  if (!time.since) return false;
  const Text& text = scene.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  for (size_t i = begin; i-- > 0 && begin - i <= kRecordReach && i != verb;) {
    if (text[i].sentence != text[begin].sentence || text[i].mark == ',') return false;
    if (IsSuperlative(text.Lower(i)) && (i == 0 || text.Lower(i - 1) != "at")) return true;
  }
  return false;
}

bool OpensOwnClause(const Scene& scene, const TimeMention& time, size_t verb) {
  const Text& text = scene.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  size_t next = text.TokenAtStored(time.span.end - 1) + 1;
  if (!time.since || verb <= next || verb - next > kClauseReach) return false;
  const size_t last = std::min(verb, next + kNameReach);
  if (begin > 0 && text.Lower(begin - 1) == "the") {
    while (next < last && text[next].is_word()) ++next;
  }
  if (text[next].mark == ',') ++next;
  const std::string_view opening = text.Lower(next);
  if (opening != "when" && opening != "which") return false;
  // "since 2011, when the war began, 200,000 have died"
  for (size_t i = next; i < verb; ++i) {
    if (IsOneOf(text.Lower(i), {"have", "has"})) return false;
  }
  return true;
}

DayRange OwnDays(const TimeMention& time) {
  const std::string day = time.value.substr(0, kDayLength);
  if (ParseDay(day)) return {day, day};
  if (time.value.size() == kYearLength) {
    if (const auto first = ParseDay(time.value + "-01-01")) return YearDays(*first);
  }
  if (time.value.size() == kMonthLength) {
    if (const auto first = ParseDay(time.value + "-01")) return MonthDays(*first);
  }
  return {time.days.from, time.days.to.empty() ? time.days.from : time.days.to};
}

bool IsBaseline(const Scene& scene, const TimeMention& time) {
  const Text& text = scene.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  const size_t first = begin > kSameReach ? begin - kSameReach : 0;
  for (size_t i = begin; i-- > first && text[i].is_word();) {
    if (text.Lower(i) != "same" || i == 0) continue;
    const std::string_view noun = text.Lower(i + 1);
    return IsOneOf(noun, {"period", "month", "months", "quarter", "week", "time", "stage", "point",
                          "day", "date", "half", "year"});
  }
  return false;
}

}  // namespace consilience::extraction
