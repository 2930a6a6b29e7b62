#include "clients/cli/output/style.h"

namespace consilience::cli {
namespace {

const char* CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kStrong:
      return "\033[1m";
    case Style::kFaint:
      return "\033[2m";
    case Style::kGood:
      return "\033[32m";
    case Style::kDoubtful:
      return "\033[33m";
    case Style::kBad:
      return "\033[31m";
    case Style::kName:
      return "\033[36m";
  }
  return "";
}

}  // namespace

std::string Palette::Paint(Style style, std::string_view text) const {
  if (!enabled_ || style == Style::kPlain || text.empty()) return std::string(text);
  return std::string(CodeOf(style)) + std::string(text) + "\033[0m";
}

}  // namespace consilience::cli
