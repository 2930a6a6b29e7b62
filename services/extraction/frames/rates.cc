#include "services/extraction/frames/rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "services/extraction/population/population_lexicon.h"
#include "services/extraction/text/one_of.h"
#include "services/extraction/text/tokenize.h"

namespace consilience::extraction {
namespace {

// Tokens between the words of a count and those of its rate: "are killed by mines | every day".
constexpr size_t kReach = 6;
constexpr double kLeastTelling = 2;

class Rates {
 public:
  explicit Rates(const Scene& scene) : scene_(scene), text_(scene.text()) {}

  // The words that make a rate of the draft's count; null for none.
  const TimeMention* Of(const Draft& draft) const {
    const Sentence& sentence = text_.sentences()[draft.sentence];
    const size_t first =
        draft.begin > sentence.begin + kReach ? draft.begin - kReach : sentence.begin;
    const size_t last = std::min<size_t>(sentence.end, draft.end + kReach);
    auto it =
        std::lower_bound(scene_.times().begin(), scene_.times().end(), text_[first].span.begin,
                         [](const TimeMention& time, size_t at) { return time.span.begin < at; });
    for (; it != scene_.times().end() && it->span.begin < text_[last - 1].span.end; ++it) {
      const size_t begin = text_.TokenAtStored(it->span.begin);
      const size_t end = text_.TokenAtStored(it->span.end - 1) + 1;
      const bool opens = begin == sentence.begin && end < draft.begin;  // "Every day, five die"
      if (!opens && (begin < draft.trigger || !IsOneClause(draft.trigger, begin))) continue;
      if (Recurs(*it, begin) || IsPer(*it, begin, end, sentence.end)) return &*it;
    }
    return nullptr;
  }

 private:
  bool IsOneClause(size_t from, size_t to) const {
    for (size_t i = from; i < to; ++i) {
      if (text_[i].kind == TokenKind::kPunct && !text_.IsHyphen(i)) return false;
    }
    return true;
  }

  // "every day", "per week"; not "daily", which mostly stands before a noun.
  bool Recurs(const TimeMention& time, size_t begin) const {
    return time.type == TimeType::kSet && IsOneOf(text_.Lower(begin), {"every", "each", "per"});
  }

  // "600,000 people a year in Africa"; not "a year after the war", "a day earlier".
  bool IsPer(const TimeMention& time, size_t begin, size_t end, size_t limit) const {
    if (time.type != TimeType::kDuration || end != begin + 2) return false;
    if (text_.Lower(begin) != "a") return false;
    if (begin > 0 && IsOneOf(text_.Lower(begin - 1), {"in", "for", "within", "over", "than"}))
      return false;
    return end >= limit || text_[end].kind == TokenKind::kPunct ||
           IsOneOf(text_.Lower(end),
                   {"in", "at", "on", "from", "by", "because", "during", "across", "worldwide"});
  }

  const Scene& scene_;
  const Text& text_;
};

bool MayRecur(const Assertion& assertion) {
  return assertion.kind == Kind::kCasualty || assertion.kind == Kind::kDisplacement;
}

}  // namespace

void TellRates(const Scene& scene, std::vector<Draft>& drafts) {
  const Rates rates(scene);
  std::erase_if(drafts, [&](Draft& draft) {
    Assertion& assertion = draft.assertion;
    if (!MayRecur(assertion)) return false;
    const TimeMention* rate = rates.Of(draft);
    if (rate == nullptr) return false;
    if (!assertion.quantity || assertion.quantity->lower.value_or(0) < kLeastTelling) return true;
    const std::string who =
        assertion.population.label.empty() ? kPeopleLabel : assertion.population.label;
    std::string_view words(scene.text().stored());
    words = words.substr(rate->span.begin, rate->span.end - rate->span.begin);
    assertion.population = {};
    assertion.population.label =
        fmt::format("{} {} {}", who, AsciiLower(assertion.measure), AsciiLower(words));
    assertion.subgroups.clear();
    assertion.kind = Kind::kNumericFact;
    assertion.measure = kAmountMeasure;
    return false;
  });
}

}  // namespace consilience::extraction
