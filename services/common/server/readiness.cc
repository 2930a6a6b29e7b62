#include "services/common/server/readiness.h"

#include <prometheus/gauge.h>

#include <utility>

#include "absl/time/time.h"
#include "services/common/errors/error.h"
#include "services/common/log/log.h"
#include "services/common/text/strings.h"
#include "services/common/time/clock.h"

namespace consilience::common {
namespace {

constexpr absl::Duration kLookEvery = absl::Seconds(2);
// So long after the last write that found no space a store counts as full. Then it is tried again.
constexpr absl::Duration kFullFor = absl::Seconds(3);

// A store that others keep busy answers in the end.
bool CanBeUsed(const absl::Status& status) {
  return status.ok() || ErrorReason(status) == "STORE_BUSY";
}

}  // namespace

void Readiness::Watch(std::string store, std::function<absl::Status()> use) {
  prometheus::Gauge& up = prometheus::BuildGauge()
                              .Name("consilience_store_up")
                              .Help("1 while the store can be used, else 0.")
                              .Register(registry_)
                              .Add({{"store", store}});
  up.Set(1);
  watched_.push_back({std::move(store), std::move(use), &up});
}

void Readiness::Note(const std::string& store, const absl::Status& end) {
  if (end.ok() || ErrorReason(end) != "STORE_FULL") return;
  const MutexLock lock(mutex_);
  full_[store] = {end, RealClock().Now()};
}

absl::Status Readiness::Noted(const std::string& store) {
  const MutexLock lock(mutex_);
  const auto found = full_.find(store);
  if (found == full_.end()) return absl::OkStatus();
  if (RealClock().Now() - found->second.noted < kFullFor) return found->second.why;
  full_.erase(found);
  return absl::OkStatus();
}

void Readiness::Start() {
  if (!watched_.empty()) thread_ = std::thread([this] { LookUntilStopped(); });
}

void Readiness::Stop() {
  if (!thread_.joinable()) return;
  {
    const MutexLock lock(mutex_);
    stop_ = true;
    stopped_.NotifyAll();
  }
  thread_.join();
}

std::string Readiness::problem() const {
  const MutexLock lock(mutex_);
  std::string problem;
  for (const auto& [store, why] : problems_) problem += (problem.empty() ? "" : "; ") + why;
  return problem;
}

void Readiness::LookUntilStopped() {
  while (true) {
    Look();
    MutexLock lock(mutex_);
    const auto stopped = [this]() NO_THREAD_SAFETY_ANALYSIS { return stop_; };
    if (stopped_.WaitFor(lock, kLookEvery, stopped)) return;
  }
}

void Readiness::Look() {
  const bool was_well = problem().empty();
  for (const Watched& watched : watched_) {
    absl::Status status = watched.use();
    if (status.ok()) status = Noted(watched.store);
    const bool up = CanBeUsed(status);
    watched.up->Set(up ? 1 : 0);
    const MutexLock lock(mutex_);
    const bool was_up = !problems_.contains(watched.store);
    if (up) {
      problems_.erase(watched.store);
    } else {
      problems_[watched.store] = ToStd(status.message());
    }
    if (up && !was_up) log::Info("the store can be used again", {{"store", watched.store}});
    if (!up && was_up) {
      log::Error("the store cannot be used", {{"store", watched.store}, {"error", status}});
    }
  }
  const bool well = problem().empty();
  const MutexLock lock(mutex_);
  if (well != was_well && !stop_) changed_(well);
}

}  // namespace consilience::common
