// One record in full, for a person.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_DETAIL_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_DETAIL_H_

#include <string>
#include <string_view>

#include "clients/cli/output/style.h"
#include "clients/cli/output/table.h"

namespace consilience::cli {

// A title, fields under it, sections after them. Not thread-safe.
class DetailWriter {
 public:
  // `width` 0: lines as long as they are.
  DetailWriter(Palette palette, int width) : palette_(palette), width_(width > 0 ? width : 100) {}

  void Title(std::string_view title);
  // Nothing when the value is empty.
  void Field(std::string_view label, std::string_view value);
  void Field(std::string_view label, const Cell& value);
  void Section(std::string_view heading);
  // Wrapped, behind `indent` columns; `first` stands before the first line ("• ").
  void Line(std::string_view text, int indent = 2, std::string_view first = "",
            Style style = Style::kPlain);
  // As it is, after an empty line.
  void Text(std::string_view text);
  void Raw(std::string_view text) { text_ += text; }

  const std::string& text() const { return text_; }
  const Palette& palette() const { return palette_; }
  int width() const { return width_; }

 private:
  const Palette palette_;
  const int width_;
  std::string text_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_DETAIL_H_
