// Help with the examples first, and answers to typing errors.
#ifndef CONSILIENCE_CLIENTS_CLI_HELP_H_
#define CONSILIENCE_CLIENTS_CLI_HELP_H_

#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"

namespace consilience::cli {

// Group of the options that all commands share; only the help of `consil` itself lists them.
inline constexpr char kGlobalOptions[] = "Options of every command";

class HelpFormatter : public CLI::Formatter {
 public:
  // `columns` of the terminal; 0 where there is none.
  explicit HelpFormatter(int columns);
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;

 private:
  const int width_;
};

// What is wrong with the first word that no command or option knows, and which was probably meant.
// Nothing when all words are known (their values may still be wrong).
std::optional<std::string> FindTypo(const CLI::App& root, const std::vector<std::string>& words);

// "consil claims list".
std::string FullName(const CLI::App* app);

// The visible subcommands, in the order in which they were added.
std::vector<const CLI::App*> CommandsOf(const CLI::App& app);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_HELP_H_
