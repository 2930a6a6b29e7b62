#include "services/extraction/frames/speaker_mending.h"

#include <string>
#include <string_view>

#include "services/extraction/attribution/people.h"

namespace consilience::extraction {
namespace {

// Attributions of the sentence that are looked at for who spoke before.
constexpr size_t kSpeakersBack = 4;

// Tokens between "not" and "deny".
constexpr size_t kNotReach = 2;

class Mender {
 public:
  Mender(const Scene& scene, std::vector<AttributionMention>& attributions)
      : scene_(scene), text_(scene.text()), attributions_(attributions) {}

  void Run() {
    for (size_t i = 0; i < attributions_.size(); ++i) {
      AttributionMention& attribution = attributions_[i];
      if (attribution.cue.empty()) continue;
      if (attribution.denial && IsNegated(attribution)) attribution.denial = false;
      if (attribution.source.empty()) continue;
      if (IsPersonsPronoun(attribution) && NamesPlace(attribution)) PassToPerson(i);
      const size_t first = text_.TokenAtStored(attribution.source.front().begin);
      if (IsCount(first) && GoesOn(attribution)) {
        Replace(i);
      } else {
        TrimDay(first, attribution);
      }
    }
  }

 private:
  bool IsCount(size_t token) const {
    const int32_t quantity = scene_.note(token).quantity;
    return quantity >= 0 && !scene_.quantities()[static_cast<size_t>(quantity)].vague;
  }

  // "adding", "citing": a verb whose subject is that of the clause before.
  bool GoesOn(const AttributionMention& attribution) const {
    const size_t cue = text_.TokenAtStored(attribution.cue.front().begin);
    return attribution.source.front().end <= attribution.cue.front().begin &&
           text_.Lower(cue).ends_with("ing");
  }

  // "he added"
  bool IsPersonsPronoun(const AttributionMention& attribution) const {
    const std::string_view word =
        text_.Lower(text_.TokenAtStored(attribution.source.front().begin));
    return word == "he" || word == "she";
  }

  // The speaker is called by nothing but the name of a place: "Moscow".
  bool NamesPlace(const AttributionMention& attribution) const {
    if (attribution.chain.empty()) return false;
    const Span name = attribution.chain.front().span;
    const int32_t place = scene_.note(text_.TokenAtStored(name.begin)).place;
    if (place < 0) return false;
    const uint32_t end = scene_.places()[static_cast<size_t>(place)].end;
    return text_[end - 1].span.end >= name.end;
  }

  // A country that spoke is no "he": the person who spoke before is, if there is one.
  void PassToPerson(size_t index) {
    AttributionMention& attribution = attributions_[index];
    attribution.chain.clear();
    for (size_t i = index; i-- > 0 && index - i <= kSpeakersBack;) {
      const AttributionMention& before = attributions_[i];
      if (before.chain.empty() || before.chain.front().type != SpeakerType::kPerson) continue;
      attribution.chain = before.chain;
      return;
    }
  }

  // "did not deny", "never disputed"
  bool IsNegated(const AttributionMention& attribution) const {
    const size_t cue = text_.TokenAtStored(attribution.cue.front().begin);
    const size_t end = text_.TokenAtStored(attribution.cue.back().end - 1);
    for (size_t i = cue > kNotReach ? cue - kNotReach : 0; i < end; ++i) {
      const std::string_view word = text_.Lower(i);
      if (text_[i].sentence != text_[cue].sentence) continue;
      if (word == "not" || word == "n't" || word == "never" || word == "cannot") return true;
    }
    return false;
  }

  uint32_t SentenceOf(const AttributionMention& attribution) const {
    return text_[text_.TokenAtStored(attribution.cue.front().begin)].sentence;
  }

  void Replace(size_t index) {
    AttributionMention& attribution = attributions_[index];
    const Span count = attribution.source.front();
    attribution.source.clear();
    std::erase_if(attribution.chain,
                  [&](const Speaker& speaker) { return speaker.span.Overlaps(count); });
    if (!attribution.chain.empty()) return;
    for (size_t i = index; i-- > 0 && index - i <= kSpeakersBack;) {
      const AttributionMention& before = attributions_[i];
      if (before.cue.empty() || SentenceOf(before) != SentenceOf(attribution)) return;
      if (before.chain.empty()) continue;
      attribution.source = before.source;
      attribution.chain = before.chain;
      return;
    }
  }

  // The token after the day that holds `token`, or `token`.
  size_t AfterDay(size_t token) const {
    const Span at = text_[token].span;
    for (const TimeMention& time : scene_.times()) {
      if (time.span.begin > at.begin) break;
      if (time.span.Overlaps(at) && time.type == TimeType::kDate) {
        return text_.TokenAtStored(time.span.end - 1) + 1;
      }
    }
    return token;
  }

  void TrimDay(size_t first, AttributionMention& attribution) const {
    // Few sources begin like a day, and the times are searched for those alone.
    if (!text_[first].is_number() && scene_.note(first).time < 0) return;
    const Span source = attribution.source.front();
    const size_t next = AfterDay(first);
    if (next == first || next >= text_.size() || text_[next].span.end > source.end) return;
    const auto end = static_cast<uint32_t>(text_.TokenAtStored(source.end - 1) + 1);
    const Span name{text_[next].span.begin, source.end};
    const std::string words = WordsOf(text_, {static_cast<uint32_t>(next), end});
    for (Speaker& speaker : attribution.chain) {
      if (speaker.span.begin != source.begin || speaker.span.end != source.end) continue;
      (speaker.description.empty() ? speaker.name : speaker.description) = words;
      speaker.span = name;
    }
    attribution.source.front() = name;
  }

  const Scene& scene_;
  const Text& text_;
  std::vector<AttributionMention>& attributions_;
};

}  // namespace

void MendSpeakers(const Scene& scene, std::vector<AttributionMention>& attributions) {
  Mender(scene, attributions).Run();
}

}  // namespace consilience::extraction
