// What an operator reads over HTTP: /metrics for Prometheus, /healthz and /readyz for probes.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_ADMIN_SERVER_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_ADMIN_SERVER_H_

#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

struct mg_context;

namespace consilience::common {

// Plain HTTP, read-only, without secrets. Thread-safe.
class AdminServer {
 public:
  struct Probes {
    // What is wrong; empty when all is well.
    std::function<std::string()> live;
    std::function<std::string()> ready;
  };

  // `listen` is "HOST:PORT"; port 0 takes a free one. The registry must outlive the server.
  // FAILED_PRECONDITION when the address is taken.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(const std::string& listen,
                                                            const prometheus::Registry& registry,
                                                            Probes probes);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  // Where it listens, with the port that was chosen.
  const std::string& address() const { return address_; }

 private:
  AdminServer(const prometheus::Registry& registry, Probes probes);

  const prometheus::Registry& registry_;
  const Probes probes_;
  std::string address_;
  mg_context* context_ = nullptr;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_ADMIN_SERVER_H_
