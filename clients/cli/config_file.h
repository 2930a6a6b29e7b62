// The file with a person's contexts: which servers, with which credentials.
//
//   file    = { comment | blank | section | entry }
//   section = "[" name "]"                   a context
//   entry   = key "=" value                  value: "quoted" (\" and \\ as in JSON) or bare up to
//   the end of the line comment = "#" …
//
// The one key before the first section is `context`: the one in use.
#ifndef CONSILIENCE_CLIENTS_CLI_CONFIG_FILE_H_
#define CONSILIENCE_CLIENTS_CLI_CONFIG_FILE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/output/terminal.h"

namespace consilience::cli {

// CONSIL_CONFIG, else consil/config under XDG_CONFIG_HOME, else under ~/.config.
std::string ConfigPath(const Environment& environment);

// Keeps the lines, so that comments survive an edit. Not thread-safe.
class ConfigFile {
 public:
  // A file that is not there is an empty one. INVALID_ARGUMENT names file and line.
  static absl::StatusOr<ConfigFile> Load(const std::string& path);
  static absl::StatusOr<ConfigFile> Parse(std::string_view text, const std::string& path);

  // `section` "" is the part before the first section.
  std::optional<std::string> Get(std::string_view section, std::string_view key) const;
  void Set(const std::string& section, const std::string& key, std::string_view value);
  // False when there was nothing to remove.
  bool Unset(std::string_view section, std::string_view key);
  std::vector<std::string> Sections() const;
  // Line of an entry, counted from 1; 0 when it is not there.
  size_t LineOf(std::string_view section, std::string_view key) const;
  std::vector<std::string> KeysIn(std::string_view section) const;

  const std::string& path() const { return path_; }
  std::string Text() const;
  // Writes the file and makes the folders to it; only its owner may read it, for it can name
  // credentials.
  absl::Status Save() const;

 private:
  struct Line {
    std::string text;
    std::string section;  // the one it belongs to
    std::string key;      // empty unless an entry
    std::string value;
    bool opens_section = false;
  };

  std::string path_;
  std::vector<Line> lines_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_CONFIG_FILE_H_
