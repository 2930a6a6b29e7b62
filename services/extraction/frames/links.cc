#include "services/extraction/frames/links.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace consilience::extraction {
namespace {

// The move that a draft refers to, or -1.
int MoveBefore(const std::vector<Draft>& drafts, size_t at) {
  for (size_t i = at; i-- > 0 && at - i <= kLookBack;) {
    const Assertion& before = drafts[i].assertion;
    if (IsMove(before) && before.polarity == Polarity::kAsserted &&
        before.modality == Modality::kFact) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

// Words of a draft that are not grammar: "police", "used", "force" of "that police had used force".
std::vector<WordClass> ContentOf(const Text& text, const AttributionFinder& words,
                                 const Draft& draft) {
  std::vector<WordClass> content;
  // "The army denied the report": what is denied stands after the verb.
  const bool with_verb = draft.assertion.kind == Kind::kDenial && draft.begin <= draft.trigger &&
                         draft.trigger < draft.end;
  for (uint32_t i = with_verb ? draft.trigger + 1 : draft.begin; i < draft.end; ++i) {
    const WordClass& word = words.words()[text[i].word];
    if (!text[i].is_word() || word.function != Tag::kOther) continue;
    if (words.JudgesAccounts(text[i].word)) continue;  // "the figure was untrue"
    if (word.verb != kNoWord || word.noun != kNoWord) content.push_back(word);
  }
  return content;
}

bool ShareAWord(const std::vector<WordClass>& one, const std::vector<WordClass>& other) {
  const auto same = [](WordId a, WordId b) { return a != kNoWord && a == b; };
  return std::any_of(one.begin(), one.end(), [&](const WordClass& a) {
    return std::any_of(other.begin(), other.end(), [&](const WordClass& b) {
      return same(a.verb, b.verb) || same(a.noun, b.noun);
    });
  });
}

// "The Red Cross, which has counted 3,000 bodies, said the figure was untrue": nobody denies what
// he is himself told to have found.
bool IsOfSpeaker(const Text& text, const Draft& denial, const Draft& before) {
  if (before.sentence != denial.sentence || denial.assertion.chain.empty()) return false;
  const Span& speaker = denial.assertion.chain.front().span;
  if (speaker.begin >= speaker.end || before.assertion.span.begin < speaker.end) return false;
  const size_t after = text.TokenAtStored(speaker.end - 1) + 1;
  if (after + 1 >= text.size() || text[after].mark != ',') return false;
  const std::string_view word = text.Lower(after + 1);
  return word == "which" || word == "who";
}

// What is done to a place goes by many names ("the raid", "had bombed the town"), so a denial
// after it is of it whatever its words. Who holds or besieges it is no deed.
bool GoesByManyNames(const Assertion& assertion) {
  return assertion.kind == Kind::kAttack || assertion.kind == Kind::kWeaponUse || IsMove(assertion);
}

}  // namespace

bool IsMove(const Assertion& assertion) {
  return assertion.kind == Kind::kControl &&
         (assertion.measure == "CAPTURED" || assertion.measure == "RECAPTURED" ||
          assertion.measure == "LOST" || assertion.measure == "ADVANCE");
}

void LinkDenials(const Text& text, const AttributionFinder& words, std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].assertion.kind != Kind::kDenial) continue;
    const std::vector<WordClass> denied = ContentOf(text, words, drafts[i]);
    const bool refers = denied.size() <= 1;  // "it", "the report"
    const bool names = std::any_of(denied.begin(), denied.end(), [](const WordClass& word) {
      // "The attack" is named, "the report" only points.
      return (word.noun_senses & (kCommunicationSense | kActSense)) != kCommunicationSense;
    });
    for (size_t j = i; j-- > 0;) {
      const Draft& before = drafts[j];
      if (before.sentence + 1 < drafts[i].sentence) break;
      if (before.assertion.kind == Kind::kNumericFact || before.assertion.kind == Kind::kDenial) {
        continue;
      }
      if (IsOfSpeaker(text, drafts[i], before)) continue;
      const bool state = before.assertion.kind == Kind::kControl && !IsMove(before.assertion);
      const bool of_it = state ? !names : refers || GoesByManyNames(before.assertion);
      if (!of_it && !ShareAWord(denied, ContentOf(text, words, before))) {
        continue;
      }
      drafts[i].assertion.denies = static_cast<int>(j);
      break;
    }
  }
}

void LinkConfirmations(std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].echo) drafts[i].assertion.confirms = MoveBefore(drafts, i);
  }
}

void DropIdleConfirmations(std::vector<Draft>& drafts) {
  size_t kept = 0;
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].echo && MoveBefore(drafts, i) < 0) continue;
    if (kept != i) drafts[kept] = std::move(drafts[i]);
    ++kept;
  }
  drafts.resize(kept);
}

}  // namespace consilience::extraction
