#include "services/common/config/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <utility>

#include "services/common/config/nearest.h"
#include "services/common/errors/catalogue.h"
#include "services/common/text/strings.h"

#ifndef CONSILIENCE_VERSION
#define CONSILIENCE_VERSION "unversioned"
#endif

namespace consilience::common {
namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

template <typename Number>
bool ParseWhole(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<bool> ParseBool(const std::string& text) {
  if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
  if (text == "false" || text == "no" || text == "off" || text == "0") return false;
  return std::nullopt;
}

}  // namespace

struct Settings::Setting {
  std::string key;
  std::string help;
  std::string kind;
  Reader read;
  std::function<std::string()> write;
  // The value of the strongest source so far, and where it stands.
  std::optional<std::string> given;
  std::string origin = "default";
};

Settings::Settings(std::string_view program, std::string_view description)
    : program_(program), description_(description) {
  Add("config", file_, "File of settings, one \"key = value\" a line.");
}

Settings::~Settings() = default;

void Settings::Register(std::string_view key, std::string_view help, std::string_view kind,
                        Reader read, std::function<std::string()> write) {
  settings_.push_back(
      std::make_unique<Setting>(Setting{std::string(key), std::string(help), std::string(kind),
                                        std::move(read), std::move(write), std::nullopt}));
}

void Settings::Add(std::string_view key, std::string& target, std::string_view help) {
  Register(
      key, help, "TEXT",
      [&target](const std::string& text) -> std::optional<std::string> {
        target = text;
        return std::nullopt;
      },
      [&target] { return fmt::format("\"{}\"", target); });
}

void Settings::AddSecret(std::string_view key, std::string& target, std::string_view help) {
  Add(key, target, help);
  settings_.back()->write = [&target] {
    return std::string(target.empty() ? "\"\"" : "(set, not shown)");
  };
}

void Settings::Add(std::string_view key, std::string& target, std::string_view help,
                   std::vector<std::string> choices) {
  const std::string listed = fmt::format("{}", fmt::join(choices, "|"));
  Register(
      key, help, listed,
      [&target, choices = std::move(choices),
       listed](const std::string& text) -> std::optional<std::string> {
        if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
          return "must be one of " + listed;
        }
        target = text;
        return std::nullopt;
      },
      [&target] { return fmt::format("\"{}\"", target); });
}

void Settings::Add(std::string_view key, int64_t& target, std::string_view help, Bounds bounds) {
  Register(
      key, help, "NUMBER",
      [&target, bounds](const std::string& text) -> std::optional<std::string> {
        int64_t value = 0;
        if (!ParseWhole(text, value) || value < bounds.minimum || value > bounds.maximum) {
          return fmt::format("must be a whole number from {} to {}", bounds.minimum,
                             bounds.maximum);
        }
        target = value;
        return std::nullopt;
      },
      [&target] { return std::to_string(target); });
}

void Settings::Add(std::string_view key, int& target, std::string_view help, Bounds bounds) {
  bounds.maximum = std::min<int64_t>(bounds.maximum, std::numeric_limits<int>::max());
  auto wide = std::make_shared<int64_t>(target);
  Add(key, *wide, help, bounds);
  Setting& setting = *settings_.back();
  setting.read = [wide, &target, read = setting.read](const std::string& text) {
    auto problem = read(text);
    if (!problem.has_value()) target = static_cast<int>(*wide);
    return problem;
  };
}

void Settings::Add(std::string_view key, double& target, std::string_view help, double minimum,
                   double maximum) {
  Register(
      key, help, "NUMBER",
      [&target, minimum, maximum](const std::string& text) -> std::optional<std::string> {
        double value = 0;
        if (!ParseWhole(text, value) || !(value >= minimum && value <= maximum)) {
          return fmt::format("must be a number from {} to {}", minimum, maximum);
        }
        target = value;
        return std::nullopt;
      },
      [&target] { return fmt::format("{}", target); });
}

void Settings::Add(std::string_view key, bool& target, std::string_view help) {
  Register(
      key, help, "",
      [&target](const std::string& text) -> std::optional<std::string> {
        const auto value = ParseBool(text);
        if (!value.has_value()) return "must be true or false";
        target = *value;
        return std::nullopt;
      },
      [&target] { return std::string(target ? "true" : "false"); });
}

void Settings::Add(std::string_view key, absl::Duration& target, std::string_view help) {
  Register(
      key, help, "DURATION",
      [&target](const std::string& text) -> std::optional<std::string> {
        absl::Duration value;
        if (!absl::ParseDuration(text, &value) || value < absl::ZeroDuration()) {
          return "must be a duration like 250ms, 30s or 5m";
        }
        target = value;
        return std::nullopt;
      },
      [&target] { return fmt::format("\"{}\"", absl::FormatDuration(target)); });
}

