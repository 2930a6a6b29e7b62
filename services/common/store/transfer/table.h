// Tables as they are moved between stores: the same columns and rows, in the same order, whatever
// database holds them.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TABLE_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TABLE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "services/common/store/postgres/connection.h"
#include "services/common/store/postgres/migrate.h"
#include "services/common/store/sqlite/database.h"

namespace consilience::common::transfer {

// Numbers are whole and have 64 bits with their sign; bytes are text or not.
enum class Kind { kNumber, kBytes };
using Value = std::variant<int64_t, std::string>;  // the alternatives are those of Kind
using Row = std::vector<Value>;
using EachRow = std::function<absl::Status(Row)>;

struct Column {
  std::string name;
  Kind kind;
};

// The projects of all rows are one, which the statements below supply.
struct Table {
  std::string name;
  std::vector<Column> columns;
  // Gives all rows, ordered bytewise by what tells them apart.
  std::string sqlite_select;
  std::string postgres_select;
  // Adds a row; the parameters are its columns.
  std::string sqlite_insert;
  // "schema.table(project, column, …)"; each row is copied with the project in front of what
  // `for_postgres` makes of it. A BOOLEAN is one byte there.
  std::string postgres_columns;
  std::function<void(Row&)> for_postgres = nullptr;
  // An empty store has a row in it, for which what is imported is put.
  bool seeded = false;
};

// What a service keeps.
struct Layout {
  std::string name;         // "ingest"
  std::string sqlite_file;  // in the service's folder
  std::vector<sqlite::Migration> sqlite_migrations;
  std::string postgres_schema;
  std::vector<postgres::Migration> postgres_migrations;
  std::vector<Table> tables;
  // Of these nothing is moved: they follow from the others, or tell of processes that run.
  std::vector<std::string> left_out;
  // Makes what follows from the tables, in their transaction.
  std::function<absl::Status(postgres::Connection&)> derive;
};

// A table that both databases have under the same name with the same columns. `key` are the columns
// that tell its rows apart, "a, b".
Table PlainTable(std::string_view schema, std::string_view name, std::vector<Column> columns,
                 std::string_view key);

// "a, b" of columns.
std::string NamesOf(const std::vector<Column>& columns);

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_TABLE_H_
