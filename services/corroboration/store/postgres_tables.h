// What the reading and the writing half of PostgresStore share.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_

#include <string_view>

#include "services/common/store/postgres/connection.h"
#include "services/corroboration/store/records.h"
#include "services/corroboration/store/sql_names.h"

namespace consilience::corroboration {

// As much of a name as its index holds; bytes of an index entry are limited to about 2,700.
inline std::string_view NameStart(std::string_view name) { return name.substr(0, 256); }

// What a change set adds to the past.
void WriteVersions(const ChangeSet& changes, common::postgres::Batch& batch);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_
