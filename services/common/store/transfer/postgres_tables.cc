#include <fmt/format.h>

#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/store/postgres/connection.h"
#include "services/common/store/postgres/pool.h"
#include "services/common/store/transfer/schema_check.h"
#include "services/common/store/transfer/store_tables.h"

namespace consilience::common::transfer {
namespace {

constexpr std::string_view kProject = "default";
// So that services, which go by "consilience", are told from this.
constexpr char kGoByAnotherName[] = "SET application_name TO 'consil admin'";
// Tenths of a second in which the server notices that a service which was just stopped has gone.
constexpr int kMostWaits = 30;
// Rows have up to some MiB.
constexpr int kFetched = 64;

class PostgresTables final : public StoreTables {
 public:
  explicit PostgresTables(std::unique_ptr<postgres::Connection> connection)
      : connection_(std::move(connection)) {}

  const std::string& name() const override { return connection_->store(); }

  absl::Status Read(const Table& table, const EachRow& each) override {
    // Statements are kept by their text, so that each table has a cursor of its own name.
    const std::string cursor = fmt::format("rows_{}", ++cursors_);
    absl::Status status = connection_->Execute(
        fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", cursor, table.postgres_select));
    if (!status.ok()) return status;
    const std::string fetch = fmt::format("FETCH {} FROM {}", kFetched, cursor);
    while (true) {
      const auto rows = connection_->Query(fetch);
      if (!rows.ok()) return rows.status();
      for (int i = 0; i < rows->size(); ++i) {
        if (status = each(RowAt(table, *rows, i)); !status.ok()) return status;
      }
      if (rows->size() < kFetched) return connection_->Execute("CLOSE " + cursor);
    }
  }

  absl::Status Write(const Table& table, std::span<const Row> rows) override {
    std::vector<postgres::Parameters> copied;
    copied.reserve(rows.size());
    for (Row row : rows) {
      if (table.for_postgres) table.for_postgres(row);
      copied.emplace_back(kProject).AddEach(row);
    }
    return connection_->Copy(table.postgres_columns, copied);
  }

  absl::Status Derive(const Layout& layout) override {
    absl::Status status =
        connection_->Execute("SET LOCAL search_path TO " + layout.postgres_schema);
    return status.ok() && layout.derive ? layout.derive(*connection_) : status;
  }

  absl::Status Commit() override { return connection_->Commit(); }

  absl::Status Begin(Access access) {
    connection_->Begin(access == Access::kRead ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                               : "BEGIN");
    return connection_->Execute("SELECT 1");
  }

  absl::Status CheckUnused() {
    for (int waited = 0;; ++waited) {
      const auto users = connection_->Query(
          "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
          "AND application_name = 'consilience'");
      if (!users.ok()) return users.status();
      if (users->Int(0, 0) == 0) return absl::OkStatus();
      if (waited == kMostWaits) {
        return StoreUnavailable(name(),
                                fmt::format("services are connected to it ({} connections); "
                                            "stop ingest and corroboration first",
                                            users->Int(0, 0)));
      }
      // A transaction sees who is connected as it was when it asked first.
      absl::Status status = connection_->Execute("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()");
      if (!status.ok()) return status;
    }
  }

  absl::Status CheckSchema(const Layout& layout) {
    const auto table = connection_->Query(
        "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = $1 "
        "AND tablename = 'schema_version'",
        layout.postgres_schema);
    if (!table.ok()) return table.status();
    if (table->Int(0, 0) == 0) {
      return StoreUnavailable(name(), fmt::format("nothing of {} is in it (schema {})", layout.name,
                                                  layout.postgres_schema));
    }
    const auto version = connection_->Query(fmt::format(
        "SELECT version FROM {}.schema_version WHERE key = 'schema'", layout.postgres_schema));
    if (!version.ok()) return version.status();
    const int found = version->empty() ? 0 : static_cast<int>(version->Int(0, 0));
    return CheckVersion(name(), found, layout.postgres_migrations.back().version);
  }

  // Makes room for what is imported, and keeps others from writing meanwhile.
  absl::Status Clear(const Layout& layout) {
    for (const Table& table : layout.tables) {
      const std::string full = fmt::format("{}.{}", layout.postgres_schema, table.name);
      absl::Status status = connection_->Execute("LOCK TABLE " + full + " IN EXCLUSIVE MODE");
      if (!status.ok()) return status;
      const auto found = connection_->Query(fmt::format("SELECT 1 FROM {} LIMIT 1", full));
      if (!found.ok()) return found.status();
      if (found->empty()) continue;
      if (!table.seeded) return NotEmpty(name(), layout.name + "." + table.name);
      if (status = connection_->Execute("DELETE FROM " + full); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  static Row RowAt(const Table& table, const postgres::Rows& rows, int at) {
    Row row;
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      if (table.columns[i].kind == Kind::kNumber) {
        row.emplace_back(rows.Int(at, column));
      } else {
        row.emplace_back(rows.String(at, column));
      }
    }
    return row;
  }

  const std::unique_ptr<postgres::Connection> connection_;
  int cursors_ = 0;
};

absl::Status BringUpToDate(const postgres::Target& target, const Layout& layout) {
  postgres::PoolOptions options;
  options.session.schema = layout.postgres_schema;
  options.installation.clear();  // who starts with it first gives it its name
  postgres::Pool pool(target, options);
  return postgres::Migrate(pool, layout.postgres_schema, layout.postgres_migrations);
}

}  // namespace

absl::StatusOr<std::unique_ptr<StoreTables>> OpenPostgres(const postgres::Target& target,
                                                          std::span<const Layout* const> layouts,
                                                          Access access) {
  // A reader of the export may take its time, and so may an index.
  postgres::SessionOptions session;
  session.schema = "pg_catalog";
  session.statement_timeout = absl::ZeroDuration();
  session.idle_transaction_timeout = absl::ZeroDuration();
  auto connection = postgres::Connection::Open(target, session);
  if (!connection.ok()) return connection.status();
  if (auto status = (*connection)->Execute(kGoByAnotherName); !status.ok()) return status;
  auto tables = std::make_unique<PostgresTables>(*std::move(connection));
  absl::Status status = tables->CheckUnused();
  for (const Layout* const layout : layouts) {
    if (status.ok() && access == Access::kWrite) status = BringUpToDate(target, *layout);
  }
  if (status.ok()) status = tables->Begin(access);
  for (const Layout* const layout : layouts) {
    if (status.ok()) status = tables->CheckSchema(*layout);
    if (status.ok() && access == Access::kWrite) status = tables->Clear(*layout);
  }
  if (!status.ok()) return status;
  return std::unique_ptr<StoreTables>(std::move(tables));
}

}  // namespace consilience::common::transfer
