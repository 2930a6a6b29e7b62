#include "services/extraction/text/structure.h"
#include "services/extraction/text/tokenize.h"

namespace consilience::extraction {
namespace {

constexpr size_t kMaxHeadingTokens = 24;
constexpr size_t kMaxSubheadingTokens = 14;
constexpr size_t kMaxDatelineTokens = 16;
constexpr size_t kDatelineParagraphs = 3;  // of the body, among which a dateline is looked for

class SegmentFinder {
 public:
  SegmentFinder(std::string_view lower, std::span<const Paragraph> paragraphs,
                std::span<const Sentence> sentences, const Lexicon& words,
                std::span<const Token> tokens)
      : lower_(lower),
        paragraphs_(paragraphs),
        sentences_(sentences),
        words_(words),
        tokens_(tokens) {}

  std::vector<Segment> Run() {
    const size_t body = FirstBodyParagraph();
    const size_t tail = TailStart(body);
    size_t in_body = 0;
    segments_.reserve(paragraphs_.size() + kDatelineParagraphs);
    for (size_t p = 0; p < paragraphs_.size(); ++p) {
      if (const auto kind = LineKind(p)) {
        Add(paragraphs_[p].begin, paragraphs_[p].end, *kind);
      } else if (p < body) {
        Add(paragraphs_[p].begin, paragraphs_[p].end, LeadKind(p));
      } else if (p >= tail) {
        Add(paragraphs_[p].begin, paragraphs_[p].end, SegmentKind::kFurniture);
      } else if (p > body && IsSubheading(p)) {
        Add(paragraphs_[p].begin, paragraphs_[p].end, SegmentKind::kSubheading);
      } else {
        AddBody(paragraphs_[p], in_body++ < kDatelineParagraphs);
      }
    }
    return std::move(segments_);
  }

 private:
  size_t Size(size_t p) const { return paragraphs_[p].end - paragraphs_[p].begin; }

  void Add(size_t begin, size_t end, SegmentKind kind) {
    if (begin >= end) return;
    auto segment = MakeRange<Segment>(tokens_, begin, end);
    segment.kind = kind;
    segments_.push_back(segment);
  }

  bool EndsLikeProse(size_t p) const {
    size_t last = paragraphs_[p].end - 1;
    while (last > paragraphs_[p].begin &&
           (tokens_[last].mark == '"' || tokens_[last].mark == '\'' || tokens_[last].mark == ')')) {
      --last;
    }
    const Token& token = tokens_[last];
    return token.mark == '.' || token.mark == '!' || token.mark == '?' || token.mark == ':' ||
           token.mark == ',' || token.mark == '-' || token.mark == '_' || token.is(kDotted);
  }

  // Short, of one sentence, without a full stop.
  bool IsHeadingLike(size_t p, size_t most) const {
    const Paragraph& paragraph = paragraphs_[p];
    return Size(p) <= most && !EndsLikeProse(p) &&
           tokens_[paragraph.begin].sentence == tokens_[paragraph.end - 1].sentence &&
           PostSignatureEnd(paragraph.begin, paragraph.end) == 0;
  }

  // Headings are leads only when something follows them.
  size_t FirstBodyParagraph() const {
    size_t p = 0;
    while (p < paragraphs_.size() && (IsHeadingLike(p, kMaxHeadingTokens) || LineKind(p))) ++p;
    return p == paragraphs_.size() ? 0 : p;
  }

  // Where the lines of page furniture at the end begin: one is known as such, none is prose.
  size_t TailStart(size_t body) const {
    size_t tail = paragraphs_.size();
    size_t p = paragraphs_.size();
    while (p > body + 1 && (IsHeadingLike(p - 1, kMaxSubheadingTokens) || LineKind(p - 1))) {
      --p;
      if (LineKind(p)) tail = p;
    }
    return tail == paragraphs_.size() ? tail : p;
  }

  std::optional<SegmentKind> LineKind(size_t p) const {
    const Paragraph& paragraph = paragraphs_[p];
    const auto match = words_.Longest(tokens_, paragraph.begin, paragraph.end);
    if (!match) return std::nullopt;
    if ((match->payload & kFurnitureLine) != 0 && match->end == paragraph.end) {
      return SegmentKind::kFurniture;
    }
    return IsLanguageBar(paragraph) ? std::optional(SegmentKind::kLanguageBar) : std::nullopt;
  }

  bool IsLanguageBar(const Paragraph& paragraph) const {
    size_t languages = 0;
    for (size_t i = paragraph.begin; i < paragraph.end; ++i) {
      const int32_t payload = words_.Payload(tokens_[i].word);
      if (payload > 0 && (payload & kLanguage) != 0) {
        ++languages;
      } else if (tokens_[i].is_word() || tokens_[i].is_number()) {
        return false;
      }
    }
    return languages >= 2;
  }

  bool SameWords(size_t a, size_t b) const {
    if (Size(a) != Size(b)) return false;
    for (size_t i = 0; i < Size(a); ++i) {
      if (WordForm(lower_, tokens_[paragraphs_[a].begin + i]) !=
          WordForm(lower_, tokens_[paragraphs_[b].begin + i])) {
        return false;
      }
    }
    return true;
  }

  SegmentKind LeadKind(size_t p) {
    if (first_headline_ < 0) {
      first_headline_ = static_cast<int>(p);
      return SegmentKind::kHeadline;
    }
    if (SameWords(static_cast<size_t>(first_headline_), p)) return SegmentKind::kRepeatedHeadline;
    return BlankLineBefore(p) ? SegmentKind::kHeadline : SegmentKind::kCaption;
  }

