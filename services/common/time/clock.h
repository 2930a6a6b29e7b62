// Time as something that is given, so that no test waits and no domain code asks for "now".
#ifndef CONSILIENCE_SERVICES_COMMON_TIME_CLOCK_H_
#define CONSILIENCE_SERVICES_COMMON_TIME_CLOCK_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// Stands still until it is moved.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override;
  void Advance(absl::Duration by);
  void Set(absl::Time now);

 private:
  mutable Mutex mutex_;
  absl::Time now_ GUARDED_BY(mutex_);
};

// The clock of the machine, never destroyed.
const Clock& RealClock();

// "2016-11-22T09:30:00Z", with the fraction of a second only when there is one.
std::string FormatRfc3339(absl::Time time);
// Any RFC 3339 instant; nothing when `text` is not one.
std::optional<absl::Time> ParseRfc3339(std::string_view text);
// A calendar day that exists, as "2016-11-22".
bool IsIsoDay(std::string_view text);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TIME_CLOCK_H_
