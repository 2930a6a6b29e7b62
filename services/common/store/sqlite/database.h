// SQLite as the services use it: one connection a thread of use, errors as absl::Status, WAL with
// synchronous=FULL so that what was committed survives a power cut.
//
//   Database db = *Database::Open(path, {});
//   Statement insert = *db.Prepare("INSERT INTO document(id, text) VALUES (?, ?)");
//   status = insert.Bind(id, text).Run();
//   for (status = query.Bind(id).Step(); …
//
// A Database and its statements belong to one thread at a time; callers guard them.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_DATABASE_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_DATABASE_H_

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace consilience::common::sqlite {

struct Options {
  bool read_only = false;                          // refuses writes; the file must exist
  absl::Duration busy_timeout = absl::Seconds(5);  // how long to wait for another writer
  int cache_mib = 64;                              // page cache of this connection
};

// A prepared statement. Bind overwrites all parameters and rewinds; blobs and text are copied.
class Statement {
 public:
  Statement(Statement&&) = default;
  Statement& operator=(Statement&&) = default;

  template <typename... Values>
  Statement& Bind(const Values&... values) {
    Rewind();
    int index = 0;
    (BindOne(++index, values), ...);
    return *this;
  }

  // The same for parameters whose number is known at run time only.
  template <typename... Types>
  Statement& BindEach(const std::vector<std::variant<Types...>>& values) {
    Rewind();
    int index = 0;
    for (const auto& value : values) {
      ++index;
      std::visit([&](const auto& held) { BindOne(index, held); }, value);
    }
    return *this;
  }

  // Runs to the end and rewinds. For statements that return no rows that matter.
  absl::Status Run();
  // True while there is a row to read. After false or an error the statement is rewound.
  absl::StatusOr<bool> Step();
  void Rewind();

  // Columns of the current row, from 0. Views live until the next Step, Bind or Rewind.
  int64_t Int(int column) const;
  std::string_view Text(int column) const;
  bool IsNull(int column) const;
  std::string String(int column) const { return std::string(Text(column)); }

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Statement(sqlite3_stmt* statement, std::string store)
      : statement_(statement), store_(std::move(store)) {}

  template <std::integral Number>
  void BindOne(int index, Number value) {
    Note(sqlite3_bind_int64(statement_.get(), index, static_cast<int64_t>(value)));
  }
  void BindOne(int index, std::string_view value);
  void BindOne(int index, const std::string& value) { BindOne(index, std::string_view(value)); }
  void BindOne(int index, const char* value) { BindOne(index, std::string_view(value)); }
  void BindOne(int index, std::nullopt_t) { Note(sqlite3_bind_null(statement_.get(), index)); }
  template <typename Value>
  void BindOne(int index, const std::optional<Value>& value) {
    if (value.has_value()) {
      BindOne(index, *value);
    } else {
      BindOne(index, std::nullopt);
    }
  }
  void Note(int result) {
    if (bind_result_ == SQLITE_OK) bind_result_ = result;
  }

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string store_;
  int bind_result_ = SQLITE_OK;
};

class Database {
 public:
  // Creates the file when it does not exist. ":memory:" is a store that lives as long as the
  // object.
  static absl::StatusOr<Database> Open(const std::string& path, const Options& options);
  Database(Database&&) = default;
  Database& operator=(Database&&) = default;

  absl::StatusOr<Statement> Prepare(std::string_view sql);
  // One or more statements without parameters.
  absl::Status Execute(const std::string& sql);
  // Runs `work` between BEGIN IMMEDIATE and COMMIT; an error or an exception rolls everything back.
  absl::Status Transaction(const std::function<absl::Status()>& work);
  // Undoes what was done since BEGIN. Harmless where SQLite has done so itself, as it does after
  // some errors.
  absl::Status Rollback();
  // Rows changed by the last statement.
  int64_t changes() const { return sqlite3_changes64(handle_.get()); }
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}

  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
};

// One step of a schema's history; `sql` may hold several statements.
struct Migration {
  int version;  // 1, 2, 3 … without gaps
  std::string_view sql;
};

// Brings the schema to the last of `migrations`, each in its own transaction, and notes it in the
// table schema_version. Forward only: a store newer than the program is refused.
absl::Status Migrate(Database& database, const std::vector<Migration>& migrations);

}  // namespace consilience::common::sqlite

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_SQLITE_DATABASE_H_
