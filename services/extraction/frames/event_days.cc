// The day of an event whose victims a report goes on to count: "A blast killed 15 on Sunday. [new
// paragraph] The hospital received 46 injured."
#include <absl/time/civil_time.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/extraction/frames/context.h"

namespace consilience::extraction {
namespace {

// Assertions back to the one that has the day.
constexpr size_t kEventReach = 8;
// Days over which an event lasts, and over which it is news.
constexpr int kEventDays = 2;
constexpr int kNewsDays = 7;
// Two counts of one event's victims are alike; "the war has killed 500,000" is another matter.
constexpr double kMostRatio = 3.0;
// Tokens before a verb in which "has" may stand.
constexpr uint32_t kAuxiliaryReach = 24;
// Tokens in which a sentence says at its beginning that it is about something else.
constexpr uint32_t kOpening = 5;

bool IsEvent(const Assertion& assertion) {
  return assertion.kind == Kind::kCasualty || assertion.kind == Kind::kAttack;
}

bool InOnePlace(const PlaceMention& a, const PlaceMention& b) {
  return !a.name.empty() && a.id == b.id && (!a.id.empty() || a.name == b.name);
}

// Of a few days, shortly before the report.
bool IsNews(const DayRange& days, const std::string& published) {
  absl::CivilDay from;
  absl::CivilDay to;
  absl::CivilDay report;
  if (!absl::ParseCivilTime(days.from, &from) || !absl::ParseCivilTime(days.to, &to) ||
      !absl::ParseCivilTime(published, &report)) {
    return false;
  }
  return to - from < kEventDays && to <= report && report - to <= kNewsDays;
}

class EventDays {
 public:
  EventDays(const Scene& scene, const TimeClasses& classes, const std::string& published,
            std::vector<Draft>& drafts)
      : scene_(scene),
        text_(scene.text()),
        classes_(classes),
        published_(published),
        drafts_(drafts) {}

  void Run() {
    const std::vector<size_t> order = InOrderOfText(drafts_);
    for (size_t at = 0; at < order.size(); ++at) {
      Draft& draft = drafts_[order[at]];
      if (!GoesOnCounting(draft)) continue;
      for (size_t back = at; back-- > 0 && at - back <= kEventReach;) {
        const Draft& before = drafts_[order[back]];
        if (!IsEvent(before.assertion)) continue;
        if (IsEventOf(before, draft)) draft.assertion.time = before.assertion.time;
        // Of two events that are told of, the nearer one may be meant or the farther.
        if (!before.assertion.time.empty() ||
            !InOnePlace(before.assertion.place, draft.assertion.place)) {
          break;
        }
      }
    }
  }

 private:
  // A count of victims that says nothing itself of when.
  bool GoesOnCounting(const Draft& draft) const {
    const Assertion& own = draft.assertion;
    if (own.kind != Kind::kCasualty || !own.quantity || !own.time.empty() || own.cumulative ||
        own.quantity->additional || own.modality == Modality::kHypothetical ||
        own.modality == Modality::kPlanned) {
      return false;
    }
    const Sentence& sentence = text_.sentences()[draft.sentence];
    // "Has killed": up to now, for all that one can tell. "Had been detained" is of then.
    const uint32_t nearby = draft.trigger > kAuxiliaryReach ? draft.trigger - kAuxiliaryReach : 0;
    for (uint32_t i = std::max(sentence.begin, nearby); i < draft.trigger; ++i) {
      if (scene_.classes(i)[classes_.have] && text_.Lower(i) != "had") return false;
    }
    const uint32_t opening = std::min(sentence.end, sentence.begin + kOpening);
    for (uint32_t i = sentence.begin; i < opening; ++i) {
      if (scene_.classes(i)[classes_.elsewhere]) return false;
    }
    return true;
  }

  bool IsEventOf(const Draft& event, const Draft& draft) const {
    return IsNews(event.assertion.time, published_) && !event.assertion.cumulative &&
           InOnePlace(event.assertion.place, draft.assertion.place) &&
           !AreFarApart(event.assertion, draft.assertion, kMostRatio) &&
           !AnotherTimeBetween(event, draft);
  }

  // A time from the end of the event's sentence to the end of the count's.
  bool AnotherTimeBetween(const Draft& event, const Draft& draft) const {
    const size_t from = text_.sentences()[event.sentence].span.end;
    const size_t to = text_.sentences()[draft.sentence].span.end;
    const auto first =
        std::lower_bound(scene_.times().begin(), scene_.times().end(), from,
                         [](const TimeMention& time, size_t at) { return time.span.begin < at; });
    return first != scene_.times().end() && first->span.begin < to;
  }

  const Scene& scene_;
  const Text& text_;
  const TimeClasses& classes_;
  const std::string& published_;
  std::vector<Draft>& drafts_;
};

}  // namespace

void InheritEventDays(const Scene& scene, const TimeClasses& classes, const std::string& published,
                      std::vector<Draft>& drafts) {
  if (published.empty()) return;
  EventDays(scene, classes, published, drafts).Run();
}

}  // namespace consilience::extraction
