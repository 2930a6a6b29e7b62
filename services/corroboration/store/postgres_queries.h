// How PostgresStore's parts run their statements.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sql_names.h"

namespace consilience::corroboration {

template <typename... Values>
absl::StatusOr<common::postgres::Rows> PostgresStore::Query(std::string_view sql,
                                                            const Values&... values) {
  return Ask([&](common::postgres::Connection& connection) {
    return connection.Query(sql, kProject, values...);
  });
}

template <typename... Values>
absl::StatusOr<std::vector<std::string>> PostgresStore::Column(std::string_view sql,
                                                               const Values&... values) {
  const auto rows = Query(sql, values...);
  if (!rows.ok()) return rows.status();
  std::vector<std::string> column;
  column.reserve(static_cast<size_t>(rows->size()));
  for (int i = 0; i < rows->size(); ++i) column.push_back(rows->String(i, 0));
  return column;
}

template <typename Record>
absl::StatusOr<std::vector<Record>> PostgresStore::Decoded(
    std::optional<Record> (*decode)(std::string_view), const common::postgres::Rows& rows) {
  std::vector<Record> records;
  records.reserve(static_cast<size_t>(rows.size()));
  for (int i = 0; i < rows.size(); ++i) {
    auto record = decode(rows.Text(i, 0));
    if (!record) return common::StoreCorrupt(pool_.store(), "a record cannot be read back");
    records.push_back(*std::move(record));
  }
  return records;
}

template <typename Record, typename... Values>
absl::StatusOr<std::vector<Record>> PostgresStore::Records(
    std::optional<Record> (*decode)(std::string_view), std::string_view sql,
    const Values&... values) {
  const auto rows = Query(sql, values...);
  if (!rows.ok()) return rows.status();
  return Decoded(decode, *rows);
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_
