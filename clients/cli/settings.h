// What can be set once for all commands, and where each value came from.
#ifndef CONSILIENCE_CLIENTS_CLI_SETTINGS_H_
#define CONSILIENCE_CLIENTS_CLI_SETTINGS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/cli/config_file.h"
#include "clients/cli/output/terminal.h"
#include "clients/cpp/connection.h"

namespace consilience::cli {

struct SettingSpec {
  std::string_view key;          // flag --key, key of the configuration file
  std::string_view environment;  // CONSIL_KEY
  std::string_view fallback;
  std::string_view value;  // what it takes, for the help; empty for a switch ("true" or "false")
  std::string_view help;
};

// In the order of the help.
const std::vector<SettingSpec>& SettingSpecs();

// Every variable of the environment that the program looks at.
std::vector<std::string> Variables();

struct Setting {
  std::string value;
  std::string origin;  // "--server", "CONSIL_SERVER", "~/.config/consil/config:3", "default"
};

using Settings = std::map<std::string, Setting, std::less<>>;

// Flag before environment before file before default. `flags`: what was given on the command line.
// The context is
// --context, CONSIL_CONTEXT, the file's `context`, or "default". INVALID_ARGUMENT names an unknown
// key or context.
absl::StatusOr<Settings> ResolveSettings(const std::map<std::string, std::string>& flags,
                                         const Environment& environment, const ConfigFile& config,
                                         bool makes_context = false);

// Whether a setting's value is one that it can have; INVALID_ARGUMENT names key, value, where that
// comes from and what would do.
absl::Status CheckSetting(std::string_view key, const Setting& setting);

// "30s", "2m", "1500ms"; a bare number is seconds.
absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text, std::string_view origin);

// Where a service ("ingest-server") is: what was said of it, else what was said of all (`server`),
// else its default.
const std::string& AddressFor(const Settings& settings, std::string_view service);

// Reads the token file when there is one.
absl::StatusOr<client::ConnectionOptions> ToConnectionOptions(const Settings& settings);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_SETTINGS_H_
