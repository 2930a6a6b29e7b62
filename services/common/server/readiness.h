// Whether what a service stands on can be used: looked at again and again, told to probes, metrics
// and the log.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_READINESS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_READINESS_H_

#include <prometheus/registry.h>

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// Thread-safe, but for Watch, which comes before Start.
class Readiness {
 public:
  // `changed` is told whether everything can be used, from a thread of its own, when that changes.
  Readiness(prometheus::Registry& registry, std::function<void(bool)> changed)
      : registry_(registry), changed_(std::move(changed)) {}
  ~Readiness() { Stop(); }
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

  // `store` is a label of consilience_store_up: "ingest". `use` tries it and may take seconds.
  void Watch(std::string store, std::function<absl::Status()> use);
  // How a use of a store ended. While the disk is full, reading goes on and only this tells.
  void Note(const std::string& store, const absl::Status& end);
  // Everything can be used at first.
  void Start();
  void Stop();
  // What cannot be used and why, one after the other; empty when all is well.
  std::string problem() const;

 private:
  struct Watched {
    std::string store;
    std::function<absl::Status()> use;
    prometheus::Gauge* up;
  };

  struct Full {
    absl::Status why;
    absl::Time noted;
  };

  // What was noted of a store, as long as that counts.
  absl::Status Noted(const std::string& store);
  void LookUntilStopped();
  void Look();

  prometheus::Registry& registry_;
  const std::function<void(bool)> changed_;
  std::vector<Watched> watched_;
  mutable Mutex mutex_;
  CondVar stopped_;
  bool stop_ GUARDED_BY(mutex_) = false;
  std::map<std::string, std::string> problems_ GUARDED_BY(mutex_);  // by store
  std::map<std::string, Full> full_ GUARDED_BY(mutex_);             // by store
  std::thread thread_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_READINESS_H_
