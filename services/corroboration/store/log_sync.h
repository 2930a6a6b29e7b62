// Makes commits to a SQLite file durable, several of them with one fdatasync of its write-ahead
// log.
//
// With synchronous=NORMAL a commit is written to the log in order, checksummed, and not waited for;
// SQLite itself sees that the log is on disk before it is folded into the file. So a commit is
// durable as soon as the log has been synced after it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_LOG_SYNC_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_LOG_SYNC_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/sync/mutex.h"

namespace consilience::corroboration {

// Thread-safe.
class LogSync {
 public:
  // Of the database at `database`, which must be open already and outlive the object, so that its
  // log stays the same file.
  static absl::StatusOr<std::unique_ptr<LogSync>> Open(const std::string& database);
  ~LogSync();
  LogSync(const LogSync&) = delete;
  LogSync& operator=(const LogSync&) = delete;

  // After a commit.
  void Committed();
  // Returns once all that was committed before the call is on disk. After a failure that error,
  // always: what the system could not write it may have forgotten.
  absl::Status Wait();

 private:
  LogSync(int file, std::string path) : file_(file), path_(std::move(path)) {}

  const int file_;
  const std::string path_;
  common::Mutex mutex_;
  common::CondVar done_;
  uint64_t committed_ GUARDED_BY(mutex_) = 0;
  uint64_t synced_ GUARDED_BY(mutex_) = 0;
  bool syncing_ GUARDED_BY(mutex_) = false;
  absl::Status failure_ GUARDED_BY(mutex_);
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_LOG_SYNC_H_
