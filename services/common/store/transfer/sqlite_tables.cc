#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/store/sqlite/database.h"
#include "services/common/store/sqlite/hold.h"
#include "services/common/store/transfer/schema_check.h"
#include "services/common/store/transfer/store_tables.h"

namespace consilience::common::transfer {
namespace {

class SqliteTables final : public StoreTables {
 public:
  SqliteTables(sqlite::Hold hold, sqlite::Database database)
      : hold_(std::move(hold)), database_(std::move(database)) {}

  const std::string& name() const override { return database_.path(); }

  absl::Status Read(const Table& table, const EachRow& each) override {
    auto statement = database_.Prepare(table.sqlite_select);
    if (!statement.ok()) return statement.status();
    while (true) {
      const auto more = statement->Step();
      if (!more.ok()) return more.status();
      if (!*more) return absl::OkStatus();
      Row row;
      for (size_t i = 0; i < table.columns.size(); ++i) {
        const int at = static_cast<int>(i);
        if (table.columns[i].kind == Kind::kNumber) {
          row.emplace_back(statement->Int(at));
        } else {
          row.emplace_back(statement->String(at));
        }
      }
      if (absl::Status status = each(std::move(row)); !status.ok()) return status;
    }
  }

  absl::Status Write(const Table& table, std::span<const Row> rows) override {
    auto statement = database_.Prepare(table.sqlite_insert);
    if (!statement.ok()) return statement.status();
    for (const Row& row : rows) {
      if (absl::Status status = statement->BindEach(row).Run(); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  // The one index that is outside the database is made by the service when it starts.
  absl::Status Derive(const Layout& /*layout*/) override { return absl::OkStatus(); }

  absl::Status Begin() { return database_.Execute("BEGIN"); }
  absl::Status Commit() override { return database_.Execute("COMMIT"); }

  // Makes room for what is imported.
  absl::Status Clear(const Layout& layout) {
    for (const Table& table : layout.tables) {
      auto found = database_.Prepare("SELECT 1 FROM " + table.name + " LIMIT 1");
      if (!found.ok()) return found.status();
      const auto row = found->Step();
      if (!row.ok()) return row.status();
      if (!*row) continue;
      if (!table.seeded) return NotEmpty(database_.path(), layout.name + "." + table.name);
      found->Rewind();
      if (auto status = database_.Execute("DELETE FROM " + table.name); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<int> SchemaVersion() {
    auto query = database_.Prepare("SELECT coalesce(max(version), 0) FROM schema_version");
    if (!query.ok()) return query.status();
    const auto row = query->Step();
    if (!row.ok()) return row.status();
    return static_cast<int>(query->Int(0));
  }

 private:
  const sqlite::Hold hold_;
  sqlite::Database database_;
};

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? StoreUnavailable(folder, error.message()) : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoreTables>> OpenSqlite(const std::string& folder,
                                                        const Layout& layout, Access access) {
  const std::string path = (std::filesystem::path(folder) / layout.sqlite_file).string();
  if (access == Access::kWrite) {
    if (absl::Status status = MakeFolder(folder); !status.ok()) return status;
  } else if (!std::filesystem::exists(path)) {
    return StoreUnavailable(path,
                            "there is no such file; name the folder in which the service "
                            "keeps its records");
  }
  auto hold = sqlite::Hold::Take(path);
  if (!hold.ok()) return hold.status();
  auto database = sqlite::Database::Open(path, {});
  if (!database.ok()) return database.status();
  if (access == Access::kWrite) {
    absl::Status status = sqlite::Migrate(*database, layout.sqlite_migrations);
    if (!status.ok()) return status;
  }
  auto tables = std::make_unique<SqliteTables>(*std::move(hold), *std::move(database));
  if (absl::Status status = tables->Begin(); !status.ok()) return status;
  const auto version = tables->SchemaVersion();
  if (!version.ok()) return version.status();
  absl::Status status = CheckVersion(path, *version, layout.sqlite_migrations.back().version);
  if (status.ok() && access == Access::kWrite) status = tables->Clear(layout);
  if (!status.ok()) return status;
  return std::unique_ptr<StoreTables>(std::move(tables));
}

}  // namespace consilience::common::transfer
