// Times of day.
#include <fmt/format.h>

#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {

TimePass::Found TimePass::MakeTime(size_t begin, size_t end, int hour, int minute) const {
  while (Is(end, Kind::kZone)) ++end;
  std::optional<absl::CivilDay> day = NearbyDay(begin, end);
  std::optional<absl::CivilDay> named;  // in the expression itself
  if (const Found after = WithDayAfter(end)) {
    day = after->day;
    end = after->end;
    named = after->day;
  }
  std::string value = day ? FormatDay(*day) : "XXXX-XX-XX";
  value += fmt::format("T{:02}:{:02}", hour, minute);
  Expression found = Make(begin, end, TimeType::kTime, std::move(value), "time/clock");
  found.mention.resolved = day.has_value();
  if (day) found.mention.days = OneDay(*day);
  found.day = named;
  return found;
}

// "9 a.m. Tuesday", "6 p.m. on May 5": the day is part of the expression.
TimePass::Found TimePass::WithDayAfter(size_t end) const {
  size_t next = end;
  if (Mark(next) == ',') ++next;
  if (Lower(next) == "on") ++next;
  Found date = ReadDate(next);
  if (!date) date = ReadDeictic(next);
  return date && date->day && date->mention.type == TimeType::kDate ? date : Found{};
}

// "at 0150", "at approximately 1330": four digits of a time of day after "at".
bool TimePass::IsMilitaryTime(size_t at) const {
  size_t before = at;
  while (before > 0 && at - before < 2 && Lower(before - 1) != "at") --before;
  if (before == 0 || Lower(before - 1) != "at" || CountsWhatFollows(at)) return false;
  const int number = DigitsAt(at, 0, 2400);
  return number >= 0 && number % 100 < 60;
}

// "10:35 a.m.", "6 p.m.", "14:30", "0735 GMT", "noon", "midnight".
TimePass::Found TimePass::ReadClock(size_t at) const {
  if (Is(at, Kind::kClock)) {
    if (at > 0 && Lower(at - 1) == "high") return {};
    const bool midnight = WordAt(at).code == "00:00";
    return MakeTime(at, at + 1, midnight ? 0 : 12, 0);
  }
  if (Is(at, Kind::kPart)) return ReadPart(at);
  const int number = DigitsAt(at, 0, 2400);
  if (number < 0) return ReadDottedClock(at);
  int hour = number;
  int minute = 0;
  size_t end = at + 1;
  const bool colon = Mark(at + 1) == ':' && at + 2 < text_.size() &&
                     !text_[at + 1].is(kSpaceBefore) && !text_[at + 2].is(kSpaceBefore);
  if (colon) {
    minute = DigitsAt(at + 2, 0, 59);
    if (minute < 0 || text_.Folded(at + 2).size() != 2) return {};
    end = at + 3;
  } else if (Lower(end) == "o'clock") {
    ++end;
  } else if (text_.Folded(at).size() == 4 &&
             (Is(end, Kind::kZone) || Lower(end) == "hours" || IsMilitaryTime(at))) {
    hour = number / 100;
    minute = number % 100;
    if (Lower(end) == "hours") ++end;
  } else if (!Is(end, Kind::kHalfday)) {
    return {};
  }
  if (Is(end, Kind::kHalfday) && hour >= 1 && hour <= 12) {
    hour = hour % 12 + (WordAt(end).code == "pm" ? 12 : 0);
    ++end;
  }
  if (hour > 24 || minute > 59) return {};
  return MakeTime(at, end, hour, minute);
}

// "10.30pm", "12.05 GMT"
TimePass::Found TimePass::ReadDottedClock(size_t at) const {
  if (at >= text_.size() || !text_[at].is_number()) return {};
  const std::string_view digits = text_.Folded(at);
  const size_t point = digits.find('.');
  if (point == std::string_view::npos || point == 0 || point > 2 || digits.size() != point + 3) {
    return {};
  }
  const auto digit = [&](size_t i) { return digits[i] - '0'; };
  int hour = point == 1 ? digit(0) : 10 * digit(0) + digit(1);
  const int minute = 10 * digit(point + 1) + digit(point + 2);
  size_t end = at + 1;
  if (Is(end, Kind::kHalfday) && hour >= 1 && hour <= 12) {
    hour = hour % 12 + (WordAt(end).code == "pm" ? 12 : 0);
    ++end;
  } else if (!Is(end, Kind::kZone)) {
    return {};
  }
  return hour > 24 || minute > 59 ? Found{} : MakeTime(at, end, hour, minute);
}

// "dawn", "evening" as such, of the day spoken of: "in the evening", "the night of …".
TimePass::Found TimePass::ReadPart(size_t at) const {
  if (at == 0 || (Lower(at - 1) != "the" && Lower(at - 1) != "at" && Lower(at - 1) != "before")) {
    return {};
  }
  if (Lower(at + 1) == "of") return {};  // "the night of Oct. 23": the date says it
  const bool at_night = Lower(at - 1) == "at" && WordAt(at).code == "NI";
  const bool in_the = Lower(at - 1) == "the" && at >= 2 &&
                      (Lower(at - 2) == "in" || Lower(at - 2) == "during" ||
                       Lower(at - 2) == "by" || Lower(at - 2) == "on");
  const bool dawn = Lower(at) == "dawn" || Lower(at) == "dusk" || Lower(at) == "nightfall";
  if (at_night || (!in_the && !dawn)) return {};
  const std::optional<absl::CivilDay> day = NearbyDay(at, at + 1);
  Expression found =
      Make(at, at + 1, TimeType::kTime,
           (day ? FormatDay(*day) : "XXXX-XX-XX") + "T" + WordAt(at).code, "time/part");
  found.mention.resolved = day.has_value();
  if (day) found.mention.days = OneDay(*day);
  return found;
}

}  // namespace consilience::extraction