Settings::Setting* Settings::Find(std::string_view key) {
  for (const auto& setting : settings_) {
    if (setting->key == key) return setting.get();
  }
  return nullptr;
}

std::string Settings::Nearest(std::string_view key) const {
  std::vector<std::string> keys;
  for (const auto& setting : settings_) keys.push_back(setting->key);
  return common::Nearest(key, keys);
}

absl::Status Settings::ReadArguments(const std::vector<std::string>& arguments, Result& result) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      result = {true, Help(), {}};
      return absl::OkStatus();
    }
    if (argument == "--version") {
      result = {true, fmt::format("{} {}\n", program_, CONSILIENCE_VERSION), {}};
      return absl::OkStatus();
    }
    if (argument == "--print-config") {
      result.exit = true;
      continue;
    }
    const size_t equals = argument.find('=');
    const std::string flag = argument.substr(0, equals);
    Setting* setting = flag.starts_with("--") ? Find(flag.substr(2)) : nullptr;
    if (setting == nullptr) {
      const std::string nearest = flag.starts_with("--") ? Nearest(flag.substr(2)) : "";
      return SettingUnknown(flag, program_, nearest.empty() ? "" : "--" + nearest);
    }
    setting->origin = flag;
    if (equals != std::string::npos) {
      setting->given = argument.substr(equals + 1);
    } else if (setting->kind.empty()) {
      setting->given = "true";
    } else if (i + 1 < arguments.size()) {
      setting->given = arguments[++i];
    } else {
      return SettingInvalid(setting->key, "", flag, "needs a value");
    }
  }
  return absl::OkStatus();
}

void Settings::ReadEnvironment(const Variables& environment, Result& result) {
  std::vector<std::string> known;
  for (const auto& setting : settings_) {
    known.push_back(VariableOf(setting->key));
    const auto variable = environment.find(known.back());
    if (setting->given.has_value() || variable == environment.end()) continue;
    setting->given = variable->second;
    setting->origin = variable->first;
  }
  result.passed_over = LikelySlips(environment, known);
}

absl::Status Settings::ReadFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return FileUnreadable(path, "it does not exist or this user may not read it");
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string_view text = Trim(line);
    if (text.empty() || text.front() == '#') continue;
    const std::string origin = fmt::format("{}:{}", path, number);
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return SettingInvalid("line", text, origin, "must read \"key = value\"");
    }
    const std::string_view key = Trim(text.substr(0, equals));
    std::string_view value = Trim(text.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    Setting* setting = Find(key);
    if (setting == nullptr || key == "config") return SettingUnknown(key, origin, Nearest(key));
    if (setting->given.has_value()) continue;
    setting->given = std::string(value);
    setting->origin = origin;
  }
  return absl::OkStatus();
}

absl::Status Settings::Apply() {
  for (const auto& setting : settings_) {
    if (!setting->given.has_value()) continue;
    const auto problem = setting->read(*setting->given);
    if (problem.has_value()) {
      return SettingInvalid(setting->key, *setting->given, setting->origin, *problem);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Settings::Result> Settings::Parse(const std::vector<std::string>& arguments,
                                                 const Variables& environment) {
  Result result;
  if (auto status = ReadArguments(arguments, result); !status.ok()) return status;
  if (!result.output.empty()) return result;
  ReadEnvironment(environment, result);
  if (const auto& path = Find("config")->given; path.has_value() && !path->empty()) {
    if (auto status = ReadFile(*path); !status.ok()) return status;
  }
  if (auto status = Apply(); !status.ok()) return status;
  if (result.exit) result.output = Print();
  return result;
}

absl::StatusOr<Settings::Result> Settings::Parse(int argc, const char* const* argv) {
  return Parse(std::vector<std::string>(argv + 1, argv + argc), ProcessVariables());
}

std::string Settings::Help() const {
  std::string text = fmt::format("{}\n\nusage: {} [settings]\n\n", description_, program_);
  const auto line = [&text](const std::string& flag, std::string_view help) {
    text += fmt::format("  {:<34} {}\n", flag, help);
  };
  for (const auto& setting : settings_) {
    const std::string flag = setting->kind.empty()
                                 ? "--" + setting->key
                                 : fmt::format("--{} {}", setting->key, setting->kind);
    line(flag, fmt::format("{} [{}]", setting->help, setting->write()));
  }
  line("--print-config", "Prints every setting with its value and where that comes from.");
  line("--version", "Prints the version.");
  text += fmt::format("\nEach setting is also an environment variable (--data-dir is {}).\n",
                      VariableOf("data-dir"));
  return text;
}

std::string Settings::Print() const {
  std::string text;
  for (const auto& setting : settings_) {
    if (setting->key == "config") continue;
    text += fmt::format("{} = {}  # {}\n", setting->key, setting->write(), setting->origin);
  }
  return text;
}

}  // namespace consilience::common
