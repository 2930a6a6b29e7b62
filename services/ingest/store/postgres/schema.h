// The tables of the ingest store in PostgreSQL, as they came to be.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_SCHEMA_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_SCHEMA_H_

#include <string_view>
#include <vector>

#include "services/common/store/postgres/migrate.h"

namespace consilience::ingest {

inline constexpr char kPostgresSchema[] = "consilience_ingest";
// There is one project until there is tenancy; its key leads every primary key already.
inline constexpr std::string_view kPostgresProject = "default";

// Version 1 has
//   turn          one row a project: whoever changes documents holds it. next_number is the next
//                 document's, so numbers are given out in the order of commits
//   replica       who works on the list, and when it was last alive by the database's clock
//   document      one row a document, without its text; times in microseconds since 1970.
//                 url_key and external_key are digests: an index entry holds 2,700 bytes, a URL
//                 more
//   work          the work list; state 0 waits, 1 is claimed by `owner` until due_us, 2 is out of
//                 tries
//   posting       the passage index: place is document · 2^24 + word
//   posting_set   the hashes of a document, big-endian, by which its postings are taken out
// Free text is BYTEA: unlike TEXT it takes every character that a caller may send.
const std::vector<common::postgres::Migration>& PostgresMigrations();

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_SCHEMA_H_
