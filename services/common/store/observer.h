// Who is told how long a store took and how it ended.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_OBSERVER_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_OBSERVER_H_

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/time/clock.h"

namespace consilience::common {

// `operation` is "read", "write" or "sync", the wait for the disk where that is apart from a write.
// Called from any thread.
using StoreObserver =
    std::function<void(std::string_view operation, absl::Duration took, const absl::Status& end)>;

// Runs `work` and tells of it; nobody is told where there is no observer.
template <typename Work>
absl::Status Observed(const StoreObserver& observer, std::string_view operation, Work work) {
  if (!observer) return work();
  const absl::Time start = RealClock().Now();
  absl::Status end = work();
  observer(operation, RealClock().Now() - start, end);
  return end;
}

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_OBSERVER_H_
