#include "services/extraction/frames/withdrawn.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace consilience::extraction {
namespace {

// Tokens between "reports that" and the verb of what they tell.
constexpr size_t kClauseReach = 14;
// Tokens between a verb and the noun that it takes: "could not confirm the many reports".
constexpr size_t kVerbReach = 6;
// Tokens between "not" and "confirm".
constexpr size_t kNotReach = 3;
// Tokens after an account in which it may be called wrong.
constexpr size_t kVerdictReach = 10;

class Judge {
 public:
  Judge(const Scene& scene, const WithdrawnClasses& classes,
        const std::vector<AttributionMention>& attributions)
      : scene_(scene), text_(scene.text()), c_(classes), attributions_(attributions) {}

  // False when the draft says nothing any more.
  bool Keep(Draft& draft) const {
    const Sentence& sentence = text_.sentences()[draft.sentence];
    if (IsReplaced(draft, sentence)) return false;
    if (IsDisbelieved(draft, sentence)) {
      draft.assertion.polarity = Polarity::kDenied;
      return true;
    }
    DoubtSpeaker(draft);
    const auto account = AccountOf(draft, sentence);
    if (!account) return true;
    if (IsUnheard(*account, sentence)) return false;
    if (*account > sentence.begin && Is(*account - 1, c_.earlier)) return false;
    if (IsRetracted(*account, sentence)) {
      if (GivesAnother(*account, draft)) return true;
      draft.assertion.polarity = Polarity::kDenied;
      return !draft.assertion.chain.empty();  // nobody is known to take it back
    }
    if (IsUntrue(draft, sentence)) {
      Deny(*account, draft);
    } else if (IsUnconfirmed(*account, sentence)) {
      Doubt(*account, draft);
    } else {
      Weigh(*account, sentence, draft.assertion);
    }
    return true;
  }

 private:
  bool Is(size_t token, ClassId id) const { return scene_.classes(token)[id]; }

  // The clause goes no further back than this token.
  bool Ends(size_t token) const {
    const char mark = text_[token].mark;
    return mark == ';' || mark == ':' || mark == ',';
  }

  // The noun of "reports that …", "a report of …" or "a figure of …" that the draft stands in.
  std::optional<size_t> AccountOf(const Draft& draft, const Sentence& sentence) const {
    if (Is(draft.trigger, c_.account)) return draft.trigger;
    const size_t last = std::max<size_t>(draft.begin, sentence.begin);
    bool that = false;
    for (size_t i = draft.trigger; i > sentence.begin && draft.trigger - i < kClauseReach; --i) {
      const size_t at = i - 1;
      if (Ends(at)) return std::nullopt;
      that = that || text_.Lower(i) == "that";
      const bool of = text_.Lower(i) == "of" && at + 1 <= last && last - at <= kNotReach;
      if (Is(at, c_.account)) return that || of ? std::optional(at) : std::nullopt;
      if (Is(at, c_.say)) return std::nullopt;
    }
    return std::nullopt;
  }

  // Calls test(token) on the words that may govern an account, nearest first.
  template <typename Test>
  bool IsGoverned(size_t account, const Sentence& sentence, const Test& test) const {
    for (size_t i = account; i-- > sentence.begin && account - i <= kVerbReach;) {
      if (Ends(i)) return false;
      if (test(i)) return true;
      if (Is(i, c_.say)) return false;
    }
    return false;
  }

  bool IsNegated(size_t verb, const Sentence& sentence) const {
    for (size_t i = verb; i-- > sentence.begin && verb - i <= kNotReach;) {
      const std::string_view word = text_.Lower(i);
      if (Is(i, c_.negation) || word == "cannot" || word == "unable" || word == "no") return true;
    }
    return false;
  }

  bool IsRetracted(size_t account, const Sentence& sentence) const {
    return IsGoverned(account, sentence, [&](size_t at) {
      return (Is(at, c_.retract) || Is(at, c_.deny)) && !IsNegated(at, sentence);
    });
  }

  // "had not received | reports of 47 deaths"
  bool IsUnheard(size_t account, const Sentence& sentence) const {
    if (!IsNegated(account, sentence) || Is(account, c_.evidence)) return false;
    for (size_t i = account; i-- > sentence.begin && account - i <= kNotReach;) {
      if (Is(i, c_.verify) || Is(i, c_.deny) || Is(i, c_.retract)) return false;
    }
    return true;
  }

  // "corrected the figure | to 174": what it says now.
  bool GivesAnother(size_t account, const Draft& draft) const {
    for (size_t i = account + 1; i < draft.end; ++i) {
      if (text_.Lower(i) == "to") return account == draft.trigger;
    }
    return false;
  }

  bool IsUnconfirmed(size_t account, const Sentence& sentence) const {
    return IsGoverned(account, sentence, [&](size_t at) {
      return Is(at, c_.unconfirmed) || (Is(at, c_.verify) && IsNegated(at, sentence));
    });
  }

  // "reports that 12 had died | were wrong"
  bool IsUntrue(const Draft& draft, const Sentence& sentence) const {
    bool verb = false;
    for (size_t i = draft.end; i < sentence.end && i - draft.end < kVerdictReach; ++i) {
      if (Ends(i)) return false;
      verb = verb || Is(i, c_.be);
      if (verb && Is(i, c_.untrue)) return true;
    }
    return false;
  }

