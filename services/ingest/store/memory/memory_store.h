// The store of tests and of callers who want nothing kept.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_STORE_H_

#include "services/common/sync/mutex.h"
#include "services/ingest/store/memory/memory_records.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// Thread-safe. A transaction works on a copy of everything, which is simple, and slow with many
// documents.
class MemoryStore final : public Store {
 public:
  absl::Status Write(const Work& work) override;
  absl::Status Read(const Work& work) override;

 private:
  common::Mutex mutex_;
  MemoryRecords records_ GUARDED_BY(mutex_);
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_STORE_H_
