// Many arrivals, one fsync: what arrives while a transaction is being written goes into the next
// one, so that the cost of durability is shared by all who wait for it.
#ifndef CONSILIENCE_SERVICES_INGEST_LEDGER_GROUP_COMMIT_H_
#define CONSILIENCE_SERVICES_INGEST_LEDGER_GROUP_COMMIT_H_

#include <cstddef>
#include <functional>
#include <future>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/ledger/ledger.h"

namespace consilience::ingest {

struct GroupCommitOptions {
  size_t group = 256;   // arrivals in one transaction
  size_t queue = 1024;  // arrivals that may wait; Submit blocks while there are more
};

// Thread-safe. Its own thread writes. `ledger` must outlive it.
class GroupCommit {
 public:
  // `committed` is called after each transaction that took something in, on the writing thread.
  GroupCommit(Ledger& ledger, GroupCommitOptions options, std::function<void()> committed);
  // Writes what is waiting.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  // Prepares the arrival on the calling thread. The receipt is there once the document is durable.
  std::future<absl::StatusOr<Receipt>> Submit(Arrival arrival);

 private:
  struct Waiting {
    Arrival arrival;
    std::promise<absl::StatusOr<Receipt>> receipt;
  };

  void Run();
  std::vector<Waiting> Next();
  void Commit(std::vector<Waiting> group);

  Ledger& ledger_;
  const GroupCommitOptions options_;
  const std::function<void()> committed_;
  common::Mutex mutex_;
  common::CondVar changed_;
  std::vector<Waiting> waiting_ GUARDED_BY(mutex_);
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_LEDGER_GROUP_COMMIT_H_
