// Data files of the rule packs: tab-separated tables with a schema.
//
//   #schema NAME VERSION
//   column<TAB>column…
//   cell<TAB>cell…
//
// Blank lines and lines that start with "#" are passed over. Cells are trimmed; a row may leave out
// empty cells at its end. Errors say "FILE:LINE: reason".
#ifndef CONSILIENCE_SERVICES_EXTRACTION_LEXICON_TABLE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_LEXICON_TABLE_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace consilience::extraction {

class Table {
 public:
  struct Row {
    size_t line = 0;                 // from 1
    std::vector<std::string> cells;  // as many as there are columns

    const std::string& operator[](size_t column) const { return cells[column]; }
  };

  struct Schema {
    std::string_view name;
    int version = 1;
    std::vector<std::string_view> columns;
  };

  // Reads a file and checks it against the schema: name, version, columns in order, no row too
  // wide.
  static absl::StatusOr<Table> Load(const std::filesystem::path& file, const Schema& schema);
  // The same for content that is already in memory; `name` stands in error messages.
  static absl::StatusOr<Table> Parse(std::string_view name, std::string_view content,
                                     const Schema& schema);

  const std::vector<Row>& rows() const { return rows_; }

  // "FILE:LINE: reason", InvalidArgument.
  absl::Status Error(const Row& row, std::string_view reason) const;

 private:
  std::string file_;
  std::vector<Row> rows_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_LEXICON_TABLE_H_
