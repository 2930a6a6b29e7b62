#include "services/ingest/store/sqlite/sqlite_store.h"

#include <string>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/passages/words.h"
#include "services/ingest/store/sqlite/schema.h"

namespace consilience::ingest {

using common::sqlite::Database;

namespace {

// The write-ahead log is folded into the file once it has so many pages (32 MiB). Pages that are
// written at random places come up again and again in that time and are folded in once.
constexpr char kCheckpointRarely[] = "PRAGMA wal_autocheckpoint=8192";

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = (folder / "ingest.db").string();
  if (error) return common::StoreUnavailable(path, error.message());
  auto hold = common::sqlite::Hold::Take(path);
  if (!hold.ok()) return hold.status();
  auto writer = Database::Open(path, {});
  if (!writer.ok()) return writer.status();
  auto status = common::sqlite::Migrate(*writer, IngestMigrations());
  if (status.ok()) status = writer->Execute(kCheckpointRarely);
  if (!status.ok()) return status;
  auto reader = Database::Open(path, {});
  if (!reader.ok()) return reader.status();
  std::unique_ptr<SqliteStore> store(new SqliteStore(*std::move(hold)));
  store->writer_ = std::make_unique<Connection>(*std::move(writer));
  store->reader_ = std::make_unique<Connection>(*std::move(reader));
  status = store->OpenPassages(folder / "passages");
  if (!status.ok()) return status;
  status = store->Write([&](Records&) { return store->writer_->records.ReleaseClaims(); });
  if (!status.ok()) return status;
  return store;
}

SqliteStore::~SqliteStore() {
  if (passages_ == nullptr) return;
  if (auto status = passages_->Flush(); !status.ok()) {
    common::log::Warning("the passage index is completed at the next start", {{"error", status}});
  }
}

absl::Status SqliteStore::OpenPassages(const std::filesystem::path& folder) {
  SqliteRecords& records = writer_->records;
  const auto withdrawn = records.Withdrawn();
  if (!withdrawn.ok()) return withdrawn.status();
  const auto last = records.LastNumber();
  if (!last.ok()) return last.status();
  auto opened = FilePassageIndex::Open(folder, {}, *withdrawn);
  // An index that knows documents which the store does not have belongs to another store: the
  // numbers would be given to other texts.
  const bool foreign = opened.ok() && (*opened)->flushed_through() > *last;
  if (foreign || absl::IsDataLoss(opened.status())) {
    common::log::Warning("the passage index is made again from the texts",
                         {{"folder", folder.string()}, {"why", opened.status()}});
    if (opened.ok()) opened->reset();
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    opened = FilePassageIndex::Open(folder, {}, *withdrawn);
  }
  if (!opened.ok()) return opened.status();
  passages_ = *std::move(opened);
  writer_->passages.Attach(*passages_);
  reader_->passages.Attach(*passages_);
  return CatchUp();
}

absl::Status SqliteStore::CatchUp() {
  return writer_->records.ForEachText(passages_->flushed_through(),
                                      [&](DocumentNumber number, std::string_view text) {
                                        return passages_->Add(number, Winnow(FindWords(text)));
                                      });
}

absl::Status SqliteStore::Write(const Work& work) {
  const common::MutexLock lock(write_mutex_);
  const absl::Cleanup forget = [this] { writer_->passages.Forget(); };
  absl::Status status = writer_->database.Transaction([&] { return work(writer_->records); });
  return status.ok() ? writer_->passages.Settle() : status;
}

absl::Status SqliteStore::Read(const Work& work) {
  const common::MutexLock lock(read_mutex_);
  if (auto status = reader_->database.Execute("BEGIN"); !status.ok()) return status;
  // After an exception; a transaction that stayed open would refuse every later one.
  const absl::Cleanup undo = [this] { reader_->database.Rollback().IgnoreError(); };
  const absl::Status status = work(reader_->records);
  const absl::Status ended = reader_->database.Execute("COMMIT");
  return status.ok() ? ended : status;
}

}  // namespace consilience::ingest
