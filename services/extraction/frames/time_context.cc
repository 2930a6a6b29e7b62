#include <absl/time/civil_time.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "services/extraction/frames/content_index.h"
#include "services/extraction/frames/context.h"
#include "services/extraction/frames/links.h"
#include "services/extraction/frames/stretches.h"
#include "services/extraction/time/calendar.h"

namespace consilience::extraction {
namespace {

// How much farther a time is when a relative clause opens before it.
constexpr size_t kOtherClause = 8;
// Bytes between a verb and a time over which clauses are looked for.
constexpr size_t kLongestClause = 400;
// Characters of "2016-11-22", which a part of the day may follow.
constexpr size_t kDayLength = 10;
// Tokens from "up from" to the time of the figure that follows it.
constexpr size_t kOldFigureReach = 8;
// "Gunmen killed 17 on Tuesday. […] Amnesty said 10,217 had been killed": not of one time.
constexpr double kOtherTimes = 20.0;
// Tokens from "since" to what its clause tells.
constexpr size_t kLongestSince = 24;

// Days of "P2D", "P1W"; nothing for other durations.
std::optional<int> DaysOf(std::string_view duration) {
  if (duration.size() < 3 || duration[0] != 'P') return std::nullopt;
  int number = 0;
  for (size_t i = 1; i + 1 < duration.size(); ++i) {
    if (duration[i] < '0' || duration[i] > '9' || number > 1000) return std::nullopt;
    number = number * 10 + (duration[i] - '0');
  }
  if (duration.back() == 'D') return number;
  if (duration.back() == 'W') return 7 * number;
  return std::nullopt;
}

// "The two-day toll" of a report ends on the day of the report.
DayRange EndingOn(const std::string& published, int days) {
  const auto last = ParseDay(published);
  if (!last || days < 1) return {};
  return {FormatDay(*last - (days - 1)), published};
}

bool IsState(const Assertion& assertion) {
  return assertion.kind == Kind::kPopulation || assertion.kind == Kind::kFacility ||
         assertion.kind == Kind::kControl;
}

// What a window may count up.
bool IsTolled(const Assertion& assertion) {
  return assertion.kind == Kind::kCasualty || assertion.kind == Kind::kDisplacement;
}

// What has a day rather than a stretch of time.
bool HappensOnce(const Assertion& assertion) {
  return assertion.kind == Kind::kAttack || assertion.kind == Kind::kAgreement ||
         (assertion.kind == Kind::kControl && assertion.measure != "HELD");
}

// "Another 87 were killed" goes on counting where the count before it stopped; that count, or null.
const Draft* CountBefore(const std::vector<Draft>& drafts, size_t at) {
  const Assertion& more = drafts[at].assertion;
  if (!more.time.empty() || more.kind != Kind::kCasualty || !more.quantity ||
      !more.quantity->additional) {
    return nullptr;
  }
  for (size_t i = at; i-- > 0 && at - i <= kLookBack;) {
    const Assertion& before = drafts[i].assertion;
    if (before.kind == more.kind && before.measure == more.measure && before.quantity) {
      return &drafts[i];
    }
  }
  return nullptr;
}

class Resolver {
 public:
  Resolver(const Scene& scene, const TimeClasses& classes,
           const std::vector<AttributionMention>& attributions, const std::string& published)
      : scene_(scene),
        classes_(classes),
        attributions_(attributions),
        contents_(attributions),
        published_(published) {}

  // `before` is the draft that a window may be taken from, or null.
  void Resolve(Draft& draft, const Draft* before) const {
    const TimeMention* time = Nearest(draft);
    const bool goes_on = before != nullptr && before->sentence + 1 == draft.sentence &&
                         before->assertion.kind == draft.assertion.kind;
    if (time == nullptr && !goes_on) time = OfSamePlace(draft);
    if (time == nullptr) return;
    Assertion& assertion = draft.assertion;
    if (HappensOnce(assertion) && IsOfClauseAfter(draft, *time)) {
      // "said on Thursday that it was starting an offensive after the truce had ended on Monday"
      if (const auto told = ReportDay(draft)) {
        assertion.time = *told;
        return;
      }
    }
    assertion.time = WindowOf(*time);
    if (time->since && IsOfThatDay(draft, *time)) {
      assertion.time = OwnDays(*time);
      return;
    }
    assertion.cumulative = time->since;
    if (IsTolled(assertion) && FollowsBeginning(*time)) {
      assertion.cumulative = true;
      assertion.time.to = published_;
    }
    if (time->since && assertion.time.to.empty()) assertion.time.to = published_;
  }

