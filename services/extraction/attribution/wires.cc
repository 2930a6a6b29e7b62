#include "services/extraction/attribution/wires.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "services/extraction/attribution/agencies.h"

namespace consilience::extraction {
namespace {

// A dateline opens one of the first paragraphs, and its agency stands among its first tokens.
constexpr size_t kDatelineParagraphs = 6;
constexpr uint32_t kDatelineTokens = 24;
// What follows a dateline is a text: at least so many tokens.
constexpr uint32_t kDatelineText = 5;
// A line that is nothing but a credit has no more tokens.
constexpr uint32_t kCreditLine = 14;
// Tokens of the names in a byline that is the first line, and of what follows an agency that opens
// a line.
constexpr uint32_t kBylineNames = 6;
constexpr uint32_t kSlugTail = 5;
// An agency alone on a line credits the text among its first paragraphs and its last; elsewhere it
// credits the picture above the line.
constexpr size_t kLastLines = 3;
// How far the names of an agency's staff, or those before an agency in a list, may run.
constexpr uint32_t kNames = 24;
// How far an agency may stand before the end of its paragraph and still sign it.
constexpr uint32_t kEnd = 8;

class CreditFinder {
 public:
  CreditFinder(const Text& text, const Organisations& organisations, const CreditWords& words)
      : text_(text),
        organisations_(organisations),
        words_(words),
        lists_(FindAgencies(text, organisations)) {}

  std::vector<WireCredit> Run() {
    const auto paragraphs = text_.paragraphs();
    size_t first = 0;
    for (size_t i = 0; i < paragraphs.size(); ++i) {
      const Paragraph& paragraph = paragraphs[i];
      if (paragraph.begin >= paragraph.end) continue;
      ReadSignOff(paragraph);
      while (first < lists_.size() && lists_[first].begin < paragraph.begin) ++first;
      size_t end = first;
      while (end < lists_.size() && lists_[end].begin < paragraph.end) ++end;
      if (end == first) continue;
      agencies_ = std::span(lists_).subspan(first, end - first);
      last_ = i + 1 == paragraphs.size();
      const bool top = i < kDatelineParagraphs;
      if (top) ReadDateline(paragraph);
      if (top) ReadByline(paragraph, i == 0);
      ReadLine(paragraph, top || i + kLastLines >= paragraphs.size());
      for (const AgencyList& agencies : agencies_) ReadContribution(paragraph, agencies);
      ReadWith(paragraph);
      ReadEnd(paragraph);
    }
    return std::move(credits_);
  }

 private:
  bool Is(uint32_t token, std::string_view word) const {
    return token < text_.size() && text_.Lower(token) == word;
  }
  bool IsMark(uint32_t token, char mark) const {
    return token < text_.size() && text_[token].mark == mark;
  }
  bool IsMark(uint32_t token) const {
    return token < text_.size() && (text_[token].kind == TokenKind::kPunct || text_[token].mark);
  }
  // Between a dateline or an agency and the text.
  bool IsDash(uint32_t token) const {
    return (IsMark(token, '-') && !text_.IsHyphen(token)) || IsMark(token, '_') || Is(token, "--");
  }
  bool IsSeparator(uint32_t token) const { return IsDash(token) || IsMark(token, '|'); }

  void Add(const AgencyList& agencies, Span scope) {
    WireCredit credit;
    credit.wire.name = organisations_[agencies.wire].name;
    credit.wire.type = SpeakerType::kWire;
    credit.wire.span = text_.SpanOf(agencies.begin, agencies.first_end);
    credit.scope = scope;
    credits_.push_back(credit);
  }
  void AddForText(const AgencyList& agencies) { Add(agencies, {0, text_.stored().size()}); }

