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

// The question with an id, as a table to join. Lists of ids are joined like this, not compared with
// ANY or in a plain join: a plan is made while the tables are small, and is kept, and to read all
// of a project and filter it looks as cheap then. Behind OFFSET 0 there is only the way by the
// index.
#define CONSILIENCE_QUESTION_OF(of) \
  "LATERAL (SELECT id, record FROM question WHERE project = $1 AND id = " of " OFFSET 0)"
// The questions $2.
#define CONSILIENCE_FROM_QUESTIONS \
  " FROM unnest($2::text[]) AS asked(id), " CONSILIENCE_QUESTION_OF("asked.id") " q"

// What a change set adds to the past.
void WriteVersions(const ChangeSet& changes, common::postgres::Batch& batch);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_
