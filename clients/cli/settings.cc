#include "clients/cli/settings.h"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <utility>

#include "absl/strings/string_view.h"
#include "clients/cli/output/record_writer.h"
#include "clients/cli/suggest.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr std::string_view kDefaultOrigin = "default";

std::vector<std::string> KnownKeys() {
  std::vector<std::string> keys;
  for (const SettingSpec& spec : SettingSpecs()) keys.emplace_back(spec.key);
  return keys;
}

absl::Status CheckKeys(const ConfigFile& config, const std::string& section,
                       const std::vector<std::string>& known) {
  for (const std::string& key : config.KeysIn(section)) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const auto nearest = Nearest(key, known);
    return absl::InvalidArgumentError(
        fmt::format("{}:{}: unknown setting \"{}\"{}", config.path(), config.LineOf(section, key),
                    key, nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : ""));
  }
  return absl::OkStatus();
}

absl::Status CheckConfig(const ConfigFile& config, const std::string& context, bool makes_context) {
  if (absl::Status status = CheckKeys(config, "", {"context"}); !status.ok()) return status;
  if (absl::Status status = CheckKeys(config, context, KnownKeys()); !status.ok()) return status;
  const std::vector<std::string> sections = config.Sections();
  if (context != "default" && !makes_context &&
      std::find(sections.begin(), sections.end(), context) == sections.end()) {
    const auto nearest = Nearest(context, sections);
    return absl::InvalidArgumentError(fmt::format(
        "there is no context \"{}\" in {}{}", context, config.path(),
        nearest
            ? fmt::format("; did you mean \"{}\"?", *nearest)
            : "; make one with `consil config set server HOST:PORT --context " + context + "`"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadToken(const std::string& path) {
  std::ifstream file(path);
  std::string token;
  if (!(file >> token)) {
    return absl::InvalidArgumentError(
        fmt::format("token-file \"{}\" cannot be read or is empty", path));
  }
  return token;
}

}  // namespace

const std::vector<SettingSpec>& SettingSpecs() {
  static const auto* const kSpecs = new std::vector<SettingSpec>{
      {"server", "CONSIL_SERVER", "", "HOST:PORT", "one address that serves everything"},
      {"ingest-server", "CONSIL_INGEST_SERVER", "127.0.0.1:7401", "HOST:PORT",
       "the ingest service"},
      {"corroboration-server", "CONSIL_CORROBORATION_SERVER", "127.0.0.1:7403", "HOST:PORT",
       "the corroboration service"},
      {"extraction-server", "CONSIL_EXTRACTION_SERVER", "127.0.0.1:7402", "HOST:PORT",
       "the extraction service"},
      {"tls", "CONSIL_TLS", "false", "", "speak TLS, trusting what the system trusts"},
      {"ca", "CONSIL_CA", "", "FILE", "speak TLS, trusting this authority"},
      {"cert", "CONSIL_CERT", "", "FILE", "certificate of this client"},
      {"key", "CONSIL_KEY", "", "FILE", "key of this client's certificate"},
      {"server-name", "CONSIL_SERVER_NAME", "", "NAME",
       "name that the server's certificate carries"},
      {"token-file", "CONSIL_TOKEN_FILE", "", "FILE",
       "file with the bearer token (or CONSIL_TOKEN, the token itself)"},
      {"timeout", "CONSIL_TIMEOUT", "30s", "TIME", "longest wait for one answer: 500ms, 30s, 2m"},
      {"output", "CONSIL_OUTPUT", "table", "FORMAT", "table, wide, json, jsonl, csv, tsv or name"},
      {"color", "CONSIL_COLOR", "auto", "WHEN", "auto, always or never"},
      {"pager", "CONSIL_PAGING", "auto", "WHEN", "auto (on a terminal) or never"},
  };
  return *kSpecs;
}

std::vector<std::string> Variables() {
  std::vector<std::string> names = {"CONSIL_CONFIG", "CONSIL_CONTEXT", "CONSIL_PAGER",
                                    "CONSIL_TOKEN"};
  for (const SettingSpec& spec : SettingSpecs()) names.emplace_back(spec.environment);
  return names;
}

absl::StatusOr<Settings> ResolveSettings(const std::map<std::string, std::string>& flags,
                                         const Environment& environment, const ConfigFile& config,
                                         bool makes_context) {
  Settings settings;
  Setting context{"default", "default"};
  if (const auto in_file = config.Get("", "context")) context = {*in_file, config.path()};
  if (const auto value = environment("CONSIL_CONTEXT"); value && !value->empty()) {
    context = {*value, "CONSIL_CONTEXT"};
  }
  if (const auto flag = flags.find("context"); flag != flags.end()) {
    context = {flag->second, "--context"};
  }
  if (absl::Status status = CheckConfig(config, context.value, makes_context); !status.ok()) {
    return status;
  }
  settings["context"] = context;

  for (const SettingSpec& spec : SettingSpecs()) {
    const std::string key(spec.key);
    Setting& setting = settings[key];
    if (const auto flag = flags.find(key); flag != flags.end()) {
      setting = {flag->second, "--" + key};
    } else if (const auto value = environment(std::string(spec.environment).c_str());
               value && !value->empty()) {
      setting = {*value, std::string(spec.environment)};
    } else if (const auto entry = config.Get(context.value, key)) {
      setting = {*entry, fmt::format("{}:{}", config.path(), config.LineOf(context.value, key))};
    } else {
      setting = {std::string(spec.fallback), std::string(kDefaultOrigin)};
    }
  }
  if (const auto token = environment("CONSIL_TOKEN")) settings["token"] = {*token, "CONSIL_TOKEN"};
  return settings;
}

absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text, std::string_view origin) {
  absl::Duration duration;
  const std::string value(text);
  const bool is_number =
      !value.empty() && value.find_first_not_of("0123456789.") == std::string::npos;
  if (!absl::ParseDuration(is_number ? value + "s" : value, &duration) ||
      duration <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError(fmt::format(
        "timeout \"{}\" ({}) is no length of time; write 500ms, 30s or 2m", value, origin));
  }
  return duration;
}

absl::Status CheckSetting(std::string_view key, const Setting& setting) {
  const std::string& value = setting.value;
  const auto known = [&](std::initializer_list<std::string_view> choices) {
    return std::find(choices.begin(), choices.end(), value) != choices.end();
  };
  const auto unknown = [&](std::string_view choices) {
    return absl::InvalidArgumentError(
        fmt::format("{} \"{}\" ({}) is unknown; choose {}", key, value, setting.origin, choices));
  };
  if (key == "output" && !ParseFormat(value)) {
    return unknown("table, wide, json, jsonl, csv, tsv or name");
  }
  if (key == "color" && !known({"auto", "always", "never"})) {
    return unknown("auto, always or never");
  }
  if (key == "pager" && !known({"auto", "never"})) return unknown("auto or never");
  // What is taken for false by mistake would speak in the clear.
  if (key == "tls" && !known({"true", "false"})) return unknown("true or false");
  if (key == "timeout") return ParseTimeout(value, setting.origin).status();
  if (key.ends_with("server") && !value.empty() && value.find(':') == std::string::npos) {
    return absl::InvalidArgumentError(fmt::format(
        "{0} \"{1}\" has no port; write HOST:PORT, for instance \"{1}:7400\"", key, value));
  }
  return absl::OkStatus();
}

// A flag beats the environment, which beats the configuration; of two that are given in one way the
// address of the service itself beats that of all services.
const std::string& AddressFor(const Settings& settings, std::string_view service) {
  const auto rank = [](const Setting& setting) {
    if (setting.value.empty() || setting.origin == kDefaultOrigin) return 0;
    if (setting.origin.starts_with("--")) return 3;
    return setting.origin.starts_with("CONSIL_") ? 2 : 1;
  };
  const Setting& own = settings.find(service)->second;
  const Setting& all = settings.find("server")->second;
  return rank(all) > rank(own) ? all.value : own.value;
}

absl::StatusOr<client::ConnectionOptions> ToConnectionOptions(const Settings& settings) {
  const auto value = [&](std::string_view key) -> const std::string& {
    return settings.find(key)->second.value;
  };
  client::ConnectionOptions options;
  options.user_agent = "consil";
  options.ingest_server = AddressFor(settings, "ingest-server");
  options.corroboration_server = AddressFor(settings, "corroboration-server");
  options.extraction_server = AddressFor(settings, "extraction-server");
  if (!value("server").empty()) options.server = value("server");
  auto timeout = ParseTimeout(value("timeout"), settings.find("timeout")->second.origin);
  if (!timeout.ok()) return timeout.status();
  options.deadline = *timeout;
  // Longer than all attempts of a call, so that a command tells why the first of them failed.
  options.first_reconnect = absl::Seconds(1);
  if (value("tls") == "true" || !value("ca").empty() || !value("cert").empty()) {
    options.tls =
        client::TlsOptions{value("ca"), value("cert"), value("key"), value("server-name")};
  }
  if (!value("token-file").empty()) {
    auto token = ReadToken(value("token-file"));
    if (!token.ok()) return token.status();
    options.token = *std::move(token);
  } else if (const auto token = settings.find("token"); token != settings.end()) {
    options.token = token->second.value;
  }
  return options;
}

}  // namespace consilience::cli
