#include "services/common/server/health_service.h"

#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/grpc_status.h"

namespace consilience::common {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// Sends a status whenever it differs from the last one sent. All members are guarded by the
// service's mutex; the reactor's operations are started under it, which gRPC permits.
class HealthService::Watcher : public grpc::ServerWriteReactor<HealthCheckResponse> {
 public:
  Watcher(HealthService& service, std::string name) : service_(service), name_(std::move(name)) {
    MutexLock lock(service_.mutex_);
    service_.watchers_.insert(this);
    Advance();
  }

  // Requires the mutex.
  void Advance() NO_THREAD_SAFETY_ANALYSIS {
    if (writing_ || finished_) return;
    if (service_.shut_down_ || cancelled_) {
      finished_ = true;
      Finish(cancelled_ ? grpc::Status::CANCELLED : ToGrpcStatus(ShuttingDown(absl::Seconds(1))));
      return;
    }
    const Status now = service_.StatusOf(name_);
    if (sent_ && message_.status() == now) return;
    sent_ = true;
    writing_ = true;
    message_.set_status(now);
    StartWrite(&message_);
  }

  void OnWriteDone(bool ok) override {
    MutexLock lock(service_.mutex_);
    writing_ = false;
    cancelled_ = cancelled_ || !ok;
    Advance();
  }

  void OnCancel() override {
    MutexLock lock(service_.mutex_);
    cancelled_ = true;
    Advance();
  }

  void OnDone() override {
    {
      MutexLock lock(service_.mutex_);
      service_.watchers_.erase(this);
    }
    delete this;
  }

 private:
  HealthService& service_;
  const std::string name_;
  HealthCheckResponse message_;
  bool sent_ = false;
  bool writing_ = false;
  bool cancelled_ = false;
  bool finished_ = false;
};

void HealthService::Set(const std::string& service, bool serving) {
  MutexLock lock(mutex_);
  serving_[service] = serving;
  for (Watcher* watcher : watchers_) watcher->Advance();
}

bool HealthService::Serving(const std::string& service) const {
  MutexLock lock(mutex_);
  return StatusOf(service) == HealthCheckResponse::SERVING;
}

void HealthService::Shutdown() {
  MutexLock lock(mutex_);
  shut_down_ = true;
  for (auto& [name, serving] : serving_) serving = false;
  for (Watcher* watcher : watchers_) watcher->Advance();
}

HealthService::Status HealthService::StatusOf(const std::string& service) const {
  const auto found = serving_.find(service);
  if (found == serving_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return found->second ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

grpc::ServerUnaryReactor* HealthService::Check(grpc::CallbackServerContext* context,
                                               const HealthCheckRequest* request,
                                               HealthCheckResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  MutexLock lock(mutex_);
  const Status status = StatusOf(request->service());
  if (status == HealthCheckResponse::SERVICE_UNKNOWN) {
    reactor->Finish(ToGrpcStatus(ResourceNotFound("service", request->service())));
    return reactor;
  }
  response->set_status(status);
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* HealthService::Watch(
    grpc::CallbackServerContext* /*context*/, const HealthCheckRequest* request) {
  return new Watcher(*this, request->service());
}

}  // namespace consilience::common
