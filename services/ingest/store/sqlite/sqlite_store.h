// The embedded store: one SQLite file, nothing to install or start. One process at a time.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/store/sqlite/sqlite_records.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// Thread-safe: one connection writes, another one reads beside it.
class SqliteStore final : public Store {
 public:
  // Makes the folder and the file ingest.db in it where they do not exist.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::filesystem::path& folder);

  absl::Status Write(const Work& work) override;
  absl::Status Read(const Work& work) override;

 private:
  struct Connection {
    explicit Connection(common::sqlite::Database opened)
        : database(std::move(opened)), records(database) {}
    common::sqlite::Database database;
    SqliteRecords records;
  };

  SqliteStore() = default;

  common::Mutex write_mutex_;
  std::unique_ptr<Connection> writer_;
  common::Mutex read_mutex_;
  std::unique_ptr<Connection> reader_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_