  bool IsDatelineHead(uint32_t begin, uint32_t end) const;
  bool OpensText(const Paragraph& paragraph, uint32_t begin, uint32_t after) const;
  void ReadDateline(const Paragraph& paragraph);
  bool IsNames(uint32_t begin, uint32_t end) const;
  bool IsTail(uint32_t begin, uint32_t end) const;
  bool IsSlug(const Paragraph& paragraph, const AgencyList& agencies) const;
  void ReadByline(const Paragraph& paragraph, bool first);
  void ReadLine(const Paragraph& paragraph, bool at_edge);
  void ReadWith(const Paragraph& paragraph);
  void ReadSignOff(const Paragraph& paragraph);
  bool FollowsReport(const Paragraph& paragraph, const AgencyList& agencies) const;
  bool Contributed(uint32_t after, uint32_t limit) const;
  void ReadContribution(const Paragraph& paragraph, const AgencyList& agencies);
  bool IsInitials(uint32_t begin, uint32_t end) const;
  bool IsSetApart(const Paragraph& paragraph, uint32_t at) const;
  void ReadEnd(const Paragraph& paragraph);

  const Text& text_;
  const Organisations& organisations_;
  const CreditWords& words_;
  std::vector<AgencyList> lists_;         // of the text
  std::span<const AgencyList> agencies_;  // of the paragraph
  bool last_ = false;                     // of the paragraphs
  std::vector<WireCredit> credits_;
};

// "KABUL, Afghanistan, Nov. 3", or nothing.
bool CreditFinder::IsDatelineHead(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i < end; ++i) {
    const Token& token = text_[i];
    const bool month = i > begin && text_[i - 1].is_number() && token.end - token.begin == 3;
    if (token.is_word() && !token.is(kCapitalised) && !month) return false;  // "3 mar (EFE)"
    if (IsMark(i, '"') || IsMark(i, '?') || IsMark(i, '!') || token.kind == TokenKind::kUrl) {
      return false;
    }
  }
  return true;
}

// Whether what goes before `begin` is a dateline and what starts at `after` a text.
bool CreditFinder::OpensText(const Paragraph& paragraph, uint32_t begin, uint32_t after) const {
  return after + kDatelineText <= paragraph.end && IsDatelineHead(paragraph.begin, begin) &&
         (!text_[after].is_word() || text_[after].is(kCapitalised));
}

// "BEIRUT (Reuters) -", "Cairo, 3 November (dpa):", "MOSCOW. /TASS/.", "Homs, SANA –", "(AP) Two"
void CreditFinder::ReadDateline(const Paragraph& paragraph) {
  const AgencyList& agencies = agencies_.front();
  if (agencies.begin >= paragraph.begin + kDatelineTokens) return;
  const uint32_t at = agencies.begin;
  uint32_t after = agencies.end;
  const char open = at > paragraph.begin ? text_[at - 1].mark : '\0';
  if (open == '(' || open == '[' || (open == '/' && text_[at - 1].is(kSpaceBefore))) {
    const char close = open == '(' ? ')' : open == '[' ? ']' : '/';
    while (after < paragraph.end && after < at + 6 && !IsMark(after, close)) ++after;
    if (!IsMark(after, close) || ++after >= paragraph.end) return;
    const bool set_apart = IsMark(after, ':') || IsMark(after, '.') || IsSeparator(after);
    if ((open == '(' && IsDash(after)) ||
        OpensText(paragraph, at - 1, set_apart ? after + 1 : after)) {
      AddForText(agencies);
    }
  } else if (IsSeparator(after)) {
    const bool apart = at == paragraph.begin || open == ',' || open == '.' || IsSeparator(at - 1);
    if (apart && OpensText(paragraph, at, after + 1)) AddForText(agencies);
  }
}

// "Jane Doe and John Roe"
bool CreditFinder::IsNames(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i < end; ++i) {
    const bool joins = Is(i, "and") || Is(i, "the") || Is(i, "of") || Is(i, "for") || Is(i, "in");
    if (text_[i].is_word() ? !joins && !text_[i].is(kCapitalised) : !IsMark(i)) return false;
  }
  return true;
}

