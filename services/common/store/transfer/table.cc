#include "services/common/store/transfer/table.h"

#include <fmt/format.h>

#include <utility>

namespace consilience::common::transfer {

std::string NamesOf(const std::vector<Column>& columns) {
  std::string names;
  for (const Column& column : columns) {
    if (!names.empty()) names += ", ";
    names += column.name;
  }
  return names;
}

Table PlainTable(std::string_view schema, std::string_view name, std::vector<Column> columns,
                 std::string_view key) {
  const std::string names = NamesOf(columns);
  std::string places;
  for (size_t i = 0; i < columns.size(); ++i) places += ", ?";
  Table table;
  table.name = name;
  table.columns = std::move(columns);
  const auto select = [&](std::string_view prefix) {
    return fmt::format("SELECT {} FROM {}{} WHERE project = 'default' ORDER BY {}", names, prefix,
                       name, key);
  };
  table.sqlite_select = select("");
  table.postgres_select = select(fmt::format("{}.", schema));
  table.sqlite_insert =
      fmt::format("INSERT INTO {}(project, {}) VALUES ('default'{})", name, names, places);
  table.postgres_columns = fmt::format("{}.{}(project, {})", schema, name, names);
  return table;
}

}  // namespace consilience::common::transfer
