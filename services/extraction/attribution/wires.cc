#include "services/extraction/attribution/wires.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace consilience::extraction {
namespace {

// A dateline opens one of the first paragraphs, and its agency stands among its first tokens.
constexpr size_t kDatelineParagraphs = 6;
constexpr uint32_t kDatelineTokens = 24;
// A line that is nothing but a credit has no more tokens.
constexpr uint32_t kCreditLine = 12;
// An agency alone on a line credits the text among its first paragraphs and its last; elsewhere it
// credits the picture above the line.
constexpr size_t kLastLines = 3;

class CreditFinder {
 public:
  CreditFinder(const Text& text, const Organisations& organisations)
      : text_(text), organisations_(organisations) {}

  std::vector<WireCredit> Run() {
    const auto paragraphs = text_.paragraphs();
    for (size_t i = 0; i < paragraphs.size(); ++i) {
      const Paragraph& paragraph = paragraphs[i];
      if (paragraph.begin >= paragraph.end) continue;
      if (i < kDatelineParagraphs) ReadDateline(paragraph);
      ReadLine(paragraph, i < kDatelineParagraphs || i + kLastLines >= paragraphs.size());
      ReadSignOff(paragraph);
      ReadContribution(paragraph);
      ReadEnd(paragraph, i + 1 == paragraphs.size());
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

  std::optional<LexiconMatch> WireAt(uint32_t token) const {
    if (token >= text_.size() || !text_[token].is(kCapitalised)) return std::nullopt;
    if (!organisations_.names().Starts(text_[token])) return std::nullopt;
    const auto match = organisations_.names().Longest(text_.tokens(), token);
    if (!match.has_value() || !organisations_[match->payload].is_wire()) return std::nullopt;
    return match;
  }

  void Add(int32_t wire, uint32_t begin, uint32_t end, Span scope) {
    WireCredit credit;
    credit.wire.name = organisations_[wire].name;
    credit.wire.type = SpeakerType::kWire;
    credit.wire.span = text_.SpanOf(begin, end);
    credit.scope = scope;
    credits_.push_back(credit);
  }
  void AddForText(int32_t wire, uint32_t begin, uint32_t end) {
    Add(wire, begin, end, {0, text_.stored().size()});
  }

  // "(Reuters)", "(AFP/Reuters)" credits the first: the token after the parenthesis, or 0.
  uint32_t Parenthesis(uint32_t open, std::optional<LexiconMatch>& wire) const {
    if (!IsMark(open, '(')) return 0;
    wire = WireAt(open + 1);
    if (!wire.has_value()) return 0;
    uint32_t close = wire->end;
    while (close < text_.size() && close < open + 6 && !IsMark(close, ')')) ++close;
    return IsMark(close, ')') ? close + 1 : 0;
  }

  void ReadDateline(const Paragraph& paragraph) {
    const uint32_t limit = std::min(paragraph.end, paragraph.begin + kDatelineTokens);
    for (uint32_t i = paragraph.begin; i < limit; ++i) {
      std::optional<LexiconMatch> wire;
      const uint32_t after = Parenthesis(i, wire);
      if (after == 0 || after >= paragraph.end) continue;
      if (IsDash(after)) AddForText(wire->payload, wire->begin, wire->end);
      return;
    }
    // "WASHINGTON, Reuters -", "AFP -"
    const auto wire = WireAt(paragraph.begin);
    if (wire.has_value() && wire->end < paragraph.end && IsDash(wire->end)) {
      AddForText(wire->payload, wire->begin, wire->end);
    }
  }

  bool IsDash(uint32_t token) const {
    return IsMark(token, '-') || IsMark(token, '_') || Is(token, "--");
  }

  // "By Reuters", "Source: AFP", "Reuters" on a line of its own.
  void ReadLine(const Paragraph& paragraph, bool at_edge) {
    if (paragraph.end - paragraph.begin > kCreditLine) return;
    uint32_t at = paragraph.begin;
    while (at < paragraph.end && (text_[at].kind == TokenKind::kPunct || text_[at].mark != 0)) ++at;
    bool opened = false;
    for (std::string_view opening : {"by", "from", "source", "via", "the"}) {
      if (!Is(at, opening)) continue;
      opened = true;
      if (IsMark(++at, ':')) ++at;
    }
    const auto wire = WireAt(at);
    if (!wire.has_value() || !(opened || at_edge)) return;
    uint32_t end = wire->end;
    // "From Reuters:" quotes a passage; it does not credit the text.
    while (end < paragraph.end && text_[end].kind == TokenKind::kPunct && !IsMark(end, ':')) ++end;
    if (end == paragraph.end) AddForText(wire->payload, wire->begin, wire->end);
  }

  // "(Reporting by A; Editing by B)" is how Reuters signs its reports.
  void ReadSignOff(const Paragraph& paragraph) {
    for (uint32_t i = paragraph.begin; i + 1 < paragraph.end; ++i) {
      if (!text_[i].is(kCapitalised) || !Is(i, "editing") || !Is(i + 1, "by")) continue;
      const uint32_t lowest = i > paragraph.begin + 80 ? i - 80 : paragraph.begin;
      for (uint32_t k = i; k > lowest; --k) {
        if ((Is(k - 1, "reporting") || Is(k - 1, "writing")) && Is(k, "by")) {
          const auto reuters = organisations_.Find("reuters");
          if (reuters.has_value()) AddForText(*reuters, k - 1, i + 2);
          return;
        }
      }
    }
  }

  // "AFP contributed to this report", "Associated Press writer Jill Colvin contributed", "this
  // Reuters article", "with reporting by Reuters".
  void ReadContribution(const Paragraph& paragraph) {
    for (uint32_t i = paragraph.begin; i < paragraph.end; ++i) {
      const auto wire = WireAt(i);
      if (!wire.has_value()) continue;
      uint32_t after = wire->end;
      const bool writer = Is(after, "writer") || Is(after, "writers") || Is(after, "reporter") ||
                          Is(after, "correspondent") || Is(after, "journalist");
      const bool article = i > paragraph.begin && Is(i - 1, "this") &&
                           (Is(after, "article") || Is(after, "story") || Is(after, "report"));
      const bool reporting = i > paragraph.begin + 1 && Is(i - 1, "by") &&
                             (Is(i - 2, "reporting") || Is(i - 2, "provided"));
      bool contributed = Is(after, "contributed");
      for (uint32_t k = after; writer && !contributed && k < after + 12 && k < paragraph.end; ++k) {
        contributed = Is(k, "contributed");
      }
      if (contributed || article || reporting) AddForText(wire->payload, wire->begin, wire->end);
      i = wire->end - 1;
    }
  }

  // "… in the city. (AFP)", "… in the city. - Reuters", "© 2016 AFP"
  void ReadEnd(const Paragraph& paragraph, bool last) {
    const uint32_t lowest =
        paragraph.end > paragraph.begin + 8 ? paragraph.end - 8 : paragraph.begin;
    for (uint32_t i = paragraph.end; i > lowest; --i) {
      const uint32_t at = i - 1;
      const auto wire = WireAt(at);
      if (!wire.has_value()) continue;
      uint32_t end = wire->end;
      while (end < paragraph.end && text_[end].kind == TokenKind::kPunct) ++end;
      if (end < paragraph.end || at == paragraph.begin) return;
      const bool set_apart =
          (IsMark(at - 1, '(') && at > paragraph.begin + 1 &&
           (IsMark(at - 2, '.') || IsMark(at - 2, '"'))) ||
          (IsDash(at - 1) && !text_.IsHyphen(at - 1) &&
           (at < 2 || text_[at - 2].kind == TokenKind::kPunct)) ||
          (IsMark(at - 1, '/') && text_[at - 1].is(kSpaceBefore)) ||
          (text_[at - 1].is_number() && at > paragraph.begin + 1 && text_.Folded(at - 2) == "©");
      if (!set_apart) return;
      if (last) {
        AddForText(wire->payload, wire->begin, wire->end);
      } else {
        Add(wire->payload, wire->begin, wire->end, paragraph.span);
      }
      return;
    }
  }

  const Text& text_;
  const Organisations& organisations_;
  std::vector<WireCredit> credits_;
};

}  // namespace

std::vector<WireCredit> FindWireCredits(const Text& text, const Organisations& organisations) {
  return CreditFinder(text, organisations).Run();
}

}  // namespace consilience::extraction
