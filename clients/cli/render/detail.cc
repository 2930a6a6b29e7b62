#include "clients/cli/render/detail.h"

#include <algorithm>

#include "clients/cli/output/text_width.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr int kLabelWidth = 15;
constexpr int kMinTextWidth = 20;

}  // namespace

void DetailWriter::Title(std::string_view title) {
  for (const std::string& line : Wrapped(OneLine(title), width_)) {
    text_ += palette_.Paint(Style::kStrong, line) + "\n";
  }
}

void DetailWriter::Field(std::string_view label, std::string_view value) {
  Field(label, Cell{std::string(value)});
}

void DetailWriter::Field(std::string_view label, const Cell& value) {
  const std::string text = OneLine(value.text);
  if (text.find_first_not_of(' ') == std::string::npos) return;
  std::string begin = palette_.Paint(Style::kFaint, PaddedRight(label, kLabelWidth));
  for (const std::string& line : Wrapped(text, std::max(width_ - kLabelWidth, kMinTextWidth))) {
    text_ += begin + palette_.Paint(value.style, line) + "\n";
    begin = std::string(kLabelWidth, ' ');
  }
}

void DetailWriter::Section(std::string_view heading) {
  text_ += fmt::format("\n{}\n", palette_.Paint(Style::kStrong, heading));
}

void DetailWriter::Line(std::string_view text, int indent, std::string_view first, Style style) {
  const int used = indent + DisplayWidth(first);
  std::string begin = std::string(static_cast<size_t>(indent), ' ') + std::string(first);
  for (const std::string& line : Wrapped(OneLine(text), std::max(width_ - used, kMinTextWidth))) {
    text_ += begin + palette_.Paint(style, line) + "\n";
    begin = std::string(static_cast<size_t>(used), ' ');
  }
}

void DetailWriter::Text(std::string_view text) {
  text_ += "\n";
  text_ += text;
  if (!text.ends_with('\n')) text_ += "\n";
}

}  // namespace consilience::cli
