#include "services/common/store/postgres/migrate.h"

#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"

namespace consilience::common::postgres {
namespace {

// Replicas that find no schema all try to make it: one does, the others come back to it.
constexpr int kTries = 20;
// Before the name of an installation in the key of its row.
constexpr std::string_view kInstallation = "installation ";

absl::Status MakeSchema(Connection& connection, const std::string& schema) {
  const auto tables = connection.Query(
      "SELECT count(*), coalesce(sum(CASE WHEN tablename = 'schema_version' THEN 1 ELSE 0 END), 0)"
      "::bigint FROM pg_catalog.pg_tables WHERE schemaname = $1",
      schema);
  if (!tables.ok()) return tables.status();
  if (tables->Int(0, 1) > 0) return absl::OkStatus();
  if (tables->Int(0, 0) > 0) {
    return StoreForeign(connection.store(), fmt::format("its schema {} holds tables that are not "
                                                        "Consilience's; use another database",
                                                        schema));
  }
  return connection.Execute(
      fmt::format("CREATE SCHEMA IF NOT EXISTS {0};"
                  "CREATE TABLE {0}.schema_version(key TEXT PRIMARY KEY, version BIGINT NOT NULL);"
                  "INSERT INTO {0}.schema_version(key, version) VALUES ('schema', 0)",
                  schema));
}

// Two installations that took one database for theirs would answer as one.
absl::Status CheckInstallation(Connection& connection, const std::string& schema,
                               const std::string& installation) {
  if (installation.empty()) return absl::OkStatus();
  const std::string mine = std::string(kInstallation) + installation;
  const auto names =
      connection.Query("SELECT key FROM schema_version WHERE key <> 'schema' ORDER BY key");
  if (!names.ok()) return names.status();
  if (names->empty()) {
    return connection.Run("INSERT INTO schema_version(key, version) VALUES ($1, 0)", mine);
  }
  const std::string found = names->String(0, 0);
  if (found == mine) return absl::OkStatus();
  const std::string theirs = found.substr(std::min(found.size(), kInstallation.size()));
  return StoreForeign(
      connection.store(),
      fmt::format("its schema {} is of the installation \"{}\" and this one is \"{}\"; use another "
                  "database, or the same name for both with --store-installation",
                  schema, theirs, installation));
}

absl::Status BringUp(Connection& connection, const std::string& schema,
                     const std::string& installation, const std::vector<Migration>& migrations) {
  if (absl::Status status = MakeSchema(connection, schema); !status.ok()) return status;
  const auto row =
      connection.Query("SELECT version FROM schema_version WHERE key = 'schema' FOR UPDATE");
  if (!row.ok()) return row.status();
  if (row->empty()) {
    return StoreForeign(connection.store(), fmt::format("{}.schema_version has no row; restore it "
                                                        "from a backup or use another database",
                                                        schema));
  }
  const int found = static_cast<int>(row->Int(0, 0));
  const int known = migrations.empty() ? 0 : migrations.back().version;
  if (found > known) return StoreTooNew(connection.store(), found, known);
  absl::Status named = CheckInstallation(connection, schema, installation);
  if (!named.ok()) return named;
  for (const Migration& migration : migrations) {
    if (migration.version <= found) continue;
    if (absl::Status status = connection.Execute(std::string(migration.sql)); !status.ok()) {
      return status;
    }
  }
  if (found == known) return absl::OkStatus();
  log::Info("schema brought up to date",
            {{"store", connection.store()}, {"schema", schema}, {"from", found}, {"to", known}});
  return connection.Run("UPDATE schema_version SET version = $1 WHERE key = 'schema'", known);
}

}  // namespace

absl::Status Migrate(Pool& pool, const std::string& schema,
                     const std::vector<Migration>& migrations) {
  absl::Status status;
  for (int i = 0; i < kTries; ++i) {
    bool raced = false;
    status = pool.Write([&](Connection& connection) {
      absl::Status done = BringUp(connection, schema, pool.installation(), migrations);
      raced = !done.ok() && connection.failure() == Failure::kDuplicate;
      return done;
    });
    if (!raced) return status;
  }
  return status;
}

}  // namespace consilience::common::postgres
