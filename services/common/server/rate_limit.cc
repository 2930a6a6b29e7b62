#include "services/common/server/rate_limit.h"

#include <algorithm>

namespace consilience::common {

double RateLimit::CallsAt(const Bucket& bucket, absl::Time now) const {
  const double gained = absl::ToDoubleSeconds(now - bucket.at) * per_second_;
  return std::min<double>(per_second_, bucket.calls + std::max(0.0, gained));
}

void RateLimit::Forget(absl::Time now) {
  std::erase_if(buckets_,
                [&](const auto& entry) { return CallsAt(entry.second, now) >= per_second_; });
  // More callers than that within a second: an attack, or a limit set too low. Begin anew rather
  // than grow.
  if (buckets_.size() >= most_callers_) buckets_.clear();
}

absl::Duration RateLimit::Take(const std::string& caller, absl::Time now) {
  if (per_second_ == 0) return absl::ZeroDuration();
  const MutexLock lock(mutex_);
  if (buckets_.size() >= most_callers_ && !buckets_.contains(caller)) Forget(now);
  Bucket& bucket =
      buckets_.try_emplace(caller, Bucket{static_cast<double>(per_second_), now}).first->second;
  const double calls = CallsAt(bucket, now);
  if (calls < 1) return absl::Seconds((1 - calls) / per_second_);
  bucket = {calls - 1, now};
  return absl::ZeroDuration();
}

}  // namespace consilience::common
