// Rows under headers, fitted to a width.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_TABLE_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_TABLE_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/style.h"

namespace consilience::cli {

struct Column {
  std::string header;
  bool right_aligned = false;
  // May be cut down to this many columns when the table is too wide; 0: never cut.
  int min_width = 0;
  // Other columns leave before this one is cut below this many columns; 0: as min_width.
  int good_width = 0;
  // When even that does not fit, columns leave from the greatest of these numbers down; 0: never.
  int leaves = 0;
  // Only in the wide format (and in CSV).
  bool wide_only = false;
};

struct Cell {
  std::string text;
  Style style = Style::kPlain;
};

using Row = std::vector<Cell>;

// Widths come from the first rows, then every row is written as it comes: any number of them in the
// same memory.
class TableWriter {
 public:
  // `width` 0: as wide as it gets.
  TableWriter(std::vector<Column> columns, int width, Palette palette,
              std::function<void(std::string_view)> write);

  void Add(Row row);
  // Writes what is still held back. Nothing at all when there was no row.
  void Finish();

 private:
  void Layout();
  void WriteRow(const Row& row, bool header);

  const std::vector<Column> columns_;
  const int width_;
  const Palette palette_;
  const std::function<void(std::string_view)> write_;
  std::vector<Row> held_back_;
  std::vector<int> widths_;  // empty until laid out; -1 for a column that left
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_TABLE_H_
