// How PostgresStore's parts run their statements.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_

#include <string_view>

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

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_QUERIES_H_
