// The few ways in which a word stands out on a terminal.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_STYLE_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_STYLE_H_

#include <string>
#include <string_view>

namespace consilience::cli {

enum class Style { kPlain, kStrong, kFaint, kGood, kDoubtful, kBad, kName };

// Paints when colours are wanted; else gives the text back. Colours are the terminal's own sixteen,
// so that they follow its theme, and never the only carrier of a meaning.
class Palette {
 public:
  explicit Palette(bool enabled) : enabled_(enabled) {}
  bool enabled() const { return enabled_; }
  std::string Paint(Style style, std::string_view text) const;

 private:
  bool enabled_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_STYLE_H_
