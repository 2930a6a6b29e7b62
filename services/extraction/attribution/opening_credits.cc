// Credits above a text or where it begins: datelines, bylines, slugs.
#include <algorithm>

#include "services/extraction/attribution/credit_forms.h"

namespace consilience::extraction {
namespace {

// The agency of a dateline stands among the first tokens of its paragraph, and in brackets that are
// no longer than this.
constexpr uint32_t kDatelineTokens = 24;
constexpr uint32_t kBracket = 6;
// What follows a dateline is a text: at least so many tokens.
constexpr uint32_t kDatelineText = 5;
// How many tokens of place and day may follow an agency that opens a dateline.
constexpr uint32_t kDatelinePlace = 8;
// A line that is nothing but a byline has no more tokens.
constexpr uint32_t kByline = 14;
// Tokens of the names in a byline that is the first line, and of what follows an agency that opens
// a line.
constexpr uint32_t kBylineNames = 6;
constexpr uint32_t kSlugTail = 5;

// "KABUL, Afghanistan, Nov. 3", or nothing.
bool IsDatelineHead(const CreditText& text, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    const Token& token = text[i];
    const bool month = i > begin && text[i - 1].is_number() && token.end - token.begin == 3;
    if (token.is_word() && !token.is(kCapitalised) && !month) return false;  // "3 mar (EFE)"
    if (text.IsMark(i, '"') || text.IsMark(i, '?') || text.IsMark(i, '!') ||
        token.kind == TokenKind::kUrl) {
      return false;
    }
  }
  return true;
}

// Whether what goes before `begin` is a dateline and what starts at `after` a text.
bool OpensText(const CreditText& text, const Paragraph& paragraph, uint32_t begin, uint32_t after) {
  return after + kDatelineText <= paragraph.end && IsDatelineHead(text, paragraph.begin, begin) &&
         (!text[after].is_word() || text[after].is(kCapitalised));
}

char Closing(char open) { return open == '(' ? ')' : open == '[' ? ']' : '/'; }

// "BEIRUT (Reuters) -", "BEIRUT, Nov 3 (AP) Two", "MOSCOW. /TASS/. Two", whose bracket is right
// before the agency.
bool IsBracketed(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  const uint32_t open = agencies.begin - 1;
  const char close = Closing(text[open].mark);
  uint32_t after = agencies.end;
  while (after < paragraph.end && after < agencies.begin + kBracket && !text.IsMark(after, close)) {
    if (text.Plays(after, CreditRole::kPicture)) return false;  // "(AP Photo/Jane Doe)"
    ++after;
  }
  if (!text.IsMark(after, close) || ++after >= paragraph.end) return false;
  const bool set_apart =
      text.IsMark(after, ':') || text.IsMark(after, '.') || text.IsSeparator(after);
  return (text.IsMark(open, '(') && text.IsDash(after)) ||
         OpensText(text, paragraph, open, set_apart ? after + 1 : after);
}

// "AP, BEIRUT — Two"
bool IsBeforePlace(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  if (agencies.begin != paragraph.begin || !text.IsMark(agencies.end, ',')) return false;
  const uint32_t limit = std::min(paragraph.end, agencies.end + kDatelinePlace);
  for (uint32_t i = agencies.end + 1; i < limit; ++i) {
    if (!text.IsDash(i)) continue;
    return text[i - 1].kind != TokenKind::kPunct && OpensText(text, paragraph, i, i + 1);
  }
  return false;
}

// "AFP | London", "Xinhua, March 3", "Reuters Staff", "AFP/Beirut": an agency that opens a line of
// its own.
bool IsSlug(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  uint32_t end = agencies.end;
  if (text.Plays(end, CreditRole::kStaff)) return end + 1 == paragraph.end;
  if (end + kSlugTail < paragraph.end || end + 1 >= paragraph.end) return false;
  bool dated = text.IsMark(end, '|');
  if (!dated && !text.IsMark(end, ',') && !text.IsDash(end)) return false;
  for (++end; end < paragraph.end; ++end) {
    dated = dated || text[end].is_number();
    if (!text[end].is_number() && !text.IsNames(end, end + 1)) return false;
  }
  return dated;
}

}  // namespace

bool IsDateline(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies) {
  if (agencies.begin >= paragraph.begin + kDatelineTokens) return false;
  const uint32_t at = agencies.begin;
  const uint32_t after = agencies.end;
  const char before = at > paragraph.begin ? text[at - 1].mark : '\0';
  if (before == '(' || before == '[' || (before == '/' && text[at - 1].is(kSpaceBefore))) {
    return IsBracketed(text, paragraph, agencies);
  }
  if (before == ',' && text.IsMark(paragraph.begin, '(') && text.IsMark(after, ')')) {
    const bool dash = text.IsSeparator(after + 1);  // "(Beirut, AFP) – Two"
    return dash && OpensText(text, paragraph, at, after + 2);
  }
  if (text.IsSeparator(after)) {
    const bool apart = at == paragraph.begin || before == ',' || before == '.' || before == '/' ||
                       text.IsSeparator(at - 1);
    return apart && OpensText(text, paragraph, at, after + 1);
  }
  return IsBeforePlace(text, paragraph, agencies);
}

bool IsByline(const CreditText& text, const Paragraph& paragraph, const AgencyList& agencies,
              const CreditPlace& place) {
  if (paragraph.end - paragraph.begin > kByline) return false;
  const uint32_t at = agencies.begin;
  if (at == paragraph.begin && IsSlug(text, paragraph, agencies)) return true;
  if (at == paragraph.begin && !place.first) {
    // An agency alone is a line of its own; a headline does not go on with a place.
    const bool placed = text.Is(agencies.end, "in") || text.IsMark(agencies.end, ',');
    return placed && agencies.end + 4 > paragraph.end && text.IsNames(agencies.end, paragraph.end);
  }
  // "By Jane Doe, Associated Press Writer"
  const bool staff = text.Plays(agencies.end, CreditRole::kStaff);
  if (!text.IsTail(staff ? agencies.end + 1 : agencies.end, paragraph.end)) return false;
  if (text.Is(paragraph.begin, "by")) {
    const uint32_t before = text.Is(at - 1, "the") ? at - 2 : at - 1;
    const bool joined = text.IsMark(before, ',') || text.IsMark(before, '|') ||
                        text.IsDash(before) || text.Is(before, "of") || text.Is(before, "for") ||
                        text.Is(before, "and");
    return before > paragraph.begin && joined && text.IsNames(paragraph.begin + 1, at);
  }
  if (place.first) {  // or a headline
    return at > paragraph.begin + 1 && at <= paragraph.begin + kBylineNames &&
           text.IsMark(at - 1, ',') && text[at].is(kAllCaps) &&
           text.IsNames(paragraph.begin, at - 1) && agencies.end == paragraph.end;
  }
  const bool full = agencies.first_end > at + 1;  // pictures are credited to "AP"
  const bool after_comma = full && text.Is(at - 1, "the") && text.IsMark(at - 2, ',');
  return (after_comma || text.IsMark(at - 1, '|')) && text.IsNames(paragraph.begin, at);
}

}  // namespace consilience::extraction
