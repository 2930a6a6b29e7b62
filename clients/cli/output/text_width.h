// How wide text is on a terminal, and how it is cut and wrapped to fit.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_TEXT_WIDTH_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_TEXT_WIDTH_H_

#include <string>
#include <string_view>
#include <vector>

namespace consilience::cli {

// Columns of UTF-8 text: East Asian wide characters and emoji take two, combining marks and format
// characters none.
int DisplayWidth(std::string_view text);

// `text` in at most `width` columns; what was cut shows as "…".
std::string Truncated(std::string_view text, int width);

// `text` filled up with spaces to `width` columns.
std::string PaddedRight(std::string_view text, int width);

// `text` broken at spaces into lines of at most `width` columns; a longer word has a line to
// itself.
std::vector<std::string> Wrapped(std::string_view text, int width);

// Line breaks and tabs become spaces, other control characters vanish: fit for one cell, and
// harmless to a terminal.
std::string OneLine(std::string_view text);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_TEXT_WIDTH_H_