// What may follow the agency of a byline: nothing, marks, "in Beirut", "on 3 November".
bool CreditFinder::IsTail(uint32_t begin, uint32_t end) const {
  while (begin < end && text_[begin].kind == TokenKind::kPunct && !IsMark(begin, ':')) ++begin;
  if (begin == end) return true;
  const bool opens = Is(begin, "in") || Is(begin, "on") || Is(begin, "at") ||
                     text_[begin].is_number() || IsMark(begin, '|');
  for (uint32_t i = begin + 1; opens && i < end; ++i) {
    if (!text_[i].is_number() && !IsNames(i, i + 1)) return false;
  }
  return opens;
}

// "AFP | London", "Xinhua, March 3", "Reuters Staff": an agency that opens a line of its own.
bool CreditFinder::IsSlug(const Paragraph& paragraph, const AgencyList& agencies) const {
  uint32_t end = agencies.end;
  if (words_.Is(text_, end, CreditRole::kStaff)) return end + 1 == paragraph.end;
  if (end + kSlugTail < paragraph.end || end + 1 >= paragraph.end) return false;
  bool dated = IsMark(end, '|');
  if (!dated && !IsMark(end, ',')) return false;
  for (++end; end < paragraph.end; ++end) {
    dated = dated || text_[end].is_number();
    if (!text_[end].is_number() && !IsNames(end, end + 1)) return false;
  }
  return dated;
}

// "By Jane Doe, Reuters", "Jane Doe | AFP", "Jane Doe, The Associated Press", "Reuters in Beirut"
void CreditFinder::ReadByline(const Paragraph& paragraph, bool first) {
  if (paragraph.end - paragraph.begin > kCreditLine) return;
  const AgencyList& agencies = agencies_.front();
  const uint32_t at = agencies.begin;
  if (at == paragraph.begin && IsSlug(paragraph, agencies)) return AddForText(agencies);
  if (at == paragraph.begin && !first) {
    // An agency alone is a line of its own; a headline does not go on with a place.
    const bool placed = Is(agencies.end, "in") || IsMark(agencies.end, ',');
    if (placed && agencies.end + 4 > paragraph.end && IsNames(agencies.end, paragraph.end)) {
      AddForText(agencies);
    }
    return;
  }
  // "By Jane Doe, Associated Press Writer"
  const bool staff = words_.Is(text_, agencies.end, CreditRole::kStaff);
  if (!IsTail(staff ? agencies.end + 1 : agencies.end, paragraph.end)) return;
  if (Is(paragraph.begin, "by")) {
    const uint32_t before = Is(at - 1, "the") ? at - 2 : at - 1;
    const bool joined = IsMark(before, ',') || IsMark(before, '|') || IsDash(before) ||
                        Is(before, "of") || Is(before, "for") || Is(before, "and");
    if (before > paragraph.begin && joined && IsNames(paragraph.begin + 1, at)) {
      AddForText(agencies);
    }
    return;
  }
  if (first) {  // or a headline
    const bool byline = at > paragraph.begin + 1 && at <= paragraph.begin + kBylineNames &&
                        IsMark(at - 1, ',') && text_[at].is(kAllCaps) &&
                        IsNames(paragraph.begin, at - 1) && agencies.end == paragraph.end;
    if (byline) AddForText(agencies);
    return;
  }
  const bool full = agencies.first_end > at + 1;  // pictures are credited to "AP"
  const bool after_comma = full && Is(at - 1, "the") && IsMark(at - 2, ',');
  if ((after_comma || IsMark(at - 1, '|')) && IsNames(paragraph.begin, at)) AddForText(agencies);
}

