#include "services/ingest/store/sqlite/sqlite_store.h"

#include <string>
#include <system_error>

#include "services/common/errors/catalogue.h"
#include "services/ingest/store/sqlite/schema.h"

namespace consilience::ingest {

using common::sqlite::Database;

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = (folder / "ingest.db").string();
  if (error) return common::StoreUnavailable(path, error.message());
  auto writer = Database::Open(path, {});
  if (!writer.ok()) return writer.status();
  if (auto status = common::sqlite::Migrate(*writer, IngestMigrations()); !status.ok()) {
    return status;
  }
  auto reader = Database::Open(path, {});
  if (!reader.ok()) return reader.status();
  std::unique_ptr<SqliteStore> store(new SqliteStore);
  store->writer_ = std::make_unique<Connection>(*std::move(writer));
  store->reader_ = std::make_unique<Connection>(*std::move(reader));
  const auto released =
      store->Write([&](Records& /*records*/) { return store->writer_->records.ReleaseClaims(); });
  if (!released.ok()) return released;
  return store;
}

absl::Status SqliteStore::Write(const Work& work) {
  const common::MutexLock lock(write_mutex_);
  return writer_->database.Transaction([&] { return work(writer_->records); });
}

absl::Status SqliteStore::Read(const Work& work) {
  const common::MutexLock lock(read_mutex_);
  if (auto status = reader_->database.Execute("BEGIN"); !status.ok()) return status;
  const absl::Status status = work(reader_->records);
  const absl::Status ended = reader_->database.Execute("COMMIT");
  return status.ok() ? ended : status;
}

}  // namespace consilience::ingest
