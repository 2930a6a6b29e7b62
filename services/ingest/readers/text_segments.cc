#include "services/ingest/readers/text_segments.h"

#include <re2/re2.h>

#include <algorithm>

#include "services/ingest/readers/lines.h"

namespace consilience::ingest {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

// The bytes of "ALEPPO, Syria (Reuters) - " or "Aleppo (AFP) – " at the start of a line, 0 when
// there is none: a place in capitals, or an agency in brackets or slashes, and then a dash. The
// lengths are held by the opening that is looked at; counted repetitions would make large automata.
size_t DatelineBytes(std::string_view line) {
  constexpr size_t kLongest = 120;
  static const RE2* const kDateline = new RE2(
      R"(((?:\p{Lu}\p{Lu}\p{Lu}[\p{Lu}'’. -]*(?:[,/ ][\p{L}\p{N} .,'’/]*)?(?:\([^()]+\)\s*)?)"
      R"(|\p{Lu}[\p{L}\p{N} .,'’/]*(?:\([^()]+\)|/[\p{L} ]+/)\s*)(?:-|--|–|—)\s))");
  re2::StringPiece opening = Piece(line.substr(0, std::min(line.size(), kLongest)));
  const size_t whole = opening.size();
  return RE2::Consume(&opening, *kDateline) ? whole - opening.size() : 0;
}

// "… — Name (@handle) November 22, 2016". `alone` tells that nothing stands before the signature.
bool IsSigned(std::string_view line, bool& alone) {
  static const RE2* const kSignature =
      new RE2(R"((?:^|\s)(?:-|–|—)\s?[^()]+ \(@\w+\)[\p{L}\p{N} ,.:·-]*$)");
  static const RE2* const kOnly = new RE2(R"((?:-|–|—)\s?[^()]+ \(@\w+\)[^()]*)");
  if (line.find("(@") == std::string_view::npos) return false;
  if (!RE2::PartialMatch(Piece(line), *kSignature)) return false;
  alone = RE2::FullMatch(Piece(line), *kOnly);
  return true;
}

bool IsQuotation(std::string_view line) {
  if (line.starts_with("> ")) return true;
  for (const auto& [open, close] :
       {std::pair<std::string_view, std::string_view>{"“", "”"}, {"\"", "\""}, {"«", "»"}}) {
    if (!line.starts_with(open) || !line.ends_with(close)) continue;
    return line.find(close, open.size()) == line.size() - close.size();
  }
  return false;
}

class Segmenter {
 public:
  Segmenter(std::string_view text, std::string_view title) : text_(text), title_(title) {}

  std::vector<Segment> Run() {
    std::string_view rest = text_;
    while (!rest.empty()) {
      if (const std::string_view line = NextLine(rest); !line.empty()) AddLine(line);
    }
    return std::move(segments_);
  }

 private:
  void AddLine(std::string_view line) {
    bool alone = false;
    if (!in_prose_ && line == title_) return Add(SegmentKind::kHeadline, line);
    if (!in_prose_ && IsLinkRow(line)) return Add(SegmentKind::kBoilerplate, line);
    in_prose_ = true;
    if (IsSigned(line, alone)) {
      if (alone && !segments_.empty() && segments_.back().kind != SegmentKind::kHeadline) {
        segments_.back().kind = SegmentKind::kEmbeddedPost;
      }
      return Add(SegmentKind::kEmbeddedPost, line);
    }
    if (const size_t dateline = DatelineBytes(line); dateline > 0) {
      Add(SegmentKind::kDateline, Trim(line.substr(0, dateline)));
      line = Trim(line.substr(dateline));
      if (line.empty()) return;
    }
    Add(IsQuotation(line) ? SegmentKind::kQuoteBlock : SegmentKind::kParagraph, line);
  }

  void Add(SegmentKind kind, std::string_view part) {
    const auto begin = static_cast<size_t>(part.data() - text_.data());
    segments_.push_back({kind, {begin, begin + part.size()}});
  }

  const std::string_view text_;
  const std::string_view title_;
  bool in_prose_ = false;
  std::vector<Segment> segments_;
};

}  // namespace

std::vector<Segment> FindTextSegments(std::string_view text, std::string_view title) {
  return Segmenter(text, title).Run();
}

}  // namespace consilience::ingest
