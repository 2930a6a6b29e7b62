// The embedded store: a SQLite file and the passage index beside it, nothing to install or start.
// One process at a time: a second one is refused.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "services/common/store/sqlite/hold.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/passages/file_index.h"
#include "services/ingest/store/sqlite/sqlite_records.h"
#include "services/ingest/store/sqlite/staged_passages.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// Thread-safe: one connection writes, another one reads beside it.
class SqliteStore final : public Store {
 public:
  // Makes the folder, ingest.db and passages/ in it where they do not exist. What the passage index
  // lacks since it was last closed is made again from the texts; so is all of it when it is damaged
  // or gone.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::filesystem::path& folder);

  ~SqliteStore() override;

  absl::Status Write(const Work& work) override;
  absl::Status Read(const Work& work) override;

 private:
  struct Connection {
    explicit Connection(common::sqlite::Database opened)
        : database(std::move(opened)), records(database, passages) {}
    common::sqlite::Database database;
    StagedPassages passages;
    SqliteRecords records;
  };

  explicit SqliteStore(common::sqlite::Hold hold) : hold_(std::move(hold)) {}
  absl::Status OpenPassages(const std::filesystem::path& folder);
  absl::Status CatchUp();

  const common::sqlite::Hold hold_;
  std::unique_ptr<FilePassageIndex> passages_;
  common::Mutex write_mutex_;
  std::unique_ptr<Connection> writer_;
  common::Mutex read_mutex_;
  std::unique_ptr<Connection> reader_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_STORE_H_
