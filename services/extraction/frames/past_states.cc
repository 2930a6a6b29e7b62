// States that were over when the text was written: "had been in rebel hands for years", "was held
// by rebels until Sunday".
#include <absl/time/civil_time.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/extraction/frames/context.h"
#include "services/extraction/time/calendar.h"

namespace consilience::extraction {
namespace {

// How many assertions before and after a state may tell of the change that ended it.
constexpr size_t kChangeReach = 8;
// Tokens before and after its verb in which a sentence may say how long a state lasted.
constexpr uint32_t kClauseReach = 40;
// Tokens before the verb in which its auxiliaries stand.
constexpr uint32_t kAuxiliaryReach = 8;

bool IsHolding(const Assertion& assertion) {
  return assertion.kind == Kind::kControl && assertion.measure == "HELD";
}

bool IsChange(const Assertion& assertion) {
  return assertion.kind == Kind::kControl &&
         (assertion.measure == "CAPTURED" || assertion.measure == "RECAPTURED" ||
          assertion.measure == "LOST");
}

// The day that lies a TIMEX3 duration of whole days, weeks, months or years before another.
std::optional<absl::CivilDay> Before(absl::CivilDay day, std::string_view duration) {
  if (duration.size() < 3 || duration[0] != 'P' || duration[1] < '1' || duration[1] > '9') {
    return std::nullopt;
  }
  const int count = std::atoi(std::string(duration.substr(1)).c_str());
  switch (duration.back()) {
    case 'D':
      return day - count;
    case 'W':
      return day - 7 * count;
    case 'M':
      return absl::CivilDay(day.year(), day.month() - count, day.day());
    case 'Y':
      return absl::CivilDay(day.year() - count, day.month(), day.day());
    default:
      return std::nullopt;
  }
}

class PastStates {
 public:
  PastStates(const Scene& scene, const std::string& published, std::vector<Draft>& drafts)
      : scene_(scene), text_(scene.text()), published_(published), drafts_(drafts) {}

  void EndAll() {
    for (size_t i = 0; i < drafts_.size(); ++i) {
      if (IsHolding(drafts_[i].assertion)) End(i);
    }
  }

 private:
  void End(size_t index) {
    const Draft& draft = drafts_[index];
    const Sentence& sentence = text_.sentences()[draft.sentence];
    Sentence around = sentence;
    around.begin = std::max(sentence.begin, Back(draft.trigger, kClauseReach));
    around.end = std::min(sentence.end, draft.trigger + kClauseReach);
    around.span = text_.SpanOf(around.begin, around.end);
    const std::optional<uint32_t> until = UntilIn(around);
    std::optional<absl::CivilDay> limit;
    if (until) {
      limit = DayAfter(*until, around);
    } else if (draft.assertion.attribution >= 0 || !IsAnterior(draft)) {
      // "He said that it had been held" tells in the past what he called present.
      return;
    }
    if (!limit) limit = ChangeNear(index);
    if (!limit) limit = ParseDay(published_);
    DayRange& time = drafts_[index].assertion.time;
    drafts_[index].assertion.cumulative = false;
    if (!limit) {
      time = {};
      return;
    }
    const absl::CivilDay last = *limit - 1;
    const std::optional<absl::CivilDay> from = ParseDay(time.from);
    const std::optional<absl::CivilDay> lasted = LastingBefore(last, around);
    const absl::CivilDay first = from && *from < last ? *from : lasted.value_or(last);
    time = Days(first, last);
  }

  static uint32_t Back(uint32_t token, uint32_t reach) { return token > reach ? token - reach : 0; }

  std::span<const TimeMention> TimesFrom(size_t offset) const {
    const auto first =
        std::lower_bound(scene_.times().begin(), scene_.times().end(), offset,
                         [](const TimeMention& time, size_t at) { return time.span.begin < at; });
    return {first, scene_.times().end()};
  }

  std::optional<uint32_t> UntilIn(const Sentence& sentence) const {
    for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
      const std::string_view word = text_.Lower(i);
      if ((word == "until" || word == "till") && i + 1 < sentence.end &&
          text_.Lower(i + 1) != "now") {
        return i;
      }
    }
    return std::nullopt;
  }

  // "had been held", "was once held", "used to be in rebel hands"
  bool IsAnterior(const Draft& draft) const {
    const Sentence& sentence = text_.sentences()[draft.sentence];
    const uint32_t first = std::max(sentence.begin, Back(draft.trigger, kAuxiliaryReach));
    for (uint32_t i = draft.trigger; i-- > first;) {
      const std::string_view word = text_.Lower(i);
      if (word == "had" || word == "once" || word == "formerly" || word == "previously" ||
          word == "used") {
        return true;
      }
      if (word == "has" || word == "have" || word == "is" || word == "are") return false;
    }
    return false;
  }

  // The first day of the first time after a token.
  std::optional<absl::CivilDay> DayAfter(uint32_t token, const Sentence& sentence) const {
    for (const TimeMention& time : TimesFrom(text_[token].span.end)) {
      if (time.span.begin >= sentence.span.end) break;
      if (!time.days.from.empty()) return ParseDay(time.days.from);
    }
    return std::nullopt;
  }

  // When the nearest assertion that tells of a change in the same place puts it.
  std::optional<absl::CivilDay> ChangeNear(size_t index) const {
    const std::string& place = drafts_[index].assertion.place.id;
    for (size_t away = 1; away <= kChangeReach; ++away) {
      for (const size_t at : {index - away, index + away}) {  // wraps around below the first
        if (at >= drafts_.size()) continue;
        const Assertion& change = drafts_[at].assertion;
        if (!IsChange(change) || change.place.id != place || change.time.from.empty()) continue;
        return ParseDay(change.time.from);
      }
    }
    return std::nullopt;
  }

  // "for four years"
  std::optional<absl::CivilDay> LastingBefore(absl::CivilDay last, const Sentence& sentence) const {
    for (const TimeMention& time : TimesFrom(sentence.span.begin)) {
      if (time.span.begin >= sentence.span.end) break;
      if (time.type != TimeType::kDuration) continue;
      const size_t token = text_.TokenAtStored(time.span.begin);
      if (token > 0 && text_.Lower(token - 1) == "for") return Before(last, time.value);
    }
    return std::nullopt;
  }

  const Scene& scene_;
  const Text& text_;
  const std::string& published_;
  std::vector<Draft>& drafts_;
};

}  // namespace

void EndPastStates(const Scene& scene, const std::string& published, std::vector<Draft>& drafts) {
  PastStates(scene, published, drafts).EndAll();
}

}  // namespace consilience::extraction
