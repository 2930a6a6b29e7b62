#include "clients/cli/config_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "fmt/format.h"

namespace consilience::cli {
namespace {

std::string_view Stripped(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::optional<std::string> Unquoted(std::string_view text) {
  if (text.empty() || text.front() != '"') return std::string(text);
  std::string value;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      return Stripped(text.substr(i + 1)).empty() ? std::optional(value) : std::nullopt;
    }
    if (text[i] == '\\' && ++i == text.size()) break;
    value += text[i];
  }
  return std::nullopt;
}

std::string Quoted(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

}  // namespace

std::string ConfigPath(const Environment& environment) {
  if (const auto path = environment("CONSIL_CONFIG")) return *path;
  std::string base = environment("XDG_CONFIG_HOME").value_or("");
  if (base.empty()) base = environment("HOME").value_or("") + "/.config";
  return base + "/consil/config";
}

absl::StatusOr<ConfigFile> ConfigFile::Load(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Parse("", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::InvalidArgumentError(
        fmt::format("the configuration \"{}\" cannot be read; check its permissions", path));
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return Parse(text, path);
}

absl::StatusOr<ConfigFile> ConfigFile::Parse(std::string_view text, const std::string& path) {
  ConfigFile config;
  config.path_ = path;
  std::string section;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    Line line;
    line.text = std::string(text.substr(begin, end - begin));
    begin = end + 1;
    const std::string_view body = Stripped(line.text);
    const auto problem = [&](std::string_view what) {
      return absl::InvalidArgumentError(
          fmt::format("{}:{}: {}: {}", path, config.lines_.size() + 1, what, body));
    };
    if (!body.empty() && body.front() == '[') {
      if (body.back() != ']') return problem("a section is written [name]");
      section = std::string(Stripped(body.substr(1, body.size() - 2)));
      line.opens_section = true;
    } else if (!body.empty() && body.front() != '#') {
      const size_t equals = body.find('=');
      if (equals == std::string_view::npos) return problem("expected key = \"value\"");
      line.key = std::string(Stripped(body.substr(0, equals)));
      const auto value = Unquoted(Stripped(body.substr(equals + 1)));
      if (!value || line.key.empty()) return problem("expected key = \"value\"");
      line.value = *value;
    }
    line.section = section;
    config.lines_.push_back(std::move(line));
  }
  return config;
}

std::optional<std::string> ConfigFile::Get(std::string_view section, std::string_view key) const {
  const size_t line = LineOf(section, key);
  if (line == 0) return std::nullopt;
  return lines_[line - 1].value;
}

size_t ConfigFile::LineOf(std::string_view section, std::string_view key) const {
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].section == section && lines_[i].key == key && !key.empty()) return i + 1;
  }
  return 0;
}

std::vector<std::string> ConfigFile::KeysIn(std::string_view section) const {
  std::vector<std::string> keys;
  for (const Line& line : lines_) {
    if (line.section == section && !line.key.empty()) keys.push_back(line.key);
  }
  return keys;
}

void ConfigFile::Set(const std::string& section, const std::string& key, std::string_view value) {
  const Line entry{key + " = " + Quoted(value), section, key, std::string(value), false};
  if (const size_t line = LineOf(section, key); line != 0) {
    lines_[line - 1] = entry;
    return;
  }
  const auto last = std::find_if(lines_.rbegin(), lines_.rend(), [&](const Line& line) {
    return line.section == section && !Stripped(line.text).empty();
  });
  if (last != lines_.rend()) {
    lines_.insert(last.base(), entry);
  } else if (section.empty()) {
    lines_.insert(lines_.begin(), entry);
  } else {
    if (!lines_.empty()) lines_.push_back({"", lines_.back().section, "", "", false});
    lines_.push_back({"[" + section + "]", section, "", "", true});
    lines_.push_back(entry);
  }
}

bool ConfigFile::Unset(std::string_view section, std::string_view key) {
  const size_t line = LineOf(section, key);
  if (line == 0) return false;
  lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(line) - 1);
  return true;
}

std::vector<std::string> ConfigFile::Sections() const {
  std::vector<std::string> sections;
  for (const Line& line : lines_) {
    if (line.opens_section &&
        std::find(sections.begin(), sections.end(), line.section) == sections.end()) {
      sections.push_back(line.section);
    }
  }
  return sections;
}

std::string ConfigFile::Text() const {
  std::string text;
  for (const Line& line : lines_) text += line.text + "\n";
  return text;
}

absl::Status ConfigFile::Save() const {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  std::ofstream file(path_, std::ios::binary | std::ios::trunc);
  file << Text();
  file.close();
  if (!file) {
    return absl::PermissionDeniedError(
        fmt::format("the configuration \"{}\" cannot be written; check the permissions, or name "
                    "another file in CONSIL_CONFIG",
                    path_));
  }
  fs::permissions(path_, fs::perms::owner_read | fs::perms::owner_write, error);
  return absl::OkStatus();
}

}  // namespace consilience::cli
