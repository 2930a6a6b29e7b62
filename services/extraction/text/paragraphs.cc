#include <algorithm>

#include "services/extraction/text/structure.h"

namespace consilience::extraction {
namespace {

constexpr size_t kWrapLeast = 50;
constexpr size_t kWrapMost = 100;

struct Line {
  size_t begin = 0;  // of the first character that is no space
  size_t size = 0;   // without surrounding spaces
  size_t indent = 0;
};

std::vector<Line> SplitLines(std::string_view text) {
  std::vector<Line> lines;
  constexpr size_t kUsualLine = 128;
  lines.reserve(text.size() / kUsualLine + 8);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) {
      lines.push_back({begin, 0, 0});
    } else {
      lines.push_back({begin + first, line.find_last_not_of(" \t\r") + 1 - first, first});
    }
    begin = end + 1;
  }
  return lines;
}

bool IsWrapped(std::span<const Line> lines) {
  size_t full = 0;
  size_t longer = 0;
  for (const Line& line : lines) {
    if (line.size > kWrapMost) ++longer;
    if (line.size >= kWrapLeast && line.size <= kWrapMost) ++full;
  }
  return full >= 3 && longer * 5 <= full;
}

// The first token, none before `first`, that does not begin before an offset.
size_t TokenFrom(std::span<const Token> tokens, size_t first, size_t offset) {
  const auto found =
      std::partition_point(tokens.begin() + static_cast<std::ptrdiff_t>(first), tokens.end(),
                           [&](const Token& token) { return token.begin < offset; });
  return static_cast<size_t>(found - tokens.begin());
}

}  // namespace

std::vector<Paragraph> FindParagraphs(std::string_view folded, std::span<const Token> tokens) {
  const std::vector<Line> lines = SplitLines(folded);
  const bool wrapped = IsWrapped(lines);
  std::vector<Paragraph> paragraphs;
  paragraphs.reserve(lines.size());
  size_t begin = 0;
  const auto close = [&](size_t end) {
    if (end > begin) paragraphs.push_back(MakeRange<Paragraph>(tokens, begin, end));
    begin = end;
  };
  bool blank = true;
  for (const Line& line : lines) {
    if (line.size == 0) {
      blank = true;
      continue;
    }
    if (blank || !wrapped || line.indent >= 2) close(TokenFrom(tokens, begin, line.begin));
    blank = false;
  }
  close(tokens.size());
  return paragraphs;
}

}  // namespace consilience::extraction
