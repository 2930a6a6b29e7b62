// consil config: contexts and what is in force.
#include <algorithm>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/suggest.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

struct ConfigOptions {
  std::string key;
  std::string value;
};

absl::Status CheckKey(const std::string& key) {
  std::vector<std::string> known;
  for (const SettingSpec& spec : SettingSpecs()) known.emplace_back(spec.key);
  if (std::find(known.begin(), known.end(), key) != known.end()) return absl::OkStatus();
  const auto nearest = Nearest(key, known);
  return absl::InvalidArgumentError(
      fmt::format("there is no setting \"{}\"{}", key,
                  nearest ? fmt::format("; did you mean \"{}\"?", *nearest)
                          : "; `consil config show` lists them"));
}

absl::StatusOr<int> Show(Context& context, const ConfigOptions&) {
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  TableWriter table({{.header = "SETTING"}, {.header = "VALUE"}, {.header = "FROM"}}, 0,
                    context.palette(), [&](std::string_view text) { (*sink)->Write(text); });
  for (const auto& [key, setting] : context.settings()) {
    table.Add({{key}, {key == "token" ? "(not shown)" : setting.value}, {setting.origin}});
  }
  table.Finish();
  return kSuccess;
}

absl::StatusOr<int> Path(Context& context, const ConfigOptions&) {
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  (*sink)->Write(context.config().path() + "\n");
  return kSuccess;
}

absl::StatusOr<int> Contexts(Context& context, const ConfigOptions&) {
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  const std::string& current = context.settings().find("context")->second.value;
  std::vector<std::string> names = context.config().Sections();
  if (std::find(names.begin(), names.end(), current) == names.end()) names.push_back(current);
  for (const std::string& name : names) {
    (*sink)->Write(fmt::format("{} {}\n", name == current ? "*" : " ", name));
  }
  return kSuccess;
}

absl::StatusOr<int> Saved(const ConfigFile& config) {
  if (absl::Status status = config.Save(); !status.ok()) return status;
  return kSuccess;
}

absl::StatusOr<int> Set(Context& context, const ConfigOptions& options) {
  if (absl::Status status = CheckKey(options.key); !status.ok()) return status;
  // One that no command takes would keep this one from being run again.
  const absl::Status status =
      CheckSetting(options.key, {options.value, "config set " + options.key});
  if (!status.ok()) return status;
  context.config().Set(context.settings().find("context")->second.value, options.key,
                       options.value);
  return Saved(context.config());
}

absl::StatusOr<int> Unset(Context& context, const ConfigOptions& options) {
  const std::string& section = context.settings().find("context")->second.value;
  if (!context.config().Unset(section, options.key)) {
    return absl::NotFoundError(fmt::format("\"{}\" is not set in context \"{}\" of {}", options.key,
                                           section, context.config().path()));
  }
  return Saved(context.config());
}

absl::StatusOr<int> Use(Context& context, const ConfigOptions& options) {
  const std::vector<std::string> names = context.config().Sections();
  if (options.value != "default" &&
      std::find(names.begin(), names.end(), options.value) == names.end()) {
    return absl::InvalidArgumentError(
        fmt::format("there is no context \"{0}\"; make it with `consil config set server HOST:PORT "
                    "--context {0}`",
                    options.value));
  }
  context.config().Set("", "context", options.value);
  return Saved(context.config());
}

}  // namespace

void AddConfig(CLI::App& parent, Context& context) {
  CLI::App* config =
      AddCommand(parent, "config", "Contexts, and the settings in force",
                 "  consil config show\n"
                 "  consil config set server scores.example.org:7400 --context newsroom\n"
                 "  consil config use newsroom\n");
  config->require_subcommand(1);
  auto options = std::make_shared<ConfigOptions>();
  const auto add = [&](const char* name, const char* description, const char* example, auto run) {
    CLI::App* command = AddCommand(*config, name, description, example);
    Run(command, context, options, run);
    return command;
  };
  add("show", "Every setting, and where its value comes from", "  consil config show\n", Show);
  add("path", "Where the configuration is kept", "  consil config path\n", Path);
  add("contexts", "The contexts; * marks the one in use", "  consil config contexts\n", Contexts);
  CLI::App* set =
      add("set", "Set something in a context; --context makes a new one",
          "  consil config set server scores.example.org:7400 --context newsroom\n", Set);
  set->add_option("key", options->key, "a setting, such as server")->required();
  set->add_option("value", options->value, "its value")->required();
  set->callback([&context, options] {
    // The context that is to be made need not exist yet.
    context.makes_context = true;
    context.action = [options](Context& running) { return Set(running, *options); };
  });
  CLI::App* unset =
      add("unset", "Take something out of a context", "  consil config unset server\n", Unset);
  unset->add_option("key", options->key, "a setting")->required();
  CLI::App* use =
      add("use", "Choose the context to use from now on", "  consil config use default\n", Use);
  use->add_option("name", options->value, "a context")->required();
}

}  // namespace consilience::cli
