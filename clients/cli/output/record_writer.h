// A list of records in the format that the caller asked for.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_RECORD_WRITER_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_RECORD_WRITER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/sink.h"
#include "clients/cli/output/table.h"
#include "google/protobuf/message.h"

namespace consilience::cli {

enum class Format { kTable, kWide, kJson, kJsonLines, kCsv, kTsv, kName };

// "table", "wide", "json", "jsonl", "csv", "tsv", "name".
std::optional<Format> ParseFormat(std::string_view name);

// One field of a CSV line, quoted as RFC 4180 wants it. Spreadsheets run text that begins like a
// formula, and articles are other people's: an apostrophe goes before it, which they show as text.
std::string CsvField(std::string_view text);

// One field of a TSV line; tabs and line ends within it become spaces.
std::string TsvField(std::string_view text);

struct Record {
  Row cells;  // one for each column, the wide ones too
  const google::protobuf::Message* message = nullptr;
  std::string name;  // resource name
};

// Streams: no format needs more memory than the first rows of a table.
class RecordWriter {
 public:
  // `width` and `palette` are for tables.
  RecordWriter(Sink& sink, Format format, const std::vector<Column>& columns, int width,
               Palette palette);

  void Write(const Record& record);
  void Finish();
  size_t count() const { return count_; }

 private:
  Row CellsInUse(const Row& cells) const;
  void WriteSeparated(const Row& cells);

  Sink& sink_;
  const Format format_;
  const std::vector<Column> columns_;
  TableWriter table_;
  size_t count_ = 0;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_RECORD_WRITER_H_
