// Takes documents off the work list and sees each through extraction and corroboration.
//
// At least once: an item is struck off only when both services have answered for it, and both may
// be asked the same thing twice. A crash anywhere loses nothing, because the list is durable, and
// doubles nothing, because recording is idempotent.
#ifndef CONSILIENCE_SERVICES_INGEST_PIPELINE_PIPELINE_H_
#define CONSILIENCE_SERVICES_INGEST_PIPELINE_PIPELINE_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/sync/mutex.h"
#include "services/common/time/clock.h"
#include "services/common/time/sleeper.h"
#include "services/ingest/pipeline/downstream.h"
#include "services/ingest/pipeline/retry_policy.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

struct PipelineOptions {
  int parallel = 4;                          // documents worked on at once
  size_t batch = 64;                         // documents claimed in one transaction
  absl::Duration lease = absl::Minutes(10);  // after which a claim is nobody's
  RetryPolicy retry;
};

// Thread-safe. What it is given must outlive it.
class Pipeline {
 public:
  Pipeline(Store& store, Downstream& downstream, const common::Clock& clock,
           common::Sleeper& sleeper, PipelineOptions options);
  // Ends the work on what is claimed; the rest stays on the list.
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  // Works in the background until Stop; calls `each_round` after every look at the list, which is
  // every few seconds at least.
  void Start(std::function<void()> each_round);
  void Stop();
  // There may be something to do.
  void Wake() { sleeper_.Wake(); }

  // Claims what is due, works on it and writes down what came of it. How many items that were.
  absl::StatusOr<size_t> RunOnce();

  // Digest of the rules that read the last document; empty before the first.
  std::string rules_digest() const;

 private:
  struct Result {
    absl::Status status;
    bool withdrawn = false;
  };

  void Run(const std::function<void()>& each_round);
  absl::Duration UntilDue();
  std::vector<Result> Process(const std::vector<WorkItem>& items);
  Result ProcessOne(const WorkItem& item);
  absl::Status ProcessOne(const WorkItem& item, bool& withdrawn);
  absl::Status Record(const Document& document, const std::string& text);
  absl::Status Withdraw(const Document& document);
  absl::Status SettleAll(const std::vector<WorkItem>& items, const std::vector<Result>& results);
  absl::Status Settle(Records& records, const WorkItem& item, const Result& result);

  Store& store_;
  Downstream& downstream_;
  const common::Clock& clock_;
  common::Sleeper& sleeper_;
  const PipelineOptions options_;
  std::atomic<bool> stopping_{false};
  mutable common::Mutex mutex_;
  std::string rules_digest_ GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PIPELINE_PIPELINE_H_
