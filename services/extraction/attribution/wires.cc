#include "services/extraction/attribution/wires.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include "services/extraction/attribution/agencies.h"
#include "services/extraction/attribution/credit_forms.h"
#include "services/extraction/attribution/credit_text.h"

namespace consilience::extraction {
namespace {

// A dateline or byline opens one of the first paragraphs.
constexpr size_t kTopParagraphs = 6;
// An agency alone on a line credits the text among its first paragraphs and its last; elsewhere it
// credits the picture above the line.
constexpr size_t kLastLines = 3;

class CreditFinder {
 public:
  CreditFinder(const Text& text, const Organisations& organisations, const CreditWords& words,
               const HouseStyle& style)
      : whole_(text),
        text_(text, words),
        organisations_(organisations),
        style_(style),
        lists_(FindAgencies(text, organisations)) {}

  std::vector<WireCredit> Run() {
    const auto paragraphs = whole_.paragraphs();
    size_t first = 0;
    for (size_t i = 0; i < paragraphs.size(); ++i) {
      const Paragraph& paragraph = paragraphs[i];
      if (paragraph.begin >= paragraph.end) continue;
      AddForText(style_.CopyIn(text_, paragraph));
      while (first < lists_.size() && lists_[first].begin < paragraph.begin) ++first;
      size_t end = first;
      while (end < lists_.size() && lists_[end].begin < paragraph.end) ++end;
      if (end > first) Read(paragraph, PlaceOf(i), std::span(lists_).subspan(first, end - first));
    }
    if (!credits_text_) AddForText(style_.DividerOf(text_, lists_));
    return std::move(credits_);
  }

 private:
  CreditPlace PlaceOf(size_t paragraph) const {
    const size_t count = whole_.paragraphs().size();
    const bool top = paragraph < kTopParagraphs;
    return {paragraph == 0, top, top || paragraph + kLastLines >= count, paragraph + 1 == count};
  }

  // `agencies` are those of the paragraph.
  void Read(const Paragraph& paragraph, const CreditPlace& place,
            std::span<const AgencyList> agencies) {
    const AgencyList& first = agencies.front();
    const bool opens = place.top && (IsDateline(text_, paragraph, first) ||
                                     IsByline(text_, paragraph, first, place));
    if (opens || IsCreditLine(text_, paragraph, first, place)) AddForText(first);
    for (const AgencyList& list : agencies) {
      if (IsContribution(text_, paragraph, list)) AddForText(list);
    }
    if (IsLineWith(text_, paragraph, first)) AddForText(first);
    const AgencyList& last = agencies.back();
    if (!IsSignature(text_, paragraph, last, place)) return;
    if (place.last) {
      AddForText(last);
    } else {
      Add(last, paragraph.span);
    }
  }

  void Add(const AgencyList& agencies, Span scope) {
    WireCredit credit;
    credit.wire.name = organisations_[agencies.wire].name;
    credit.wire.type = SpeakerType::kWire;
    credit.wire.span = whole_.SpanOf(agencies.begin, agencies.first_end);
    credit.scope = scope;
    credits_.push_back(credit);
  }
  void AddForText(const std::optional<AgencyList>& agencies) {
    if (!agencies.has_value()) return;
    credits_text_ = true;
    Add(*agencies, {0, whole_.stored().size()});
  }

  const Text& whole_;
  const CreditText text_;
  const Organisations& organisations_;
  const HouseStyle& style_;
  std::vector<AgencyList> lists_;  // of the text
  bool credits_text_ = false;      // some credit is for the whole text
  std::vector<WireCredit> credits_;
};

}  // namespace

std::vector<WireCredit> FindWireCredits(const Text& text, const Organisations& organisations,
                                        const CreditWords& words, const HouseStyle& style) {
  return CreditFinder(text, organisations, words, style).Run();
}

}  // namespace consilience::extraction
