#include "services/common/server/worker_pool.h"

#include <utility>

namespace consilience::common {

WorkerPool::WorkerPool(int threads, size_t queue_limit)
    : capacity_(static_cast<size_t>(threads) + queue_limit) {
  threads_.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Loop(); });
}

WorkerPool::~WorkerPool() { Close(); }

bool WorkerPool::Submit(std::function<void()> work) {
  {
    MutexLock lock(mutex_);
    if (closed_ || running_ + queue_.size() >= capacity_) return false;
    queue_.push_back(std::move(work));
  }
  changed_.NotifyOne();
  return true;
}

void WorkerPool::Close() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
  }
  changed_.NotifyAll();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

size_t WorkerPool::in_hand() const {
  MutexLock lock(mutex_);
  return running_ + queue_.size();
}

void WorkerPool::Loop() NO_THREAD_SAFETY_ANALYSIS {
  for (;;) {
    std::function<void()> work;
    {
      MutexLock lock(mutex_);
      changed_.Wait(lock,
                    [this]() NO_THREAD_SAFETY_ANALYSIS { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      work = std::move(queue_.front());
      queue_.pop_front();
      ++running_;
    }
    work();
    work = nullptr;
    MutexLock lock(mutex_);
    --running_;
  }
}

}  // namespace consilience::common
