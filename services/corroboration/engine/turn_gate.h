// Lets work of many turns give way to those who wait for one. A mutex alone would not: whoever
// leaves it and comes back at once is there before a waiting thread has woken.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_GATE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_GATE_H_

#include "services/common/sync/mutex.h"

namespace consilience::corroboration {

// Thread-safe.
class TurnGate {
 public:
  // Around waiting for a turn.
  void Arrive() {
    const common::MutexLock lock(mutex_);
    ++waiting_;
  }
  void Enter() {
    const common::MutexLock lock(mutex_);
    --waiting_;
    ++entered_;
    changed_.NotifyAll();
  }

  // Returns when nobody waits, or some turns were had by others since the call.
  void GiveWay() {
    common::MutexLock lock(mutex_);
    entered_ = 0;
    changed_.Wait(lock, [this]() NO_THREAD_SAFETY_ANALYSIS {
      return waiting_ == 0 || entered_ >= kTurnsGiven;
    });
  }

 private:
  static constexpr int kTurnsGiven = 4;

  common::Mutex mutex_;
  common::CondVar changed_;
  int waiting_ GUARDED_BY(mutex_) = 0;
  int entered_ GUARDED_BY(mutex_) = 0;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_GATE_H_
