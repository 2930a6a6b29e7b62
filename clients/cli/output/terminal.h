// What the other end of stdout and stderr is, and how it wants to be written to.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_TERMINAL_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_TERMINAL_H_

#include <functional>
#include <optional>
#include <string>

namespace consilience::cli {

// Value of an environment variable; nothing when it is not set.
using Environment = std::function<std::optional<std::string>(const char* name)>;
std::optional<std::string> ProcessEnvironment(const char* name);

struct Terminal {
  bool output_is_terminal = false;   // stdout
  bool errors_are_terminal = false;  // stderr
  int columns = 0;  // of the terminal behind stdout or stderr; 0 when there is none
};

// Asks the descriptors. COLUMNS overrides the width, also of what is no terminal.
Terminal DetectTerminal(const Environment& environment);

// AUTO colours terminals, unless NO_COLOR is set (no-color.org), TERM is dumb or CLICOLOR is 0;
// CLICOLOR_FORCE colours pipes too.
enum class ColourMode { kAuto, kAlways, kNever };
bool WantsColour(ColourMode mode, bool is_terminal, const Environment& environment);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_TERMINAL_H_
