// Threads of our own for the work of calls. gRPC's callback API has so few threads that a handler
// which waits would stall every other call, health checks included.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_WORKER_POOL_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "services/common/sync/mutex.h"

namespace consilience::common {

// Thread-safe. Work must not throw.
class WorkerPool {
 public:
  // `queue_limit` is how much may wait beyond what the threads are at.
  WorkerPool(int threads, size_t queue_limit);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, and nothing is kept, when threads and queue are full or the pool is closed.
  bool Submit(std::function<void()> work);
  // Takes nothing more, finishes what it has, and joins its threads. Idempotent.
  void Close();
  // Running and waiting.
  size_t in_hand() const;
  size_t capacity() const { return capacity_; }

 private:
  void Loop();

  const size_t capacity_;
  mutable Mutex mutex_;
  CondVar changed_;
  std::deque<std::function<void()>> queue_ GUARDED_BY(mutex_);
  size_t running_ GUARDED_BY(mutex_) = 0;
  bool closed_ GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_WORKER_POOL_H_