  // "over a riot in which | 74 people were killed": told of a noun, in passing.
  bool IsOfNoun(const Draft& draft) const {
    const Text& text = scene_.text();
    return draft.begin > text.sentences()[draft.sentence].begin + 1 &&
           text.Lower(draft.begin - 1) == "which" && scene_.note(draft.begin - 2).time < 0 &&
           text[draft.begin - 2].is_word();
  }

  DayRange DayOfReport(const Draft& draft) const {
    return ReportDay(draft).value_or(DayRange{published_, published_});
  }

 private:
  std::span<const TimeMention>::iterator FirstTimeFrom(size_t offset) const {
    return std::lower_bound(
        scene_.times().begin(), scene_.times().end(), offset,
        [](const TimeMention& time, size_t at) { return time.span.begin < at; });
  }

  DayRange WindowOf(const TimeMention& time) const {
    if (const auto stretch = StretchOf(scene_, time, published_)) return *stretch;
    if (!time.days.empty()) return time.days;
    if (time.type != TimeType::kDuration || published_.empty()) return {};
    const auto days = DaysOf(time.value);
    return days ? EndingOn(published_, *days) : DayRange{};
  }

  std::optional<DayRange> ReportDay(const Draft& draft) const;
  bool IsOfClauseAfter(const Draft& draft, const TimeMention& time) const;
  bool SinceBefore(size_t verb) const;
  bool IsOfThatDay(const Draft& draft, const TimeMention& time) const;
  bool FollowsBeginning(const TimeMention& time) const;
  const TimeMention* Nearest(const Draft& draft) const;
  const TimeMention* OfSamePlace(const Draft& draft) const;
  bool Names(const Sentence& sentence, const std::string& place) const;
  bool IsOfOldFigure(const Draft& draft, const TimeMention& time) const;
  bool IsOffset(const TimeMention& time) const;
  bool IsElapsed(const TimeMention& time) const;
  size_t Distance(const Draft& draft, const TimeMention& time) const;
  bool RelativeClauseBetween(size_t from, size_t to) const;
  bool IsReportTime(Span verb, Span time) const;

