// One transaction's statements: writes wait until something is read or the transaction ends, and
// then go to the server together.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TRANSACTION_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TRANSACTION_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/common/store/postgres/connection.h"
#include "services/ingest/store/postgres/schema.h"

namespace consilience::ingest {

// Every statement has the project as its first parameter.
class Transaction {
 public:
  Transaction(common::postgres::Connection& connection, bool writes)
      : connection_(connection), writes_(writes) {}

  template <typename... Values>
  absl::StatusOr<common::postgres::Rows> Query(const char* sql, const Values&... values) {
    if (absl::Status status = Send(); !status.ok()) return status;
    return connection_.Query(sql, kPostgresProject, values...);
  }
  template <typename... Values>
  void Later(const char* sql, const Values&... values) {
    batch_.Add(sql, kPostgresProject, values...);
  }
  // What waits, now.
  absl::Status Send() {
    const auto batch = std::exchange(batch_, {});
    return connection_.Run(batch);
  }

  bool writes() const { return writes_; }
  const std::string& store() const { return connection_.store(); }

 private:
  common::postgres::Connection& connection_;
  const bool writes_;
  common::postgres::Batch batch_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_TRANSACTION_H_
