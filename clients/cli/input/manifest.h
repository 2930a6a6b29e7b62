// What is known of articles besides their text, one JSON object a line:
//
//   {"file": "000.txt", "date": "2016-11-22", "outlet": …, "url": …, "title": …, "evidence": …}
//
// `file` is a path relative to the manifest's own folder, or a bare file name; all else is
// optional, and null is unknown.
#ifndef CONSILIENCE_CLIENTS_CLI_INPUT_MANIFEST_H_
#define CONSILIENCE_CLIENTS_CLI_INPUT_MANIFEST_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace consilience::cli {

struct ItemMetadata {
  std::string title;
  std::string date;
  std::string outlet;
  std::string url;
  std::string date_evidence;  // where the date was taken from, when the publisher does not state it
  std::string origin;         // where this was read: "manifest.jsonl:3"
};

// A JSON object's metadata, under any of the names of record_names.h; `evidence` is another name
// for the evidence of the date. INVALID_ARGUMENT says what is wrong and where.
struct JsonRecord {
  std::string file;
  std::string id;
  std::string text;
  bool has_text = false;
  ItemMetadata metadata;
};
absl::StatusOr<JsonRecord> ParseRecord(std::string_view line, const std::string& origin);

// Leaves a day, an RFC 3339 instant or nothing in `date`: a time of day without a zone is cut off.
// INVALID_ARGUMENT names a date that is none, and clears it.
absl::Status TidyDate(ItemMetadata& metadata);

class Manifest {
 public:
  // Adds what `path` says. INVALID_ARGUMENT names file and line.
  absl::Status Load(const std::string& path);

  // Metadata for a file, by its path, else by its bare name; empty when the manifest does not know
  // it.
  ItemMetadata For(const std::string& path);
  // Files named and never asked for.
  std::vector<std::string> Unused() const;

 private:
  struct Entry {
    ItemMetadata metadata;
    bool used = false;
  };
  std::map<std::string, Entry> entries_;                   // by canonical path, and by bare name
  std::vector<std::pair<std::string, std::string>> keys_;  // canonical path, as named in the file
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INPUT_MANIFEST_H_
