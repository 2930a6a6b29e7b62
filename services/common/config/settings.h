// Settings of a program: one registration gives the flag, the environment variable, the key in the
// file, the line in
// --help and the line in --print-config. A flag beats the environment, the environment beats the
// file, the file beats the default.
//
//   Settings settings("consilience-ingest", "Keeps documents and drives them through the
//   pipeline."); settings.Add("data-dir", options.data_dir, "Folder of the embedded store.");
//   settings.Add("workers", options.workers, "Threads that serve calls.", {.minimum = 1, .maximum =
//   512});
//
// "data-dir" is then --data-dir, CONSIL_DATA_DIR, and data-dir = "…" in the file that --config
// names. An unknown flag or key is refused naming the nearest known one; a variable that is nearly
// one of these is passed over and named. (The prefix is not CONSILIENCE_, which Kubernetes' own
// service variables would collide with.)
#ifndef CONSILIENCE_SERVICES_COMMON_CONFIG_SETTINGS_H_
#define CONSILIENCE_SERVICES_COMMON_CONFIG_SETTINGS_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/config/environment.h"

namespace consilience::common {

struct Bounds {
  int64_t minimum = 0;
  int64_t maximum = std::numeric_limits<int64_t>::max();
};

// Not thread-safe; used once, at start.
class Settings {
 public:
  Settings(std::string_view program, std::string_view description);
  ~Settings();
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  // `target` holds the default and must outlive Parse. `help` is one sentence.
  void Add(std::string_view key, std::string& target, std::string_view help);
  void Add(std::string_view key, std::string& target, std::string_view help,
           std::vector<std::string> choices);
  // A text that --print-config and --help tell only whether it is set.
  void AddSecret(std::string_view key, std::string& target, std::string_view help);
  void Add(std::string_view key, int& target, std::string_view help, Bounds bounds = {});
  void Add(std::string_view key, int64_t& target, std::string_view help, Bounds bounds = {});
  void Add(std::string_view key, double& target, std::string_view help, double minimum,
           double maximum);
  // true/false, yes/no, on/off, 1/0; the bare flag is true.
  void Add(std::string_view key, bool& target, std::string_view help);
  // "250ms", "30s", "5m", "1h30m".
  void Add(std::string_view key, absl::Duration& target, std::string_view help);

  struct Result {
    bool exit =
        false;  // --help, --version or --print-config was asked for: print `output` and exit 0
    std::string output;
    // Variables of the environment that look like slips of the hand (see LikelySlips). No errors:
    // our programs share the prefix, and may share an environment.
    std::vector<absl::Status> passed_over;
  };
  absl::StatusOr<Result> Parse(const std::vector<std::string>& arguments,
                               const Variables& environment);
  // The same over main's arguments and the process's environment.
  absl::StatusOr<Result> Parse(int argc, const char* const* argv);

 private:
  struct Setting;

  // Reads the text of a value into its target; an error is the rule that it breaks.
  using Reader = std::function<std::optional<std::string>(const std::string& text)>;
  void Register(std::string_view key, std::string_view help, std::string_view kind, Reader read,
                std::function<std::string()> write);
  Setting* Find(std::string_view key);
  std::string Nearest(std::string_view key) const;
  absl::Status ReadArguments(const std::vector<std::string>& arguments, Result& result);
  void ReadEnvironment(const Variables& environment, Result& result);
  absl::Status ReadFile(const std::string& path);
  absl::Status Apply();
  std::string Help() const;
  std::string Print() const;

  std::string program_;
  std::string description_;
  std::string file_;
  std::vector<std::unique_ptr<Setting>> settings_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_CONFIG_SETTINGS_H_