  // The words of an account are not those of who judges it.
  void LeaveAccount(size_t account, Draft& draft) const {
    Assertion& told = draft.assertion;
    if (told.attribution < 0) return;
    const AttributionMention* own = &attributions_[static_cast<size_t>(told.attribution)];
    const Span noun = text_[account].span;
    const bool its = std::any_of(own->cue.begin(), own->cue.end(),
                                 [&](const Span& cue) { return cue.Overlaps(noun); });
    if (!its) return;
    told.attribution = own->parent;
    told.chain.clear();
    told.mode = AttributionMode::kOutletVoice;
    if (own->parent < 0) return;
    const AttributionMention& outer = attributions_[static_cast<size_t>(own->parent)];
    told.chain = outer.chain;
    told.mode = outer.mode;
  }

  // Rumours, fears, and the evidence that is not there.
  void Weigh(size_t account, const Sentence& sentence, Assertion& told) const {
    if (told.modality != Modality::kFact) return;
    if (Is(account, c_.fear)) told.modality = Modality::kSuspected;
    const bool none = Is(account, c_.evidence) && IsNegated(account, sentence);
    if (none || Is(account, c_.rumour)) told.modality = Modality::kAlleged;
  }

  // "Unconfirmed reports said that 12 had died."
  void DoubtSpeaker(Draft& draft) const {
    Assertion& told = draft.assertion;
    if (told.modality != Modality::kFact || told.chain.empty()) return;
    const Span& speaker = told.chain.front().span;
    if (speaker.end <= speaker.begin) return;
    for (size_t i = text_.TokenAtStored(speaker.begin);
         i < text_.size() && text_[i].span.end <= speaker.end; ++i) {
      if (Is(i, c_.unconfirmed)) told.modality = Modality::kAlleged;
    }
  }

  // "He did not believe that 12 had died."
  bool IsDisbelieved(const Draft& draft, const Sentence& sentence) const {
    for (size_t i = draft.trigger; i-- > sentence.begin && draft.trigger - i < kClauseReach;) {
      if (Ends(i) || Is(i, c_.say)) return false;
      if (Is(i, c_.believe)) return IsNegated(i, sentence);
    }
    return false;
  }

  void Deny(size_t account, Draft& draft) const {
    LeaveAccount(account, draft);
    draft.assertion.polarity = Polarity::kDenied;
  }

  void Doubt(size_t account, Draft& draft) const {
    Assertion& told = draft.assertion;
    if (told.modality == Modality::kFact) told.modality = Modality::kAlleged;
    Speaker reports;
    reports.description = text_.Lower(account);
    reports.type = SpeakerType::kUnnamed;
    reports.span = text_[account].span;
    told.chain = {std::move(reports)};
    told.attribution = -1;
    told.mode = AttributionMode::kAgentless;
  }

  bool IsReplaced(const Draft& draft, const Sentence& sentence) const {
    const Assertion& told = draft.assertion;
    if (!told.quantity) return false;
    const size_t from = draft.trigger > sentence.begin + kClauseReach ? draft.trigger - kClauseReach
                                                                      : sentence.begin;
    for (size_t i = from; i < draft.trigger; ++i) {
      if (Is(i, c_.replaced)) return true;
    }
    return SaysOtherwiseNow(draft, sentence, from);
  }

  // "The union, which had said 52 had died, now says that 29 died"; "initially said 20 had been
  // killed, but later lowered the figure".
  bool SaysOtherwiseNow(const Draft& draft, const Sentence& sentence, size_t from) const {
    bool before = false;
    bool first = false;
    for (size_t i = sentence.begin; i < draft.end; ++i) first = first || Is(i, c_.initially);
    for (size_t i = draft.end; first && i < sentence.end; ++i) {
      if (Is(i, c_.revised)) return true;
    }
    for (size_t i = from; i < draft.trigger; ++i) {
      before = before || (i > from && Is(i, c_.say) && text_.Lower(i - 1) == "had");
    }
    for (size_t i = draft.end; before && i + 1 < sentence.end; ++i) {
      if (text_.Lower(i) == "now" && Is(i + 1, c_.say)) return true;
    }
    return false;
  }

  const Scene& scene_;
  const Text& text_;
  const WithdrawnClasses& c_;
  const std::vector<AttributionMention>& attributions_;
};

}  // namespace

WithdrawnClasses::WithdrawnClasses(const ClassTable& classes)
    : account(classes.Find("$account")),
      retract(classes.Find("$retract")),
      deny(classes.Find("$denied")),
      verify(classes.Find("$verify")),
      unconfirmed(classes.Find("$unconfirmed")),
      untrue(classes.Find("$untrue")),
      earlier(classes.Find("$earlier")),
      replaced(classes.Find("$replaced")),
      negation(classes.Find("$not")),
      say(classes.Find("$say")),
      rumour(classes.Find("$rumour")),
      fear(classes.Find("$fear")),
      evidence(classes.Find("$evidence")),
      believe(classes.Find("$believe")),
      initially(classes.Find("$initially")),
      revised(classes.Find("$revised")),
      be(classes.Find("$be")) {}

void JudgeWithdrawn(const Scene& scene, const WithdrawnClasses& classes,
                    const std::vector<AttributionMention>& attributions,
                    std::vector<Draft>& drafts) {
  const Judge judge(scene, classes, attributions);
  size_t kept = 0;
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Kind kind = drafts[i].assertion.kind;
    const bool counts =
        kind == Kind::kCasualty || kind == Kind::kDisplacement || kind == Kind::kPopulation;
    if (counts && !judge.Keep(drafts[i])) continue;
    if (kept != i) drafts[kept] = std::move(drafts[i]);
    ++kept;
  }
  drafts.resize(kept);
}

}  // namespace consilience::extraction
