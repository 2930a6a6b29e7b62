#include "clients/cli/run.h"

#include <algorithm>
#include <cstdio>
#include <memory>

#include "CLI/CLI.hpp"
#include "clients/cli/command_tree.h"
#include "clients/cli/context.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/help.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

int Fail(const Context& context, const absl::Status& status) {
  context.Warn("consil: " + ErrorText(status));
  return ExitCodeOf(status);
}

// The deepest command that was named.
const CLI::App* NamedCommand(const CLI::App& root) {
  const CLI::App* app = &root;
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  return app;
}

// 0 and nothing to run for --help and --version, 2 for what cannot be parsed.
int Parse(const Context& context, CLI::App& root, std::vector<std::string> words) {
  if (const auto typo = FindTypo(root, words)) {
    context.Warn("consil: " + *typo);
    return kUsage;
  }
  std::reverse(words.begin(), words.end());
  try {
    root.parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    std::fputs(NamedCommand(root)->help().c_str(), stdout);
  } catch (const CLI::CallForVersion& version) {
    std::printf("consil %s\n", CONSILIENCE_VERSION);
  } catch (const CLI::ParseError& error) {
    const CLI::App* command = NamedCommand(root);
    if (!CommandsOf(*command).empty()) {
      context.Warn(command->help());
    } else {
      context.Warn(fmt::format("consil: {}\n  `{} --help` shows examples.", error.what(),
                               FullName(command)));
    }
    return kUsage;
  }
  return kSuccess;
}

}  // namespace

int Run(Context& context, std::vector<std::string> words) {
  const std::unique_ptr<CLI::App> root = MakeCommandTree(context);
  if (const int code = Parse(context, *root, std::move(words)); code != kSuccess) return code;
  if (context.action == nullptr) return kSuccess;
  if (absl::Status status = context.Prepare(); !status.ok()) return Fail(context, status);
  const absl::StatusOr<int> code = context.action(context);
  // What failed midway leaves no half of a file behind, nor takes the place of an earlier one.
  if (!code.ok() && !context.out_file.empty()) return Fail(context, code.status());
  const absl::Status closed = context.CloseOutput();
  if (!code.ok()) return Fail(context, code.status());
  if (!closed.ok()) return Fail(context, closed);
  return *code;
}

}  // namespace consilience::cli