  const Scene& scene_;
  const TimeClasses& classes_;
  const std::vector<AttributionMention>& attributions_;
  const ContentIndex contents_;
  const std::string& published_;
};

// The time that belongs to the report and not to the event: within the attribution that holds the
// verb, but outside what is reported.
bool Resolver::IsReportTime(Span verb, Span time) const {
  bool found = false;
  contents_.ForHolding(verb, [&](int index) {
    const auto& content = attributions_[static_cast<size_t>(index)].content;
    found = found || (AnyContains(content, verb) && !AnyContains(content, time));
  });
  return found;
}

// The day on which somebody said it: "stated on Friday that the road was open". A state is what it
// was then.
std::optional<DayRange> Resolver::ReportDay(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const Span verb = text[draft.trigger].span;
  for (auto it = FirstTimeFrom(sentence.span.begin);
       it != scene_.times().end() && it->span.begin < sentence.span.end; ++it) {
    const bool day = it->type == TimeType::kDate && it->days.from == it->days.to;
    if (day && !it->days.empty() && !it->since && IsReportTime(verb, it->span)) {
      return it->days;
    }
  }
  return std::nullopt;
}

// What the clause of "since" itself tells is of the day and not of the time since: "since the army
// announced the offensive on Thursday", "since 19 September, when it closed the ring".
bool Resolver::IsOfThatDay(const Draft& draft, const TimeMention& time) const {
  if (OpensOwnClause(scene_, time, draft.trigger)) return true;
  if (!ParseDay(time.value.substr(0, kDayLength))) return false;
  const Text& text = scene_.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  size_t next = text.TokenAtStored(time.span.end - 1) + 1;
  if (next < text.size() && text[next].mark == ',') ++next;
  if (draft.trigger > next) return next < text.size() && text.Lower(next) == "when";
  for (size_t i = begin; i-- > draft.trigger && begin - i <= kLongestSince;) {
    if (text.Lower(i) == "since") return false;
  }
  return draft.trigger < begin && SinceBefore(draft.trigger);
}

// A clause with "after" or "before" opens between a verb and a time, which is then of that clause
// unless the word itself leads it: "after midnight".
bool Resolver::IsOfClauseAfter(const Draft& draft, const TimeMention& time) const {
  const Text& text = scene_.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  for (size_t i = draft.trigger + 1; i + 2 < begin; ++i) {
    const std::string_view word = text.Lower(i);
    if (word == "after" || word == "before" || word == "until") return true;
  }
  return false;
}

// "since" stands before a verb in its clause.
bool Resolver::SinceBefore(size_t verb) const {
  const Text& text = scene_.text();
  for (size_t i = verb; i-- > 0 && verb - i <= kLongestSince;) {
    if (text[i].sentence != text[verb].sentence || text[i].mark == ',') return false;
    if (text.Lower(i) == "since") return true;
  }
  return false;
}

// "the war, which began in 2011, has killed": the count runs from then on.
bool Resolver::FollowsBeginning(const TimeMention& time) const {
  const Text& text = scene_.text();
  const size_t begin = text.TokenAtStored(time.span.begin);
  for (size_t i = begin; i-- > 0 && begin - i <= 3;) {
    if (scene_.classes(i)[classes_.begin]) return true;
  }
  return false;
}

// How far a time stands from the verb, in bytes; words between that open a clause of their own
// count more.
size_t Resolver::Distance(const Draft& draft, const TimeMention& time) const {
  const Text& text = scene_.text();
  const Span verb = text[draft.trigger].span;
  const bool within =
      draft.assertion.span.begin <= time.span.begin && time.span.end <= draft.assertion.span.end;
  const bool after = time.span.begin >= verb.begin;
  const size_t gap = after ? time.span.begin - verb.begin : verb.begin - time.span.end;
  size_t distance = after ? gap : gap + gap / 2;
  if (within) distance /= 4;
  if (time.since && draft.assertion.kind == Kind::kCasualty) distance /= 2;
  // "… retook the district, which rebels had held for four years, on Tuesday": the four years are
  // of another clause.
  if (after && RelativeClauseBetween(verb.end, time.span.begin)) distance *= kOtherClause;
  if (HappensOnce(draft.assertion) && time.type == TimeType::kDuration) distance += kLongestClause;
  return distance;
}

// "abandoned after a week": how long it had lasted, not when it was.
bool Resolver::IsElapsed(const TimeMention& time) const {
  const size_t begin = scene_.text().TokenAtStored(time.span.begin);
  return time.type == TimeType::kDuration && time.days.empty() && begin > 0 &&
         scene_.text().Lower(begin - 1) == "after";
}

// "came three days | after a blast that killed 11": how far apart two events are.
bool Resolver::IsOffset(const TimeMention& time) const {
  const Text& text = scene_.text();
  const size_t next = text.TokenAtStored(time.span.end - 1) + 1;
  if (time.type != TimeType::kDuration || !time.days.empty() || next >= text.size()) return false;
  return text.Lower(next) == "after" || text.Lower(next) == "before";
}

// "rose to 23, up from seven on Monday": the day of what was before.
bool Resolver::IsOfOldFigure(const Draft& draft, const TimeMention& time) const {
  const size_t begin = scene_.text().TokenAtStored(time.span.begin);
  for (size_t i = begin; i-- > draft.trigger && begin - i <= kOldFigureReach;) {
    if (scene_.text()[i].mark == ',') return false;
    if (scene_.classes(i)[classes_.compared]) return true;
    // "eased to 3.6 per cent, from 3.8 per cent in September"
    if (scene_.text().Lower(i) == "from" && scene_.note(i + 1).quantity >= 0) return true;
  }
  return false;
}

bool Resolver::RelativeClauseBetween(size_t from, size_t to) const {
  if (to <= from || to - from > kLongestClause) return false;
  const Text& text = scene_.text();
  for (size_t i = text.TokenAtStored(from); i < text.size() && text[i].span.end <= to; ++i) {
    const std::string_view word = text.Lower(i);
    if (word == "which" || word == "who" || word == "whose") return true;
    // "killed 12 on Monday, | raising the toll to 80 since May"
    if (text[i].mark == ',' && i + 1 < text.size() && scene_.classes(i + 1)[classes_.rise])
      return true;
  }
  return false;
}

const TimeMention* Resolver::Nearest(const Draft& draft) const {
  const Text& text = scene_.text();
  const Sentence& sentence = text.sentences()[draft.sentence];
  const TimeMention* best = nullptr;
  size_t best_distance = 0;
  for (auto it = FirstTimeFrom(sentence.span.begin);
       it != scene_.times().end() && it->span.begin < sentence.span.end; ++it) {
    if (WindowOf(*it).empty() || (HappensOnce(draft.assertion) && IsElapsed(*it))) continue;
    if (IsReportTime(text[draft.trigger].span, it->span)) continue;
    if (IsOfOldFigure(draft, *it) || IsOffset(*it) || IsBaseline(scene_, *it)) continue;
    if (IsOfRecord(scene_, *it, draft.trigger) && !OpensOwnClause(scene_, *it, draft.trigger))
      continue;
    const size_t distance = Distance(draft, *it);
    if (best == nullptr || distance < best_distance) {
      best = &*it;
      best_distance = distance;
    }
  }
  return best;
}

bool Resolver::Names(const Sentence& sentence, const std::string& place) const {
  const auto first =
      std::lower_bound(scene_.places().begin(), scene_.places().end(), sentence.begin,
                       [](const FoundPlace& found, uint32_t at) { return found.begin < at; });
  for (auto it = first; it != scene_.places().end() && it->begin < sentence.end; ++it) {
    if (it->mention.id == place) return true;
  }
  return false;
}

// "… in the city of Hama in 1982. Hama was levelled": the last time of the sentence before, where
// the text goes on about the same place.
const TimeMention* Resolver::OfSamePlace(const Draft& draft) const {
  const std::string& place = draft.assertion.place.id;
  if (draft.sentence == 0 || place.empty() || IsState(draft.assertion)) return nullptr;
  const auto sentences = scene_.text().sentences();
  const Sentence& before = sentences[draft.sentence - 1];
  if (before.paragraph != sentences[draft.sentence].paragraph || !Names(before, place)) {
    return nullptr;
  }
  const auto after = FirstTimeFrom(before.span.end);
  if (after == scene_.times().begin()) return nullptr;
  const TimeMention& last = *(after - 1);
  const bool meant =
      last.span.begin >= before.span.begin && !IsOfRecord(scene_, last, before.begin);
  return meant && !WindowOf(last).empty() ? &last : nullptr;
}

// A text that tells of several days of a truce or of talks speaks of several; one that names a day
// once means the same ones throughout.
void DateAgreements(std::vector<Draft>& drafts) {
  std::map<std::string, std::set<std::pair<std::string, std::string>>> days;
  for (const Draft& draft : drafts) {
    const Assertion& told = draft.assertion;
    if (told.kind != Kind::kAgreement || told.time.empty()) continue;
    days[told.measure].emplace(told.time.from, told.time.to);
  }
  for (Draft& draft : drafts) {
    Assertion& told = draft.assertion;
    if (told.kind != Kind::kAgreement || !told.time.empty()) continue;
    const auto found = days.find(told.measure);
    if (found == days.end() || found->second.size() != 1) continue;
    std::tie(told.time.from, told.time.to) = *found->second.begin();
  }
}

}  // namespace

void ResolveTimes(const Scene& scene, const TimeClasses& classes,
                  const std::vector<AttributionMention>& attributions, const std::string& published,
                  std::vector<Draft>& drafts) {
  const Resolver resolver(scene, classes, attributions, published);
  const auto sentences = scene.text().sentences();
  const Draft* before = nullptr;  // the last draft of the same paragraph with a window
  for (size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    resolver.Resolve(draft, before);
    Assertion& assertion = draft.assertion;
    if (const Draft* count = CountBefore(drafts, i); count != nullptr) {
      assertion.time = count->assertion.time;
      assertion.cumulative = count->assertion.cumulative;
    }
    if (assertion.time.empty() && before != nullptr && before->assertion.kind == assertion.kind &&
        sentences[before->sentence].paragraph == sentences[draft.sentence].paragraph &&
        !AreFarApart(before->assertion, assertion, kOtherTimes)) {
      assertion.time = before->assertion.time;
      assertion.cumulative = before->assertion.cumulative;
    }
    if (assertion.time.empty() && IsState(assertion) && !published.empty()) {
      assertion.time = resolver.DayOfReport(draft);
    }
    if (!assertion.time.empty() && !resolver.IsOfNoun(draft)) before = &draft;
  }
  DateAgreements(drafts);
}

}  // namespace consilience::extraction
