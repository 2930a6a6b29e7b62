// grpc.health.v1.Health over the callback API. (gRPC's own cannot be mounted on two servers, and a
// server that has nothing else does not start.)
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_HEALTH_SERVICE_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_HEALTH_SERVICE_H_

#include <map>
#include <set>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"
#include "services/common/sync/mutex.h"

namespace consilience::common {

// Thread-safe.
class HealthService : public grpc::health::v1::Health::CallbackService {
 public:
  // From now on `service` is a known name. Watchers are told of changes.
  void Set(const std::string& service, bool serving);
  bool Serving(const std::string& service) const;
  // Ends all watches; every name answers NOT_SERVING afterwards.
  void Shutdown();

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context,
      const grpc::health::v1::HealthCheckRequest* request) override;

 private:
  class Watcher;
  using Status = grpc::health::v1::HealthCheckResponse::ServingStatus;

  Status StatusOf(const std::string& service) const REQUIRES(mutex_);

  mutable Mutex mutex_;
  std::map<std::string, bool> serving_ GUARDED_BY(mutex_);
  std::set<Watcher*> watchers_ GUARDED_BY(mutex_);
  bool shut_down_ GUARDED_BY(mutex_) = false;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_HEALTH_SERVICE_H_
