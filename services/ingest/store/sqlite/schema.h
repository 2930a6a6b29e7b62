// The tables of an embedded ingest store, as they came to be.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SCHEMA_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SCHEMA_H_

#include <vector>

#include "services/common/store/sqlite/database.h"

namespace consilience::ingest {

// Version 1 has
//   document       one row a document, without its text; times in microseconds since 1970
//   document_text  the text, by number, so that texts are appended and not scattered by their
//   hashes appearance     where else a text was met work           the work list; state 0 waits, 1
//   is claimed until due_us, 2 is out of tries posting        the passage index: about 25 bytes a
//   fingerprint
const std::vector<common::sqlite::Migration>& IngestMigrations();

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SCHEMA_H_
