#include "clients/cli/render/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct CivilDay {
  int year = 0;
  int month = 0;  // 0: not a day
  int day = 0;
};

bool ParseNumber(std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

CivilDay Parse(std::string_view iso) {
  CivilDay day;
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return {};
  if (!ParseNumber(iso.substr(0, 4), day.year) || !ParseNumber(iso.substr(5, 2), day.month) ||
      !ParseNumber(iso.substr(8, 2), day.day) || day.month < 1 || day.month > 12) {
    return {};
  }
  return day;
}

int LastDayOf(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

std::string_view MonthName(int month) { return kMonths[static_cast<size_t>(month - 1)]; }

std::string Bound(double value, const common::v1::Quantity& quantity) {
  if (quantity.fraction()) return WithThousands(std::round(value * 1000) / 10) + "%";
  return WithThousands(value) + (quantity.percent() ? "%" : "");
}

}  // namespace

std::string WithThousands(double value) {
  std::string digits = fmt::format("{:.2f}", std::fabs(value));
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  const size_t point = std::min(digits.find('.'), digits.size());
  for (size_t i = point; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return value < 0 ? fmt::format("-{}", digits) : digits;
}

std::string Score(double value) {
  constexpr double kNearlyOne = 0.99;
  return fmt::format("{:.2f}", value < 1.0 ? std::min(value, kNearlyOne) : value);
}

std::string Effective(double value) {
  const std::string text = fmt::format("{:.1f}", value);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string Counted(size_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", WithThousands(static_cast<double>(count)),
                     count == 1 ? singular : plural);
}

std::string ShortQuantity(const common::v1::Quantity& quantity) {
  const std::string about = quantity.approximate() ? "~" : "";
  std::string text;
  if (quantity.has_lower() && quantity.has_upper()) {
    text = about + Bound(quantity.lower(), quantity);
    if (quantity.upper() > quantity.lower()) text += "–" + Bound(quantity.upper(), quantity);
  } else if (quantity.has_lower()) {
    text = (quantity.lower_open() ? "> " : "≥ ") + about + Bound(quantity.lower(), quantity);
  } else if (quantity.has_upper()) {
    text = (quantity.upper_open() ? "< " : "≤ ") + about + Bound(quantity.upper(), quantity);
  } else {
    return quantity.text();
  }
  return quantity.unit().empty() ? text : text + " " + quantity.unit();
}

std::string Day(std::string_view iso_day) {
  const CivilDay day = Parse(iso_day);
  if (day.month == 0) return std::string(iso_day);
  return fmt::format("{} {} {}", day.day, MonthName(day.month), day.year);
}

std::string Window(const common::v1::DayRange& days) {
  if (days.from().empty() && days.to().empty()) return "";
  if (days.to().empty()) return fmt::format("from {}", Day(days.from()));
  if (days.from().empty()) return fmt::format("to {}", Day(days.to()));
  const CivilDay from = Parse(days.from());
  const CivilDay to = Parse(days.to());
  if (days.from() == days.to() || from.month == 0 || to.month == 0) {
    return days.from() == days.to() ? Day(days.from()) : days.from() + "–" + days.to();
  }
  const bool begins_month = from.day == 1;
  const bool ends_month = to.day == LastDayOf(to.year, to.month);
  if (from.year == to.year && begins_month && ends_month) {
    if (from.month == 1 && to.month == 12) return fmt::format("{}", from.year);
    if (from.month == to.month) return fmt::format("{} {}", MonthName(to.month), to.year);
  }
  if (from.year != to.year) return Day(days.from()) + " – " + Day(days.to());
  if (from.month != to.month) {
    return fmt::format("{} {} – {}", from.day, MonthName(from.month), Day(days.to()));
  }
  return fmt::format("{}–{}", from.day, Day(days.to()));
}

std::string Instant(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  const std::time_t seconds = time.seconds();
  std::tm fields{};
  gmtime_r(&seconds, &fields);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}Z", fields.tm_year + 1900,
                     fields.tm_mon + 1, fields.tm_mday, fields.tm_hour, fields.tm_min,
                     fields.tm_sec);
}

}  // namespace consilience::cli
