// How SqliteStore's parts run their statements.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_QUERIES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_QUERIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/store/sql_names.h"
#include "services/corroboration/store/sqlite_store.h"

namespace consilience::corroboration {

// SQLite's integers are signed; the bits are what matters.
inline int64_t KeyBits(uint64_t key) { return static_cast<int64_t>(key); }

template <typename... Values>
absl::Status SqliteStore::Run(std::string_view sql, const Values&... values) {
  const auto statement = Prepared(sql);
  if (!statement.ok()) return statement.status();
  return (*statement)->Bind(kProject, values...).Run();
}

template <typename... Values>
absl::StatusOr<std::vector<std::string>> SqliteStore::Column(std::string_view sql,
                                                             const Values&... values) {
  const auto statement = Prepared(sql);
  if (!statement.ok()) return statement.status();
  (*statement)->Bind(kProject, values...);
  std::vector<std::string> column;
  while (true) {
    const auto row = (*statement)->Step();
    if (!row.ok()) return row.status();
    if (!*row) return column;
    column.push_back((*statement)->String(0));
  }
}

template <typename Record, typename... Values>
absl::StatusOr<std::vector<Record>> SqliteStore::Records(
    std::optional<Record> (*decode)(std::string_view), std::string_view sql,
    const Values&... values) {
  const auto rows = Column(sql, values...);
  if (!rows.ok()) return rows.status();
  std::vector<Record> records;
  for (const std::string& bytes : *rows) {
    auto record = decode(bytes);
    if (!record) {
      return common::StoreCorrupt(database_.path(), "a record cannot be read back");
    }
    records.push_back(*std::move(record));
  }
  return records;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_QUERIES_H_
