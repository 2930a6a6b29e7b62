// Where a command's data goes: stdout, a pager in front of it, or a file.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_SINK_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_SINK_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/output/terminal.h"

namespace consilience::cli {

// Buffers and writes. When the reader of a pipe has gone (`| head`, or the pager was quit) the
// process ends at once with code 0: nobody is left to write for. Not thread-safe.
class Sink {
 public:
  static std::unique_ptr<Sink> ToStdout();
  // Through the pager that CONSIL_PAGER, PAGER or `less` names; plain stdout when there is none.
  static std::unique_ptr<Sink> ToPager(const Environment& environment);
  // Into a temporary file beside `path`, which takes its place on Close().
  static absl::StatusOr<std::unique_ptr<Sink>> ToFile(const std::string& path);

  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  void Write(std::string_view text);
  void Flush();
  // Flushes, waits for the pager, puts the file in its place; says what went wrong with any of it.
  absl::Status Close();

 private:
  Sink(int descriptor, std::string path, pid_t pager);

  int descriptor_;
  std::string path_;  // final name of a file; empty for stdout
  std::string temporary_path_;
  pid_t pager_;  // 0 when there is none
  std::string buffer_;
  absl::Status status_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_SINK_H_