// "By Reuters", "Source: AFP", "(With inputs from Reuters)", "AFP/ab/cd", "© 2016 AFP"
void CreditFinder::ReadLine(const Paragraph& paragraph, bool at_edge) {
  uint32_t at = paragraph.begin;
  bool opened = false;
  bool rights = false;
  while (at < paragraph.end && at != agencies_.front().begin) {
    const auto phrase = words_.At(text_, at);
    const bool opens = phrase.has_value() &&
                       (phrase->role == CreditRole::kOpening ||
                        phrase->role == CreditRole::kReport || phrase->role == CreditRole::kRights);
    if (opens) {
      rights = rights || phrase->role == CreditRole::kRights;
      opened = true;
      at = phrase->end;
    } else if (IsMark(at) || Is(at, "the") || (rights && (text_[at].is_number() || Is(at, "c")))) {
      opened = opened || Is(at, "the");
      ++at;
    } else {
      break;
    }
  }
  const AgencyList& agencies = agencies_.front();
  if (agencies.begin != at) return;
  if (rights && (at_edge || IsTail(agencies.end, paragraph.end))) return AddForText(agencies);
  if (paragraph.end - paragraph.begin > kCreditLine || !(opened || at_edge)) return;
  uint32_t end = agencies.end;
  // Initials of those who wrote it.
  while (last_ && IsMark(end, '/') && end + 1 < paragraph.end && !text_[end].is(kSpaceBefore)) {
    end += 2;
  }
  // "From Reuters:" quotes a passage; it does not credit the text.
  while (end < paragraph.end && text_[end].kind == TokenKind::kPunct && !IsMark(end, ':')) ++end;
  const bool published = text_[paragraph.begin].is(kCapitalised) && opened;
  if (end == paragraph.end || (published && IsTail(end, paragraph.end))) AddForText(agencies);
}

// "(FRANCE 24 with AFP)" on a line of its own.
void CreditFinder::ReadWith(const Paragraph& paragraph) {
  const AgencyList& agencies = agencies_.front();
  const uint32_t at = agencies.begin;
  const bool line = paragraph.end - paragraph.begin <= kCreditLine &&
                    agencies.end < paragraph.end && IsMark(paragraph.begin, '(') &&
                    IsMark(agencies.end, ')');
  if (!line || at <= paragraph.begin + 1 || !Is(at - 1, "with")) return;
  for (uint32_t i = paragraph.begin; i + 1 < at; ++i) {
    if (!text_[i].is_number() && !IsNames(i, i + 1)) return;
  }
  AddForText(agencies);
}

// "(Reporting by A; Editing by B)" is how Reuters signs its reports.
void CreditFinder::ReadSignOff(const Paragraph& paragraph) {
  for (uint32_t i = paragraph.begin; i + 1 < paragraph.end; ++i) {
    if (!words_.Is(text_, i, CreditRole::kEdited)) continue;
    const uint32_t lowest = i > paragraph.begin + 80 ? i - 80 : paragraph.begin;
    for (uint32_t k = i; k > lowest; --k) {
      const auto phrase = words_.At(text_, k - 1);
      if (!phrase.has_value() || phrase->end > i) continue;
      const bool opens = text_[k - 1].is(kCapitalised) && (phrase->role == CreditRole::kReport ||
                                                           phrase->role == CreditRole::kWritten);
      const auto reuters = organisations_.Find("reuters");
      if (!opens || !reuters.has_value()) continue;
      return AddForText({*reuters, k - 1, phrase->end, phrase->end});
    }
  }
}

// Whether a phrase such as "with reporting by" governs the agencies, other names perhaps between.
bool CreditFinder::FollowsReport(const Paragraph& paragraph, const AgencyList& agencies) const {
  const uint32_t sentence =
      std::max(paragraph.begin, text_.sentences()[text_[agencies.begin].sentence].begin);
  const uint32_t lowest = agencies.begin > sentence + kNames ? agencies.begin - kNames : sentence;
  for (uint32_t i = agencies.begin; i > lowest; --i) {
    const auto phrase = words_.At(text_, i - 1);
    if (!phrase.has_value() || phrase->end > agencies.begin) continue;
    if (phrase->role != CreditRole::kReport && phrase->role != CreditRole::kMaterial) continue;
    if (!IsNames(phrase->end, agencies.begin)) return false;
    uint32_t before = phrase->begin;
    while (before > sentence && IsMark(before - 1)) --before;
    if (before != sentence && !IsMark(phrase->begin - 1, '(') && !Is(phrase->begin, "with")) {
      continue;
    }
    if (phrase->role == CreditRole::kReport) return true;
    const uint32_t limit = std::min(paragraph.end, agencies.end + kNames);
    for (uint32_t k = agencies.end; k < limit; ++k) {
      if (words_.Is(text_, k, CreditRole::kUsed)) return true;
    }
    return false;
  }
  return false;
}

