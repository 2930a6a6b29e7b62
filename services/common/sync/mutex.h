// std::mutex with the annotations that clang's thread-safety analysis reads. Unlike absl::Mutex,
// ThreadSanitizer sees it even though Abseil comes prebuilt.
#ifndef CONSILIENCE_SERVICES_COMMON_SYNC_MUTEX_H_
#define CONSILIENCE_SERVICES_COMMON_SYNC_MUTEX_H_

#include <condition_variable>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

// Abseil defines some of the short names itself, in some of its headers.
#ifndef GUARDED_BY
#define GUARDED_BY(x) ABSL_GUARDED_BY(x)
#endif
#ifndef REQUIRES
#define REQUIRES(...) ABSL_EXCLUSIVE_LOCKS_REQUIRED(__VA_ARGS__)
#endif
#ifndef EXCLUDES
#define EXCLUDES(...) ABSL_LOCKS_EXCLUDED(__VA_ARGS__)
#endif
#ifndef NO_THREAD_SAFETY_ANALYSIS
#define NO_THREAD_SAFETY_ANALYSIS ABSL_NO_THREAD_SAFETY_ANALYSIS
#endif

namespace consilience::common {

class ABSL_LOCKABLE Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : lock_(mutex.mutex_) {}
  ~MutexLock() ABSL_UNLOCK_FUNCTION() = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  friend class CondVar;
  std::unique_lock<std::mutex> lock_;
};

class CondVar {
 public:
  template <typename Condition>
  void Wait(MutexLock& lock, Condition condition) {
    ready_.wait(lock.lock_, std::move(condition));
  }
  // False when `timeout` passed and the condition still does not hold.
  template <typename Condition>
  bool WaitFor(MutexLock& lock, absl::Duration timeout, Condition condition) {
    if (timeout == absl::InfiniteDuration()) {
      Wait(lock, std::move(condition));
      return true;
    }
    return ready_.wait_for(lock.lock_, absl::ToChronoNanoseconds(timeout), std::move(condition));
  }
  void NotifyOne() { ready_.notify_one(); }
  void NotifyAll() { ready_.notify_all(); }

 private:
  std::condition_variable ready_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SYNC_MUTEX_H_
