#include "services/ingest/store/memory/memory_store.h"

#include <utility>

namespace consilience::ingest {

absl::Status MemoryStore::Write(const Work& work) {
  const common::MutexLock lock(mutex_);
  MemoryRecords changed = records_;
  absl::Status status = work(changed);
  if (status.ok()) records_ = std::move(changed);
  return status;
}

absl::Status MemoryStore::Read(const Work& work) {
  const common::MutexLock lock(mutex_);
  return work(records_);
}

}  // namespace consilience::ingest