bool CreditFinder::Contributed(uint32_t after, uint32_t limit) const {
  if (words_.Is(text_, after, CreditRole::kContributed)) return true;
  if (!words_.Is(text_, after, CreditRole::kStaff)) return false;
  limit = std::min(limit, after + kNames);
  for (uint32_t k = after; k < limit; ++k) {
    if (words_.Is(text_, k, CreditRole::kContributed)) return true;
  }
  return false;
}

// "AFP contributed to this report", "Associated Press writer Jill Colvin contributed", "this
// Reuters article", "with reporting by Reuters".
void CreditFinder::ReadContribution(const Paragraph& paragraph, const AgencyList& agencies) {
  const bool own = agencies.begin > paragraph.begin && Is(agencies.begin - 1, "this") &&
                   words_.Is(text_, agencies.end, CreditRole::kOwn);
  if (own || Contributed(agencies.end, paragraph.end) || FollowsReport(paragraph, agencies)) {
    AddForText(agencies);
  }
}

// "ab/cd": those who wrote and edited it.
bool CreditFinder::IsInitials(uint32_t begin, uint32_t end) const {
  constexpr uint32_t kLetters = 4;
  for (uint32_t i = begin; i < end; ++i) {
    const bool letters = text_[i].is_word() && text_[i].end - text_[i].begin <= kLetters &&
                         !text_[i].is(kCapitalised);
    if (!letters && !IsMark(i, '/')) return false;
  }
  return begin + 1 < end;
}

// Whether the token at `at`, not the first of its paragraph, is set apart from what goes before it.
bool CreditFinder::IsSetApart(const Paragraph& paragraph, uint32_t at) const {
  const uint32_t mark = at - 1;
  if (IsMark(mark, '(') && last_ && IsInitials(paragraph.begin, mark)) return true;
  if (IsMark(mark, '(') || IsMark(mark, '[')) {
    return mark > paragraph.begin && (IsMark(mark - 1, '.') || IsMark(mark - 1, '"'));
  }
  // "… the commissioner said. AAP"
  const bool ends = IsMark(mark, '.') || IsMark(mark, '"');
  if (last_ && ends && text_[at].is(kAllCaps) && text_[at].is(kSpaceBefore)) return true;
  if (IsDash(mark)) return mark == 0 || text_[mark - 1].kind == TokenKind::kPunct;
  if (IsMark(mark, '/')) return text_[mark].is(kSpaceBefore);
  return text_[mark].is_number() && mark > paragraph.begin && text_.Folded(mark - 1) == "©";
}

// "… in the city. (AFP)", "… in the city. - Reuters", "© 2016 AFP"
void CreditFinder::ReadEnd(const Paragraph& paragraph) {
  const AgencyList& agencies = agencies_.back();
  uint32_t end = agencies.end;
  // "(Reuters, Dawn)"
  const bool listed =
      agencies.begin > paragraph.begin && IsMark(agencies.begin - 1, '(') && IsMark(end, ',');
  while (listed && end + 1 < paragraph.end && IsNames(end, end + 1) && !IsMark(end, ')')) ++end;
  // "AFP/APTN"
  while (end + 1 < paragraph.end && IsMark(end, '/') && text_[end + 1].is(kAllCaps)) end += 2;
  while (end < paragraph.end && text_[end].kind == TokenKind::kPunct) ++end;
  if (end < paragraph.end || paragraph.end > agencies.begin + kEnd) return;
  if (agencies.begin == paragraph.begin || !IsSetApart(paragraph, agencies.begin)) return;
  if (last_) {
    AddForText(agencies);
  } else {
    Add(agencies, paragraph.span);
  }
}

}  // namespace

std::vector<WireCredit> FindWireCredits(const Text& text, const Organisations& organisations,
                                        const CreditWords& words) {
  return CreditFinder(text, organisations, words).Run();
}

}  // namespace consilience::extraction
