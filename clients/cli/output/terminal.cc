#include "clients/cli/output/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>

namespace consilience::cli {
namespace {

int ColumnsOf(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace

std::optional<std::string> ProcessEnvironment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

Terminal DetectTerminal(const Environment& environment) {
  Terminal terminal;
  terminal.output_is_terminal = isatty(STDOUT_FILENO) == 1;
  terminal.errors_are_terminal = isatty(STDERR_FILENO) == 1;
  if (terminal.output_is_terminal) terminal.columns = ColumnsOf(STDOUT_FILENO);
  if (terminal.output_is_terminal && terminal.columns == 0) terminal.columns = 80;
  if (const auto columns = environment("COLUMNS")) {
    int value = 0;
    std::from_chars(columns->data(), columns->data() + columns->size(), value);
    if (value > 0) terminal.columns = value;
  }
  return terminal;
}

bool WantsColour(ColourMode mode, bool is_terminal, const Environment& environment) {
  if (mode != ColourMode::kAuto) return mode == ColourMode::kAlways;
  if (const auto no_colour = environment("NO_COLOR"); no_colour && !no_colour->empty()) {
    return false;
  }
  if (const auto force = environment("CLICOLOR_FORCE"); force && !force->empty() && *force != "0") {
    return true;
  }
  if (environment("TERM").value_or("") == "dumb") return false;
  if (environment("CLICOLOR").value_or("1") == "0") return false;
  return is_terminal;
}

}  // namespace consilience::cli
