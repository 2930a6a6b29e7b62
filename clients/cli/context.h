// What every command stands on: settings, servers, and where its output goes.
#ifndef CONSILIENCE_CLIENTS_CLI_CONTEXT_H_
#define CONSILIENCE_CLIENTS_CLI_CONTEXT_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/config_file.h"
#include "clients/cli/output/record_writer.h"
#include "clients/cli/output/sink.h"
#include "clients/cli/output/style.h"
#include "clients/cli/output/terminal.h"
#include "clients/cli/settings.h"

namespace consilience::client {
class ClaimsClient;
class DocumentsClient;
class SourcesClient;
}  // namespace consilience::client

namespace consilience::cli {

class Context;

// What a command does once its arguments are known; gives the exit code.
using Action = std::function<absl::StatusOr<int>(Context&)>;

// One run of the program. Not thread-safe.
class Context {
 public:
  explicit Context(Environment environment);
  ~Context();

  // Filled while the command line is parsed.
  std::map<std::string, std::string> flags;  // settings given as flags
  std::string out_file;                      // --out
  bool quiet = false;
  bool makes_context = false;  // --context may name one that is not there yet
  Action action;

  // Settles the settings; call once, after parsing.
  absl::Status Prepare();

  const Environment& environment() const { return environment_; }
  const Terminal& terminal() const { return terminal_; }
  const Settings& settings() const { return settings_; }
  ConfigFile& config() { return config_; }
  Format format() const { return format_; }
  bool is_text() const { return format_ == Format::kTable || format_ == Format::kWide; }

  // Made when first asked for; nothing is sent before the first call.
  absl::StatusOr<client::ClaimsClient*> Claims();
  absl::StatusOr<client::DocumentsClient*> Documents();
  absl::StatusOr<client::SourcesClient*> Sources();

  // The place for data: --out, a pager when `paged` and a person is looking, else stdout. Opened
  // once.
  absl::StatusOr<Sink*> Output(bool paged);
  // Flushes and closes it.
  absl::Status CloseOutput();

  // Columns to fit data into; 0 when there is no limit.
  int width() const;
  Palette palette() const;
  // Writes a line to stderr, unless --quiet.
  void Note(std::string_view line) const;
  // Writes a warning to stderr, always.
  void Warn(std::string_view line) const;
  bool shows_progress() const { return terminal_.errors_are_terminal && !quiet; }

  // One message: as JSON, as its name, or as the text that `render` makes for a person.
  absl::Status WriteOne(const google::protobuf::Message& message, const std::string& name,
                        const std::function<std::string()>& render);

 private:
  absl::StatusOr<std::shared_ptr<client::Connection>> Connect();

  const Environment environment_;
  const Terminal terminal_;
  ConfigFile config_;
  Settings settings_;
  Format format_ = Format::kTable;
  ColourMode colour_ = ColourMode::kAuto;
  std::unique_ptr<Sink> sink_;
  std::shared_ptr<client::Connection> connection_;
  std::unique_ptr<client::ClaimsClient> claims_;
  std::unique_ptr<client::DocumentsClient> documents_;
  std::unique_ptr<client::SourcesClient> sources_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_CONTEXT_H_
