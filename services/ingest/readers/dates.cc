#include "services/ingest/readers/dates.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>
#include <charconv>

namespace consilience::ingest {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

// The index of the name that the first three letters of `word` begin, or -1.
template <size_t kCount>
int IndexOf(const std::array<std::string_view, kCount>& names, std::string_view word) {
  if (word.size() < 3) return -1;
  const std::array<char, 3> lower = {static_cast<char>(word[0] | 0x20),
                                     static_cast<char>(word[1] | 0x20),
                                     static_cast<char>(word[2] | 0x20)};
  for (size_t i = 0; i < kCount; ++i) {
    if (names[i] == std::string_view(lower.data(), lower.size())) return static_cast<int>(i);
  }
  return -1;
}

std::optional<Day> MakeDay(int year, int month, int day) {
  if (month < 1 || day < 1) return std::nullopt;
  const Day result(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                   std::chrono::day(static_cast<unsigned>(day)));
  if (!result.ok()) return std::nullopt;
  return result;
}

int ToInt(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// The day of a date in figures, if a single order of day and month makes one.
std::optional<Day> FromFigures(int first, int second, int year) {
  const std::optional<Day> day_first = MakeDay(year, second, first);
  const std::optional<Day> month_first = MakeDay(year, first, second);
  if (day_first.has_value() && month_first.has_value() && *day_first != *month_first) {
    return std::nullopt;
  }
  return day_first.has_value() ? day_first : month_first;
}

constexpr char kPattern[] =
    R"((?i)\b(?:(sun|mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?)(?:day)?\.?,?\s+)?)"
    R"((?:(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+)"
    R"((jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|)"
    R"(sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?[\s-]+(\d{4}))"
    R"(|(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|)"
    R"(sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))"
    R"(|(\d{4})-(\d{2})-(\d{2}))"
    R"(|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))\b)";

const RE2& Pattern() {
  static const RE2* const pattern = new RE2(kPattern);
  return *pattern;
}

using Groups = std::array<re2::StringPiece, 14>;

std::string_view View(const re2::StringPiece& piece) { return {piece.data(), piece.size()}; }

std::optional<Day> DayOf(const Groups& group) {
  const auto number = [&](size_t i) { return ToInt(View(group[i])); };
  const auto month = [&](size_t i) { return IndexOf(kMonths, View(group[i])) + 1; };
  if (!group[3].empty()) return MakeDay(number(4), month(3), number(2));
  if (!group[5].empty()) return MakeDay(number(7), month(5), number(6));
  if (!group[8].empty()) return MakeDay(number(8), number(9), number(10));
  return FromFigures(number(11), number(12), number(13));
}

}  // namespace

std::string ToIso(Day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::optional<Day> ParseIsoDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return std::nullopt;
  }
  return MakeDay(ToInt(text.substr(0, 4)), ToInt(text.substr(5, 2)), ToInt(text.substr(8, 2)));
}

std::optional<Day> ParseTimestamp(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  if (text.size() >= 10 && (text.size() == 10 || text[10] == 'T' || text[10] == ' ')) {
    if (const auto day = ParseIsoDay(text.substr(0, 10)); day.has_value()) return day;
  }
  static const RE2* const kCompact = new RE2(R"((\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?)");
  int year = 0;
  int month = 0;
  int day = 0;
  if (RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kCompact, &year, &month, &day)) {
    return MakeDay(year, month, day);
  }
  const std::vector<DatedWords> found = FindDates(text);
  return found.size() == 1 ? std::optional(found.front().day) : std::nullopt;
}

std::vector<DatedWords> FindDates(std::string_view text) {
  std::vector<DatedWords> result;
  const re2::StringPiece piece(text.data(), text.size());
  Groups group;
  size_t at = 0;
  while (at < text.size() && Pattern().Match(piece, at, text.size(), RE2::UNANCHORED, group.data(),
                                             static_cast<int>(group.size()))) {
    const auto begin = static_cast<size_t>(group[0].data() - text.data());
    at = begin + group[0].size();
    const std::optional<Day> day = DayOf(group);
    if (!day.has_value()) continue;
    DatedWords words{.span = {begin, at}, .day = *day};
    words.has_weekday = !group[1].empty();
    if (words.has_weekday) {
      const std::chrono::weekday weekday{std::chrono::sys_days(*day)};
      words.weekday_agrees =
          IndexOf(kWeekdays, View(group[1])) == static_cast<int>(weekday.c_encoding());
    }
    result.push_back(words);
  }
  return result;
}

std::optional<std::string> DatePolicy::Refusal(Day day) const {
  const std::string iso = ToIso(day);
  if (!today.empty() && iso > today) return fmt::format("{} is in the future", iso);
  if (iso < earliest) return fmt::format("{} is before {}", iso, earliest);
  // What a clock says that was never set.
  if (iso == "1970-01-01") return fmt::format("{} is where clocks begin that were never set", iso);
  return std::nullopt;
}

}  // namespace consilience::ingest
