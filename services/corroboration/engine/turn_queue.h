// Who comes while a turn is under way shares the next one, and its wait for the disk, with all who
// came as well.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_QUEUE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_QUEUE_H_

#include <algorithm>
#include <deque>
#include <iterator>
#include <vector>

#include "services/common/sync/mutex.h"

namespace consilience::corroboration {

// Thread-safe.
template <typename Entry>
class TurnQueue {
 public:
  explicit TurnQueue(size_t most) : most_(most) {}

  // Returns once `entry` was among the entries, at most so many and in the order of arrival, that
  // `work` was called with; on this thread or on that of somebody who came before. `work` must not
  // throw.
  template <typename Work>
  void Run(Entry& entry, const Work& work) {
    Waiting mine{&entry, false};
    Enter(mine);
    while (true) {
      const std::vector<Waiting*> group = NextGroup(mine);
      if (group.empty()) return;
      std::vector<Entry*> entries;
      entries.reserve(group.size());
      for (const Waiting* const waiting : group) entries.push_back(waiting->entry);
      work(entries);
      Leave(group);
    }
  }

 private:
  struct Waiting {
    Entry* entry;
    bool done;
  };

  void Enter(Waiting& mine) {
    const common::MutexLock lock(mutex_);
    waiting_.push_back(&mine);
  }

  // Those to work for now; empty when that was done for `mine` already.
  std::vector<Waiting*> NextGroup(const Waiting& mine) {
    common::MutexLock lock(mutex_);
    changed_.Wait(lock, [&]() NO_THREAD_SAFETY_ANALYSIS { return mine.done || !working_; });
    std::vector<Waiting*> group;
    if (mine.done) return group;
    working_ = true;
    const auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(most_, waiting_.size()));
    group.assign(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    return group;
  }

  void Leave(const std::vector<Waiting*>& group) {
    const common::MutexLock lock(mutex_);
    for (Waiting* const waiting : group) waiting->done = true;
    working_ = false;
    changed_.NotifyAll();
  }

  const size_t most_;
  common::Mutex mutex_;
  common::CondVar changed_;
  std::deque<Waiting*> waiting_ GUARDED_BY(mutex_);
  bool working_ GUARDED_BY(mutex_) = false;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_TURN_QUEUE_H_
