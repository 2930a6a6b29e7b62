#include "services/common/store/sqlite/database.h"

#include <fmt/format.h>

#include "absl/cleanup/cleanup.h"
#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"

namespace consilience::common::sqlite {
namespace {

constexpr absl::Duration kBusyRetry = absl::Milliseconds(200);

absl::Status ErrorOf(int result, sqlite3* handle, const std::string& store) {
  const std::string problem = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result);
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreBusy(store, kBusyRetry);
    case SQLITE_FULL:
      return StoreFull(store);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreCorrupt(store, problem);
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return StoreUnavailable(store, problem);
    default:
      return Internal(fmt::format("SQLite {} on {}", problem, store));
  }
}

}  // namespace

void Statement::BindOne(int index, std::string_view value) {
  // A null pointer would bind NULL, which an empty text is not.
  const char* data = value.data() == nullptr ? "" : value.data();
  Note(sqlite3_bind_text64(statement_.get(), index, data, value.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}

absl::Status Statement::Run() {
  while (true) {
    const absl::StatusOr<bool> row = Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
  }
}

absl::StatusOr<bool> Statement::Step() {
  int result = bind_result_;
  if (result == SQLITE_OK) result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  absl::Status status = absl::OkStatus();
  if (result != SQLITE_DONE) {
    status = ErrorOf(result, sqlite3_db_handle(statement_.get()), store_);
  }
  Rewind();
  if (!status.ok()) return status;
  return false;
}

void Statement::Rewind() {
  // The result repeats the error of the last step, which was reported then.
  sqlite3_reset(statement_.get());
  bind_result_ = SQLITE_OK;
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string_view Statement::Text(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const int bytes = sqlite3_column_bytes(statement_.get(), column);
  return data == nullptr ? std::string_view() : std::string_view(data, static_cast<size_t>(bytes));
}

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

absl::StatusOr<Database> Database::Open(const std::string& path, const Options& options) {
  sqlite3* handle = nullptr;
  const int flags =
      (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(handle, path);
  if (result != SQLITE_OK) return ErrorOf(result, handle, path);
  sqlite3_busy_timeout(handle, static_cast<int>(absl::ToInt64Milliseconds(options.busy_timeout)));
  const auto pragmas = fmt::format(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
      "PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST; "
      "PRAGMA cache_size=-{};",
      options.cache_mib * 1024);
  if (auto status = database.Execute(pragmas); !status.ok()) return status;
  return database;
}

absl::StatusOr<Statement> Database::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return ErrorOf(result, handle_.get(), path_);
  return Statement(statement, path_);
}

absl::Status Database::Execute(const std::string& sql) {
  const int result = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return result == SQLITE_OK ? absl::OkStatus() : ErrorOf(result, handle_.get(), path_);
}

absl::Status Database::Transaction(const std::function<absl::Status()>& work) {
  if (auto status = Execute("BEGIN IMMEDIATE"); !status.ok()) return status;
  // A transaction that stayed open would refuse every later one.
  const absl::Cleanup undo_unless_committed = [this] {
    const absl::Status undone = Rollback();
    if (!undone.ok()) log::Error("rollback failed", {{"store", path_}, {"error", undone}});
  };
  absl::Status status = work();
  if (status.ok()) status = Execute("COMMIT");
  return status;
}

absl::Status Database::Rollback() {
  const bool open = sqlite3_get_autocommit(handle_.get()) == 0;
  return open ? Execute("ROLLBACK") : absl::OkStatus();
}

absl::Status Migrate(Database& database, const std::vector<Migration>& migrations) {
  auto status = database.Execute(
      "CREATE TABLE IF NOT EXISTS schema_version(version INTEGER PRIMARY KEY) STRICT");
  if (!status.ok()) return status;
  int found = 0;
  {
    auto query = database.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
    if (!query.ok()) return query.status();
    const auto row = query->Step();
    if (!row.ok()) return row.status();
    found = static_cast<int>(query->Int(0));
  }
  const int known = migrations.empty() ? 0 : migrations.back().version;
  if (found > known) return StoreTooNew(database.path(), found, known);
  for (const Migration& migration : migrations) {
    if (migration.version <= found) continue;
    status = database.Transaction([&]() -> absl::Status {
      if (auto step = database.Execute(std::string(migration.sql)); !step.ok()) return step;
      return database.Execute(
          fmt::format("INSERT INTO schema_version(version) VALUES ({})", migration.version));
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace consilience::common::sqlite
