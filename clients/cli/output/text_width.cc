#include "clients/cli/output/text_width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace consilience::cli {
namespace {

int WidthOf(UChar32 code_point) {
  if (code_point < 0) return 1;  // a broken byte shows as one replacement character
  if (code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0)) return 0;
  if (code_point < 0x300) return 1;
  switch (u_charType(code_point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// The code point at `position`, which moves past it.
UChar32 NextCodePoint(std::string_view text, size_t& position) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto length = static_cast<int32_t>(text.size());
  auto index = static_cast<int32_t>(position);
  UChar32 code_point = 0;
  U8_NEXT(bytes, index, length, code_point);
  position = static_cast<size_t>(index);
  return code_point;
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (size_t position = 0; position < text.size();) {
    width += WidthOf(NextCodePoint(text, position));
  }
  return width;
}

std::string Truncated(std::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width <= 0) return "";
  int used = 0;
  size_t position = 0;
  while (position < text.size()) {
    size_t next = position;
    const int step = WidthOf(NextCodePoint(text, next));
    if (used + step > width - 1) break;
    used += step;
    position = next;
  }
  return std::string(text.substr(0, position)) + "…";
}

std::string PaddedRight(std::string_view text, int width) {
  return std::string(text) +
         std::string(static_cast<size_t>(std::max(0, width - DisplayWidth(text))), ' ');
}

std::vector<std::string> Wrapped(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string OneLine(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t position = 0; position < text.size();) {
    size_t next = position;
    const UChar32 code_point = NextCodePoint(text, next);
    if (code_point == '\n' || code_point == '\t' || code_point == '\r') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (code_point >= 0x20 && !(code_point >= 0x7f && code_point < 0xa0)) {
      out += text.substr(position, next - position);
    }
    position = next;
  }
  return out;
}

}  // namespace consilience::cli
