// The prepared statements of one connection, each prepared when first used.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STATEMENTS_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STATEMENTS_H_

#include <unordered_map>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/store/sqlite/database.h"

namespace consilience::ingest {

// Not thread-safe.
class Statements {
 public:
  explicit Statements(common::sqlite::Database& database) : database_(database) {}

  // `sql` is a string literal: statements are told apart by its address. Parameters are bound.
  template <typename... Values>
  absl::StatusOr<common::sqlite::Statement*> Bind(const char* sql, const Values&... values) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
      auto statement = database_.Prepare(sql);
      if (!statement.ok()) return statement.status();
      found = prepared_.emplace(sql, *std::move(statement)).first;
    }
    found->second.Bind(values...);
    return &found->second;
  }

  template <typename... Values>
  absl::Status Run(const char* sql, const Values&... values) {
    const auto statement = Bind(sql, values...);
    return statement.ok() ? (*statement)->Run() : statement.status();
  }

  // Calls `row` with the statement for each row, until it fails.
  template <typename Row, typename... Values>
  absl::Status ForEach(const char* sql, Row row, const Values&... values) {
    const auto statement = Bind(sql, values...);
    if (!statement.ok()) return statement.status();
    while (true) {
      const absl::StatusOr<bool> more = (*statement)->Step();
      if (!more.ok()) return more.status();
      if (!*more) return absl::OkStatus();
      if (absl::Status status = row(**statement); !status.ok()) {
        (*statement)->Rewind();
        return status;
      }
    }
  }

  int64_t changes() const { return database_.changes(); }

 private:
  common::sqlite::Database& database_;
  std::unordered_map<const char*, common::sqlite::Statement> prepared_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STATEMENTS_H_
