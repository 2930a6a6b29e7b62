#include "services/common/time/sleeper.h"

namespace consilience::common {

void RealSleeper::Sleep(absl::Duration duration) {
  MutexLock lock(mutex_);
  woken_.WaitFor(lock, duration, [this]() NO_THREAD_SAFETY_ANALYSIS { return wake_; });
  wake_ = false;
}

void RealSleeper::Wake() {
  {
    const MutexLock lock(mutex_);
    wake_ = true;
  }
  woken_.NotifyAll();
}

void FakeSleeper::Sleep(absl::Duration duration) {
  clock_.Advance(duration);
  const MutexLock lock(mutex_);
  slept_.push_back(duration);
}

std::vector<absl::Duration> FakeSleeper::slept() const {
  const MutexLock lock(mutex_);
  return slept_;
}

}  // namespace consilience::common