  bool BlankLineBefore(size_t p) const {
    if (p == 0) return true;
    const size_t from = tokens_[paragraphs_[p].begin - 1].end;
    const std::string_view gap = lower_.substr(from, tokens_[paragraphs_[p].begin].begin - from);
    return gap.find('\n') != gap.rfind('\n');
  }

  bool IsSubheading(size_t p) const {
    if (!IsHeadingLike(p, kMaxSubheadingTokens) || !BlankLineBefore(p)) return false;
    return p + 1 < paragraphs_.size() && BlankLineBefore(p + 1) && Size(p + 1) > Size(p) &&
           tokens_[paragraphs_[p].begin].is(kCapitalised);
  }

  void AddBody(const Paragraph& paragraph, bool may_have_dateline) {
    size_t begin = paragraph.begin;
    if (may_have_dateline && !dateline_seen_) {
      const size_t end = DatelineEnd(paragraph);
      dateline_seen_ = end > begin;
      Add(begin, end, SegmentKind::kDateline);
      begin = end;
    }
    for (size_t i = begin; i < paragraph.end; ++i) {
      const size_t end = PostSignatureEnd(i, paragraph.end);
      if (end == 0) continue;
      if (i == paragraph.begin) TakeBackPostBeforeSignature(i);
      const size_t start = PostStart(i, begin);
      Add(begin, start, SegmentKind::kBody);
      Add(start, end, SegmentKind::kTweet);
      begin = end;
      i = end - 1;
    }
    Add(begin, paragraph.end, SegmentKind::kBody);
  }

  // "NAIROBI, Kenya (AP) _", "SANTIAGO, 5 JAN 90 -- [EXCERPTS]": names, numbers and marks up to a
  // dash.
  size_t DatelineEnd(const Paragraph& paragraph) const {
    const size_t limit = std::min<size_t>(paragraph.end, paragraph.begin + kMaxDatelineTokens);
    bool mark_seen = false;
    for (size_t i = paragraph.begin; i < limit; ++i) {
      const Token& token = tokens_[i];
      const bool dash = (token.mark == '-' || token.mark == '_') && token.is(kSpaceBefore);
      if (dash && i > paragraph.begin) {
        const bool upper = tokens_[paragraph.begin].is(kAllCaps);
        return upper || mark_seen ? EndOfBrackets(i + 1, paragraph.end) : paragraph.begin;
      }
      mark_seen = mark_seen || token.mark == '(';
      const bool fits = token.is_word()
                            ? token.is(kCapitalised)
                            : token.is_number() || token.mark == ',' || token.mark == '(' ||
                                  token.mark == ')' || token.mark == '.' || token.mark == '/' ||
                                  token.mark == '-';
      if (!fits) break;
    }
    return paragraph.begin;
  }

  size_t EndOfBrackets(size_t at, size_t limit) const {
    if (at >= limit || tokens_[at].mark != '[') return at;
    for (size_t i = at; i < std::min(limit, at + kMaxDatelineTokens); ++i) {
      if (tokens_[i].mark == ']') return i + 1;
    }
    return at;
  }

  // A post is signed "— Name (@handle) November 21, 2016". Returns where that ends if `at` is its
  // dash, else 0.
  size_t PostSignatureEnd(size_t at, size_t limit) const {
    if (tokens_[at].mark != '-') return 0;
    size_t i = at + 1;
    const size_t reach = std::min(limit, at + 10);
    while (i + 1 < reach && !(tokens_[i].mark == '(' && tokens_[i + 1].mark == '@')) ++i;
    if (i + 1 >= reach) return 0;
    while (i < limit && tokens_[i].mark != ')') ++i;
    const size_t date = i + 1;
    for (size_t k = date; k < std::min(limit, date + 5); ++k) {
      if (tokens_[k].is_number() && tokens_[k].end - tokens_[k].begin == 4) return k + 1;
    }
    return std::min(i + 1, limit);
  }

  // A post starts where prose was broken off: at a sentence without white space before it, or with
  // the paragraph.
  size_t PostStart(size_t signature, size_t least) const {
    size_t sentence = tokens_[signature].sentence;
    while (sentences_[sentence].begin > least && !sentences_[sentence].glued) --sentence;
    return std::max<size_t>(sentences_[sentence].begin, least);
  }

  // A signature on a line of its own signs the line before it.
  void TakeBackPostBeforeSignature(size_t signature) {
    if (segments_.empty() || segments_.back().kind != SegmentKind::kBody) return;
    const Segment before = segments_.back();
    const size_t start = PostStart(signature - 1, before.begin);
    segments_.pop_back();
    Add(before.begin, start, SegmentKind::kBody);
    Add(start, before.end, SegmentKind::kTweet);
  }

  std::string_view lower_;
  std::span<const Paragraph> paragraphs_;
  std::span<const Sentence> sentences_;
  const Lexicon& words_;
  std::span<const Token> tokens_;
  std::vector<Segment> segments_;
  int first_headline_ = -1;
  bool dateline_seen_ = false;
};

}  // namespace

std::vector<Segment> FindSegments(std::string_view lower, std::span<const Paragraph> paragraphs,
                                  std::span<const Sentence> sentences, const Lexicon& words,
                                  std::span<const Token> tokens) {
  return SegmentFinder(lower, paragraphs, sentences, words, tokens).Run();
}

}  // namespace consilience::extraction
