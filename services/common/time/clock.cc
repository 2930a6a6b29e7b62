#include "services/common/time/clock.h"

#include "absl/time/civil_time.h"
#include "services/common/text/strings.h"

namespace consilience::common {

absl::Time FakeClock::Now() const {
  const MutexLock lock(mutex_);
  return now_;
}

void FakeClock::Advance(absl::Duration by) {
  const MutexLock lock(mutex_);
  now_ += by;
}

void FakeClock::Set(absl::Time now) {
  const MutexLock lock(mutex_);
  now_ = now;
}

const Clock& RealClock() {
  static const auto* const clock = new SystemClock;
  return *clock;
}

std::string FormatRfc3339(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

std::optional<absl::Time> ParseRfc3339(std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, ToAbsl(text), &time, &error)) return std::nullopt;
  if (time == absl::InfiniteFuture() || time == absl::InfinitePast()) return std::nullopt;
  return time;
}

bool IsIsoDay(std::string_view text) {
  constexpr size_t kLength = 10;  // YYYY-MM-DD
  absl::CivilDay day;
  return text.size() == kLength && absl::ParseCivilTime(ToAbsl(text), &day) &&
         absl::FormatCivilTime(day) == ToAbsl(text);
}

}  // namespace consilience::common
