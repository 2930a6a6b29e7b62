#include "services/extraction/lexicon/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <sstream>

namespace consilience::extraction {
namespace {

std::string_view Trim(std::string_view cell) {
  const size_t begin = cell.find_first_not_of(" \r");
  if (begin == std::string_view::npos) return {};
  return cell.substr(begin, cell.find_last_not_of(" \r") - begin + 1);
}

std::vector<std::string> SplitCells(std::string_view line) {
  std::vector<std::string> cells;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    cells.emplace_back(Trim(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return cells;
}

absl::Status ErrorAt(std::string_view file, size_t line, std::string_view reason) {
  return absl::InvalidArgumentError(fmt::format("{}:{}: {}", file, line, reason));
}

}  // namespace

absl::StatusOr<Table> Table::Load(const std::filesystem::path& file, const Schema& schema) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return absl::NotFoundError(fmt::format("{}: cannot be read", file.string()));
  std::ostringstream content;
  content << in.rdbuf();
  return Parse(file.string(), content.str(), schema);
}

absl::StatusOr<Table> Table::Parse(std::string_view name, std::string_view content,
                                   const Schema& schema) {
  Table table;
  table.file_ = name;
  const std::string expected = fmt::format("#schema {} {}", schema.name, schema.version);
  const std::string columns = fmt::format("{}", fmt::join(schema.columns, "\t"));
  bool columns_seen = false;
  size_t number = 0;
  for (size_t begin = 0; begin < content.size();) {
    const size_t end = std::min(content.find('\n', begin), content.size());
    const std::string_view line = Trim(content.substr(begin, end - begin));
    begin = end + 1;
    if (++number == 1) {
      if (line != expected) {
        return ErrorAt(name, number, fmt::format("expected \"{}\", found \"{}\"", expected, line));
      }
      continue;
    }
    if (line.empty() || line.front() == '#') continue;
    if (!columns_seen) {
      if (line != columns) {
        return ErrorAt(name, number, fmt::format("expected the columns \"{}\"", columns));
      }
      columns_seen = true;
      continue;
    }
    Row row{number, SplitCells(line)};
    if (row.cells.size() > schema.columns.size()) {
      return ErrorAt(name, number,
                     fmt::format("{} cells, but the table has {} columns", row.cells.size(),
                                 schema.columns.size()));
    }
    row.cells.resize(schema.columns.size());
    table.rows_.push_back(std::move(row));
  }
  if (!columns_seen) return ErrorAt(name, number + 1, "no line of column names");
  return table;
}

absl::Status Table::Error(const Row& row, std::string_view reason) const {
  return ErrorAt(file_, row.line, reason);
}

}  // namespace consilience::extraction
