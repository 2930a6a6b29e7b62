// Which of the possible days is meant: tense, "since", and the days spoken of nearby.
#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_pass.h"

namespace consilience::extraction {
namespace {

constexpr size_t kTenseReachBefore = 14;
constexpr size_t kTenseReachAfter = 8;
constexpr int kNearDays = 75;
constexpr int kNearMonthDays = 45;  // the same for the first day of a month without a day
constexpr size_t kSinceReach = 24;  // tokens from "since" to the time of its clause
constexpr size_t kClockReach = 14;  // tokens from a time of day to the date it belongs to

}  // namespace

// The nearest word before the expression that tells of a tense, else the nearest after it; within
// the sentence.
Tense TimePass::TenseAround(size_t begin, size_t end) const {
  const auto tense_at = [&](size_t at, bool& decided) {
    bool known = false;
    const Tense tense = words_.TenseOf(text_[at].word, known);
    const bool past_form = !known && text_[at].is_word() && Lower(at).size() > 3 &&
                           Lower(at).ends_with("ed") && !Lower(at).ends_with("eed");
    // "would be held" tells what "would" tells.
    const bool passive = (past_form || tense == Tense::kPast) && at > 0 && Lower(at - 1) == "be";
    decided = !passive && (tense != Tense::kUnknown || past_form);
    if (passive) return Tense::kUnknown;
    return past_form ? Tense::kPast : tense;
  };
  const uint32_t sentence = text_[begin].sentence;
  // "as early as Tuesday"
  if (begin >= 2 && Lower(begin - 1) == "as" &&
      (Lower(begin - 2) == "soon" || Lower(begin - 2) == "early" || Lower(begin - 2) == "late")) {
    return Tense::kFuture;
  }
  bool decided = false;
  // "said Friday", "on Sunday issued", "Saturday's advance"
  if (end < text_.size() && text_[end - 1].is(kPossessive)) return Tense::kPast;
  if (end < text_.size() && text_[end].sentence == sentence &&
      tense_at(end, decided) == Tense::kPast) {
    return Tense::kPast;
  }
  bool until = false;
  for (size_t back = 1; back <= kTenseReachBefore && back <= begin; ++back) {
    const size_t at = begin - back;
    if (text_[at].sentence != sentence) break;
    const std::string_view word = Lower(at);
    if (until && word == "had") return Tense::kPast;  // "had been held until Sunday"
    until = until || word == "until" || word == "till";
    if (until) continue;
    if (const Tense tense = tense_at(at, decided); decided) return tense;
  }
  if (until) return Tense::kFuture;
  for (size_t at = end; at < std::min(text_.size(), end + kTenseReachAfter); ++at) {
    if (text_[at].sentence != sentence) break;
    if (const Tense tense = tense_at(at, decided); decided) return tense;
  }
  return Tense::kUnknown;
}

// "since Tuesday", and the time of a clause that "since" opens: "since the army announced the
// offensive late on Thursday". A comma, a word that opens another clause, or another time in
// between ends the clause's hold.
bool TimePass::IsSince(size_t begin) const {
  const uint32_t sentence = text_[begin].sentence;
  for (size_t back = 1; back <= kSinceReach && back <= begin; ++back) {
    const size_t at = begin - back;
    if (text_[at].sentence != sentence || at < last_end_) return false;
    if (Is(at, Kind::kSince)) return true;
    if (Mark(at) == ',' || Mark(at) == ';' || Mark(at) == ':' || Is(at, Kind::kClause)) {
      return false;
    }
  }
  return false;
}

// A bare weekday is the nearest one behind, today included, or ahead if the tense says so. "since
// Tuesday" on a Tuesday is a week ago: a window of no length says nothing.
std::optional<absl::CivilDay> TimePass::ResolveWeekday(int weekday, size_t begin,
                                                       size_t end) const {
  if (!published_) return std::nullopt;
  const int behind = (WeekdayOf(*published_) - weekday + 7) % 7;
  if (IsSince(begin)) return *published_ - (behind == 0 ? 7 : behind);
  const Tense tense = TenseAround(begin, end);
  // "takes place tomorrow morning and ends on Friday"
  const bool goes_on = tense == Tense::kUnknown && last_day_ && *last_day_ > *published_ &&
                       last_end_ > 0 && text_[last_end_ - 1].sentence == text_[begin].sentence;
  const bool ahead = behind != 0 && (tense == Tense::kFuture || goes_on);
  return ahead ? *published_ + (7 - behind) : *published_ - behind;
}

// A month (day 0) or a day of a month without its year.
std::optional<absl::CivilDay> TimePass::ResolveYearless(int month, int day, size_t begin,
                                                        size_t end) const {
  if (!published_) return std::nullopt;
  const absl::CivilDay now = *published_;
  const auto in_year = [&](int64_t year) {
    return absl::CivilDay(year, month, day == 0 ? 1 : day);
  };
  const absl::CivilDay this_year = in_year(now.year());
  const bool same_month = day == 0 && month == now.month();
  if (same_month || this_year == now) return this_year;
  const absl::CivilDay before = this_year < now ? this_year : in_year(now.year() - 1);
  const absl::CivilDay after = this_year > now ? this_year : in_year(now.year() + 1);
  if (IsSince(begin)) return before;
  const int near = day == 0 ? kNearMonthDays : kNearDays;
  if (now - before <= near) return before;
  const Tense tense = TenseAround(begin, end);
  // In December, what happened between January and June was not next month.
  const bool stretch = begin > 0 && Lower(begin - 1) == "between" && tense == Tense::kPast;
  if (after - now <= near && !stretch) return after;
  return tense == Tense::kFuture ? after : before;
}

// The day that a time of day belongs to: named right after it, before it in the sentence, or the
// last one spoken of.
std::optional<absl::CivilDay> TimePass::NearbyDay(size_t begin, size_t end) const {
  const uint32_t sentence = text_[begin].sentence;
  for (size_t at = end; at < std::min(text_.size(), end + kClockReach); ++at) {
    if (text_[at].sentence != sentence) break;
    if (const Found date = ReadDate(at); date && date->day) return date->day;
  }
  if (last_day_ && last_end_ > 0 && text_[last_end_ - 1].sentence + 2 >= sentence) return last_day_;
  return published_;
}

}  // namespace consilience::extraction
