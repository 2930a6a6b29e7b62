// Waiting as something that is given: the real one can be woken, the fake one only notes how long
// it was asked to wait.
#ifndef CONSILIENCE_SERVICES_COMMON_TIME_SLEEPER_H_
#define CONSILIENCE_SERVICES_COMMON_TIME_SLEEPER_H_

#include <vector>

#include "absl/time/time.h"
#include "services/common/sync/mutex.h"
#include "services/common/time/clock.h"

namespace consilience::common {

// Thread-safe.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  // Returns after `duration` or as soon as Wake was called. A Wake that comes before the sleep ends
  // it at once.
  virtual void Sleep(absl::Duration duration) = 0;
  virtual void Wake() = 0;
};

class RealSleeper : public Sleeper {
 public:
  void Sleep(absl::Duration duration) override;
  void Wake() override;

 private:
  Mutex mutex_;
  CondVar woken_;
  bool wake_ GUARDED_BY(mutex_) = false;
};

// Moves its clock instead of waiting.
class FakeSleeper : public Sleeper {
 public:
  explicit FakeSleeper(FakeClock& clock) : clock_(clock) {}

  void Sleep(absl::Duration duration) override;
  void Wake() override {}
  std::vector<absl::Duration> slept() const;

 private:
  FakeClock& clock_;
  mutable Mutex mutex_;
  std::vector<absl::Duration> slept_ GUARDED_BY(mutex_);
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_TIME_SLEEPER_H_
