// Credits in a sentence: who contributed, whose reporting or material was used.
#include <algorithm>

#include "services/extraction/attribution/credit_forms.h"

namespace consilience::extraction {
namespace {

// How far the names of an agency's staff, or those before an agency in a list, may run.
constexpr uint32_t kNames = 24;

// Whether the sentence goes on after `begin` with a phrase of role `role`.
bool GoesOnWith(const CreditText& text, CreditRole role, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < std::min(end, begin + kNames); ++i) {
    if (text.Plays(i, role)) return true;
  }
  return false;
}

// Whether a phrase such as "with reporting by" governs the agencies, other names perhaps between.
bool FollowsReport(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  const Text& whole = text.text();
  const uint32_t sentence =
      std::max(paragraph.begin, whole.sentences()[whole[agencies.begin].sentence].begin);
  const uint32_t lowest = agencies.begin > sentence + kNames ? agencies.begin - kNames : sentence;
  for (uint32_t i = agencies.begin; i > lowest; --i) {
    const auto phrase = text.PhraseAt(i - 1);
    if (!phrase.has_value() || phrase->end > agencies.begin) continue;
    if (phrase->role != CreditRole::kReport && phrase->role != CreditRole::kMaterial) continue;
    if (!text.IsNames(phrase->end, agencies.begin)) return false;
    uint32_t before = phrase->begin;
    while (before > sentence && text.IsMark(before - 1)) --before;
    if (before != sentence && !text.IsMark(phrase->begin - 1, '(') &&
        !text.Is(phrase->begin, "with")) {
      continue;
    }
    return phrase->role == CreditRole::kReport ||
           GoesOnWith(text, CreditRole::kUsed, agencies.end, paragraph.end);
  }
  return false;
}

// "AFP contributed", "AP Polling Director Jane Doe contributed", "Reuters and Post staff
// contributed", "Associated Press writer Jane Doe, who is in Beirut, contributed"
bool Contributed(const CreditText& text, const Paragraph& paragraph, uint32_t after) {
  if (after >= paragraph.end) return false;
  if (text.IsMark(after, ')') || text.IsMark(after, ']')) return false;  // "[AFP] Agencies …"
  const uint32_t sentence = text.text().sentences()[text[after].sentence].end;
  for (uint32_t i = after; i < std::min(sentence, after + kNames); ++i) {
    if (text.Plays(i, CreditRole::kContributed)) return true;
    if (text.Plays(i, CreditRole::kStaff)) {
      return GoesOnWith(text, CreditRole::kContributed, i + 1, paragraph.end);
    }
    if (!text.IsNames(i, i + 1) && !text.Is(i, "'s") && !text.Is(i, "also")) return false;
  }
  return false;
}

// "AP material was used in this report"
bool LentMatter(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  return text.Plays(agencies.end, CreditRole::kMatter) && agencies.begin <= paragraph.begin + 1 &&
         GoesOnWith(text, CreditRole::kUsed, agencies.end + 1, paragraph.end);
}

}  // namespace

bool IsContribution(const CreditText& text, const Paragraph& paragraph,
                    const AgencyList& agencies) {
  const bool own = agencies.begin > paragraph.begin && text.Is(agencies.begin - 1, "this") &&
                   text.Plays(agencies.end, CreditRole::kOwn);
  return own || Contributed(text, paragraph, agencies.end) ||
         LentMatter(text, paragraph, agencies) || FollowsReport(text, paragraph, agencies);
}

}  // namespace consilience::extraction
