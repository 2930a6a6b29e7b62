// Articles as they lie on a disk or come down a pipe.
#ifndef CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_
#define CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_

#include <cstddef>
#include <deque>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cli/ingest/item_reader.h"
#include "clients/cli/input/manifest.h"
#include "services/ingest/readers/document.h"

namespace consilience::cli {

struct InputItem {
  std::string label;  // "articles/000.txt", "batch.jsonl:17"
  // Of a record or item what it says, else its label; of a file its name without folders and
  // extension.
  std::string id;
  std::string content;         // empty when `status` is an error
  bool is_plain_text = false;  // a record's text; a file's format is for the reader to tell
  ItemMetadata metadata;
  absl::Status status;       // why there is no content
  absl::Status date_status;  // why the date was dropped from the metadata
};

// Gives out, one at a time, what files, folders and stdin hold. A folder is read with everything
// under it, in the order of the names, without hidden files; the manifest.jsonl in it and in
// folders below are its manifest.
//
// *.jsonl, and a stdin that begins with a brace, hold one record a line: {text, id, date, source |
// outlet, title, url}. Their texts and plain text are given as they are, so that spans count the
// bytes of the file; pages, feeds, WARC, JSON, archives and compressed files are read as
// `consil ingest` reads them. Not thread-safe.
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
  bool OpenItems(const std::string& path);
  std::optional<InputItem> NextItem();
  absl::Status AddFolder(const std::string& path, const std::string& manifest);

  std::vector<std::string> files_;
  size_t next_file_ = 0;
  size_t total_ = 0;
  Manifest manifest_;
  std::vector<std::string> missing_;

  std::unique_ptr<std::istream> lines_;  // of the JSONL file being read
  std::string lines_path_;
  size_t line_ = 0;

  std::unique_ptr<ItemReader> items_;  // of the feed, archive … being read
  std::string items_path_;
  std::deque<ingest::ReadItem> ready_;  // of it, or of stdin
  std::string stdin_;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INPUT_INPUT_READER_H_
