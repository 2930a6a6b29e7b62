// Articles as they lie on a disk or come down a pipe.
#ifndef CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_
#define CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_

#include <cstddef>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/input/manifest.h"

namespace consilience::cli {

struct InputItem {
  std::string label;    // "articles/000.txt", "batch.jsonl:17"
  std::string id;       // of a JSONL record; of a file its name without folders and extension
  std::string content;  // empty when `status` is an error
  bool is_plain_text = false;  // a record's text; a file's format is for the reader to tell
  ItemMetadata metadata;
  absl::Status status;       // why there is no content
  absl::Status date_status;  // why the date was dropped from the metadata
};

// Gives out, one at a time, what files, folders and stdin hold. A folder is read with everything
// under it, in the order of the names, without hidden files; its manifest.jsonl is its manifest.
// *.jsonl, and a stdin that begins with a brace, hold one record a line: {text, id, date, source |
// outlet, title, url}. Not thread-safe.
class InputReader {
 public:
  // `paths`: files, folders, "-" for stdin. `manifest`: empty for none but those of folders.
  // NOT_FOUND names a path that is not there; INVALID_ARGUMENT file and line of a manifest that
  // cannot be read.
  static absl::StatusOr<InputReader> Open(const std::vector<std::string>& paths,
                                          const std::string& manifest);

  std::optional<InputItem> Next();

  // How many items there are; 0 when that is not known before they have been read.
  size_t total() const { return total_; }
  // Files that a manifest names and that are not there.
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  InputItem ReadWhole(const std::string& path);
  std::optional<InputItem> NextLine();
  bool OpenLines(const std::string& path);
  absl::Status AddFolder(const std::string& path, const std::string& manifest);

  std::vector<std::string> files_;
  size_t next_file_ = 0;
  size_t total_ = 0;
  Manifest manifest_;
  std::vector<std::string> missing_;

  std::unique_ptr<std::istream> lines_;  // of the JSONL file being read
  std::string lines_path_;
  size_t line_ = 0;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_
