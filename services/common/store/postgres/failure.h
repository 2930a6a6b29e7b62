// What went wrong on a connection, as the catalogue says it and as a retry needs to know it.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_FAILURE_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_FAILURE_H_

#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace consilience::common::postgres {

enum class Failure {
  kNone,
  kConflict,   // lost against another transaction: run it again
  kDuplicate,  // a key, or the name of a table, is taken
  kLost,       // the connection is gone
  kOther,
};

Failure FailureOf(std::string_view sqlstate);

// `store` names the database without secrets.
absl::Status StatusOf(std::string_view sqlstate, std::string_view message,
                      const std::string& store);

// Of a connection that could not be made or is gone.
absl::Status ConnectionStatus(const PGconn* connection, const std::string& store);

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_FAILURE_H_
