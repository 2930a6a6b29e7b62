// How often each caller may call.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_RATE_LIMIT_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_RATE_LIMIT_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// A token bucket a caller, which holds a second's worth of calls and begins full. Thread-safe.
class RateLimit {
 public:
  // No limit when `per_second` is 0. `most_callers` bounds the memory: over it, those whose buckets
  // are full again are forgotten, which changes nothing for them.
  explicit RateLimit(int per_second, size_t most_callers = 10'000)
      : per_second_(per_second), most_callers_(most_callers) {}

  // Zero when the call may go ahead, else how long to wait before the next attempt.
  absl::Duration Take(const std::string& caller, absl::Time now);

  int per_second() const { return per_second_; }

 private:
  struct Bucket {
    double calls = 0;  // that may go ahead at `at`
    absl::Time at;
  };

  double CallsAt(const Bucket& bucket, absl::Time now) const;
  void Forget(absl::Time now) REQUIRES(mutex_);

  const int per_second_;
  const size_t most_callers_;
  Mutex mutex_;
  std::map<std::string, Bucket> buckets_ GUARDED_BY(mutex_);
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_RATE_LIMIT_H_
