#include "absl/container/inlined_vector.h"
#include "services/extraction/text/structure.h"

namespace consilience::extraction {
namespace {

constexpr size_t kMaxDepth = 8;
constexpr size_t kSingleQuoteReach =
    80;  // tokens within which a single quote must be closed to count

enum class Mark { kNone, kOpen, kClose };

class QuoteFinder {
 public:
  QuoteFinder(std::string_view stored, std::span<const Token> tokens)
      : stored_(stored), tokens_(tokens) {}

  void ReadParagraph(const Paragraph& paragraph) {
    const int carried = unclosed_;
    unclosed_ = -1;
    end_ = paragraph.end;
    for (size_t at = paragraph.begin; at < end_; ++at) {
      const Token& token = tokens_[at];
      if (token.mark == '"') {
        Read(at, ClassifyDouble(at), false);
        if (at == paragraph.begin && carried >= 0 && !open_.empty()) {
          quotes_[open_.back()].continues = carried;
        }
      } else if (token.mark == '\'' && token.end - token.begin == 1) {
        Read(at, ClassifySingle(at), true);
      }
    }
    while (!open_.empty()) CloseInnermost(end_, false);
  }

  std::vector<Quote> Take() { return std::move(quotes_); }

 private:
  bool OpenIs(bool single) const {
    return !open_.empty() && quotes_[open_.back()].single == single;
  }

  void Read(size_t at, Mark mark, bool single) {
    if (mark == Mark::kOpen && open_.size() < kMaxDepth) {
      if (OpenIs(single)) CloseInnermost(at, false);
      auto quote = MakeRange<Quote>(tokens_, at, at + 1);
      quote.single = single;
      quote.parent = open_.empty() ? -1 : static_cast<int32_t>(open_.back());
      open_.push_back(quotes_.size());
      quotes_.push_back(quote);
    } else if (mark == Mark::kClose && IsOpen(single)) {
      while (!OpenIs(single)) CloseInnermost(at, false);
      CloseInnermost(at + 1, true);
    }
  }

  bool IsOpen(bool single) const {
    for (const size_t quote : open_) {
      if (quotes_[quote].single == single) return true;
    }
    return false;
  }

  void CloseInnermost(size_t end, bool closed) {
    Quote& quote = quotes_[open_.back()];
    quote.end = static_cast<uint32_t>(end);
    quote.span.end = tokens_[end - 1].span.end;
    quote.closed = closed;
    if (!closed && !quote.single && end == end_) unclosed_ = static_cast<int>(open_.back());
    open_.pop_back();
  }

  bool SpaceAfter(size_t at) const { return at + 1 >= end_ || tokens_[at + 1].is(kSpaceBefore); }

  Mark ClassifyDouble(size_t at) const {
    const std::string_view mark = tokens_[at].span.In(stored_);
    if (mark == "\u201C" || mark == "\u201E" || mark == "``" || mark == "\u00AB") {
      return Mark::kOpen;
    }
    if (mark == "\u201D" || mark == "\u00BB") return Mark::kClose;
    const bool space_before = tokens_[at].is(kSpaceBefore);
    // Opened by "``", or else on both sides.
    if (mark == "''" && !space_before && IsOpen(false)) return Mark::kClose;
    if (space_before && !SpaceAfter(at)) return Mark::kOpen;
    if (!space_before && SpaceAfter(at)) {
      return IsOpen(false) ? Mark::kClose : Mark::kNone;
    }
    return IsOpen(false) ? Mark::kClose : Mark::kOpen;
  }

  Mark ClassifySingle(size_t at) const {
    const std::string_view mark = tokens_[at].span.In(stored_);
    const bool closes = !tokens_[at].is(kSpaceBefore) && !ApostropheOfPlural(at);
    if (mark == "\u2018") return Mark::kOpen;
    if (IsOpen(true)) return closes ? Mark::kClose : Mark::kNone;
    const bool opens = tokens_[at].is(kSpaceBefore) && !SpaceAfter(at) && tokens_[at + 1].is_word();
    return opens && mark == "'" && HasLaterClose(at) ? Mark::kOpen : Mark::kNone;
  }

  // "the rebels' lines": a word follows at once, without any mark between.
  bool ApostropheOfPlural(size_t at) const {
    if (at == 0 || !tokens_[at - 1].is_word() || at + 1 >= end_) return false;
    const char last = stored_[tokens_[at - 1].span.end - 1];
    return (last == 's' || last == 'S') && tokens_[at + 1].is_word() && HasLaterClose(at);
  }

  bool HasLaterClose(size_t at) const {
    const size_t limit = std::min(end_, at + kSingleQuoteReach);
    for (size_t i = at + 1; i < limit; ++i) {
      const Token& token = tokens_[i];
      if (token.mark == '\'' && token.end - token.begin == 1 && !token.is(kSpaceBefore)) {
        return true;
      }
    }
    return false;
  }

  std::string_view stored_;
  std::span<const Token> tokens_;
  size_t end_ = 0;  // of the paragraph
  std::vector<Quote> quotes_;
  absl::InlinedVector<size_t, kMaxDepth> open_;  // outermost first
  int unclosed_ = -1;  // the double quote that the last paragraph left open
};

}  // namespace

std::vector<Quote> FindQuotes(std::string_view stored, std::span<const Paragraph> paragraphs,
                              std::span<const Token> tokens) {
  QuoteFinder finder(stored, tokens);
  for (const Paragraph& paragraph : paragraphs) finder.ReadParagraph(paragraph);
  return finder.Take();
}

}  // namespace consilience::extraction
