// Quarters, halves and centuries: "the third quarter of 2023", "Q4 2022", "the 19th century".
#include <fmt/format.h>

#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {
namespace {

constexpr int kFirstCentury = 10;
constexpr int kLastCentury = 21;

DayRange Months(int64_t year, int first, int count) {
  const absl::CivilMonth month(year, first);
  return Days(absl::CivilDay(month), absl::CivilDay(month + count) - 1);
}

}  // namespace

// Which of its kind: "third", "Q3"; 0 if none is told.
TimePass::Nth TimePass::ReadNth(size_t at) const {
  if (at < text_.size() && text_[at].is(kHasDigit)) {
    const std::string_view name = text_.Folded(at);
    const bool quarter = name.size() == 2 && name[0] == 'Q' && name[1] >= '1' && name[1] <= '4';
    const bool half = name == "H1" || name == "H2";
    if (quarter || half) return {at + 1, name[1] - '0', name[0]};
  }
  const Number* number = NumberAt(at);
  if (number == nullptr || number->role != NumberRole::kOrdinal || number->value > kLastCentury) {
    return {};
  }
  const auto nth = static_cast<int>(number->value);
  const size_t unit = SkipHyphen(number->end);
  if (Lower(unit) == "quarter" && nth <= 4) return {unit + 1, nth, 'Q'};
  if (Lower(unit) == "half" && nth <= 2) return {unit + 1, nth, 'H'};
  if (Lower(unit) == "century" && nth >= kFirstCentury) return {unit + 1, nth, 'C'};
  return {};
}

TimePass::Found TimePass::ReadPeriod(size_t at) const {
  const Nth nth = ReadNth(Is(at, Kind::kThe) ? at + 1 : at);
  if (nth.end == 0) return {};
  if (nth.unit == 'C') {
    Expression found =
        Make(at, nth.end, TimeType::kDate, fmt::format("{}", nth.which - 1), "time/century");
    const int64_t first = int64_t{100} * (nth.which - 1) + 1;
    found.mention.days = Days(absl::CivilDay(first), absl::CivilDay(first + 100) - 1);
    return found;
  }
  size_t end = nth.end;
  int64_t year = YearAfter(nth.end, end, false);
  const bool of_the_year = Lower(nth.end) == "of" && Is(nth.end + 1, Kind::kThe) &&
                           Is(nth.end + 2, Kind::kUnit) && WordAt(nth.end + 2).code == "Y";
  if (of_the_year) end = nth.end + 3;
  // Matches have halves, too.
  if (year == 0 && nth.unit == 'H' && !of_the_year) return {};
  const int months = nth.unit == 'Q' ? 3 : 6;
  const int first = (nth.which - 1) * months + 1;
  if (year == 0) {
    if (!published_) return Make(at, end, TimeType::kDate, "", "time/period");
    const bool begun = first <= published_->month();
    const bool ahead = of_the_year || TenseAround(at, end) == Tense::kFuture;
    year = published_->year() - (begun || ahead ? 0 : 1);
  }
  Expression found = Make(at, end, TimeType::kDate,
                          fmt::format("{}-{}{}", year, nth.unit, nth.which), "time/period");
  found.mention.days = Months(year, first, months);
  return found;
}

}  // namespace consilience::extraction
