// Credits on a line of their own and at the end of a paragraph.
#include "services/extraction/attribution/credit_forms.h"

namespace consilience::extraction {
namespace {

// A line that is nothing but a credit has no more tokens.
constexpr uint32_t kCreditLine = 14;
// A list with bars may have more: "Source: Xinhua | 2016-11-03 10:20 | Editor: huaxia".
constexpr uint32_t kListLine = 40;
// How far an agency may stand before the end of its paragraph and still sign it.
constexpr uint32_t kEnd = 8;

// What a line says before it names an agency.
struct LineOpening {
  uint32_t end = 0;      // the token after it
  bool credits = false;  // "Source:", "By the"
  bool rights = false;   // "Copyright 2016"
};

// "(c)"
bool IsRightsSign(const CreditText& text, uint32_t at) {
  return text.IsMark(at, '(') && text.Is(at + 1, "c") && text.IsMark(at + 2, ')');
}

LineOpening ReadOpening(const CreditText& text, uint32_t begin, uint32_t end) {
  LineOpening opening{begin};
  uint32_t& at = opening.end;
  while (at < end) {
    const auto phrase = text.PhraseAt(at);
    const bool opens = phrase.has_value() &&
                       (phrase->role == CreditRole::kOpening ||
                        phrase->role == CreditRole::kReport || phrase->role == CreditRole::kRights);
    if (opens) {
      opening.rights = opening.rights || phrase->role == CreditRole::kRights;
      opening.credits = true;
      at = phrase->end;
    } else if (IsRightsSign(text, at)) {
      opening.rights = opening.credits = true;
      at += 3;
    } else if (text.IsMark(at) || text.Is(at, "the") || (opening.rights && text[at].is_number())) {
      opening.credits = opening.credits || text.Is(at, "the");
      ++at;
    } else {
      break;
    }
  }
  return opening;
}

// "ab/cd": those who wrote and edited it.
bool IsInitials(const CreditText& text, uint32_t begin, uint32_t end) {
  constexpr uint32_t kLetters = 4;
  for (uint32_t i = begin; i < end; ++i) {
    const bool letters =
        text[i].is_word() && text[i].end - text[i].begin <= kLetters && !text[i].is(kCapitalised);
    if (!letters && !text.IsMark(i, '/')) return false;
  }
  return begin + 1 < end;
}

// Whether the token at `at`, not the first of its paragraph, is set apart from what goes before it.
bool IsSetApart(const CreditText& text, const Paragraph& paragraph, uint32_t at, bool last) {
  const uint32_t mark = at - 1;
  if (text.IsMark(mark, '(') && last && IsInitials(text, paragraph.begin, mark)) return true;
  if (text.IsMark(mark, '(') || text.IsMark(mark, '[')) {
    return mark > paragraph.begin && (text.IsMark(mark - 1, '.') || text.IsMark(mark - 1, '"'));
  }
  // "… the commissioner said. AAP"
  const bool ends = text.IsMark(mark, '.') || text.IsMark(mark, '"');
  if (last && ends && text[at].is(kAllCaps) && text[at].is(kSpaceBefore)) return true;
  if (text.IsDash(mark)) return mark == 0 || text[mark - 1].kind == TokenKind::kPunct;
  if (text.IsMark(mark, '/')) return text[mark].is(kSpaceBefore);
  return text[mark].is_number() && mark > paragraph.begin && text.text().Folded(mark - 1) == "©";
}

}  // namespace

bool IsCreditLine(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
                  const CreditPlace& place) {
  const LineOpening opening = ReadOpening(text, paragraph.begin, agencies.begin);
  if (opening.end != agencies.begin) return false;
  if (opening.rights && (place.at_edge || text.IsTail(agencies.end, paragraph.end))) return true;
  const uint32_t longest = text.IsMark(agencies.end, '|') ? kListLine : kCreditLine;
  if (paragraph.end - paragraph.begin > longest || !(opening.credits || place.at_edge)) {
    return false;
  }
  uint32_t end = agencies.end;
  // Initials of those who wrote it.
  while (place.last && text.IsMark(end, '/') && end + 1 < paragraph.end &&
         !text[end].is(kSpaceBefore)) {
    end += 2;
  }
  // "By Reuters Staff", "with PTI inputs"
  if (opening.credits &&
      (text.Plays(end, CreditRole::kStaff) || text.Plays(end, CreditRole::kMatter))) {
    end = text.PhraseAt(end)->end;
  }
  // "From Reuters:" quotes a passage; it does not credit the text.
  while (end < paragraph.end && text[end].kind == TokenKind::kPunct && !text.IsMark(end, ':')) {
    ++end;
  }
  if (end == paragraph.end) return true;
  if (!opening.credits || !text[paragraph.begin].is(kCapitalised)) return false;
  // "Source: Xinhua | Editor: huaxia", "Distributed by Tribune Content Agency, LLC."
  const bool comma = text.IsMark(agencies.end, ',');
  const bool labelled = text.IsMark(agencies.begin - 1, ':');
  const bool listed = (labelled && (comma || text.IsMark(agencies.end, '|'))) ||
                      (place.at_edge && comma && text.IsNames(end, paragraph.end));
  const bool joined = place.top && text.Is(end, "and") && text.IsNames(end, paragraph.end);
  return listed || joined || text.IsTail(end, paragraph.end);
}

bool IsLineWith(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  const uint32_t at = agencies.begin;
  const bool line = paragraph.end - paragraph.begin <= kCreditLine &&
                    agencies.end < paragraph.end && text.IsMark(paragraph.begin, '(') &&
                    text.IsMark(agencies.end, ')');
  if (!line || at <= paragraph.begin + 1 || !text.Is(at - 1, "with")) return false;
  for (uint32_t i = paragraph.begin; i + 1 < at; ++i) {
    if (!text[i].is_number() && !text.IsNames(i, i + 1)) return false;
  }
  return true;
}

bool IsSignature(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
                 const CreditPlace& place) {
  uint32_t end = agencies.end;
  // "(Reuters, Dawn)"
  const bool listed = agencies.begin > paragraph.begin && text.IsMark(agencies.begin - 1, '(') &&
                      text.IsMark(end, ',');
  while (listed && end + 1 < paragraph.end && text.IsNames(end, end + 1) &&
         !text.IsMark(end, ')')) {
    ++end;
  }
  // "AFP/APTN"
  while (end + 1 < paragraph.end && text.IsMark(end, '/') && text[end + 1].is(kAllCaps)) end += 2;
  while (end < paragraph.end && text[end].kind == TokenKind::kPunct) ++end;
  if (end < paragraph.end || paragraph.end > agencies.begin + kEnd) return false;
  return agencies.begin > paragraph.begin &&
         IsSetApart(text, paragraph, agencies.begin, place.last);
}

}  // namespace consilience::extraction
