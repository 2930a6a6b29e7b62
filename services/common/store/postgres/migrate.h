// The history of a schema in PostgreSQL.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_MIGRATE_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_MIGRATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "services/common/store/postgres/pool.h"

namespace consilience::common::postgres {

// One step; `sql` may hold several statements.
struct Migration {
  int version;  // 1, 2, 3 … without gaps
  std::string_view sql;
};

// Makes the schema and brings it to the last of `migrations`, in one transaction. Replicas that
// start at once take turns; those that come second find nothing to do. Refuses a schema that is
// newer than the program (STORE_TOO_NEW) and one that is somebody else's (STORE_FOREIGN): another
// program's, or another installation's than the pool is of. The first to come gives it its name.
absl::Status Migrate(Pool& pool, const std::string& schema,
                     const std::vector<Migration>& migrations);

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_MIGRATE_H_
