// Counts and times of calls, under the names that go-grpc-prometheus made standard, so that
// existing dashboards fit.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_CALL_METRICS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_CALL_METRICS_H_

#include <grpcpp/support/status.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>
#include <string>

namespace consilience::common {

// The series of one method, looked up once. Thread-safe, as prometheus-cpp's counters are.
class MethodMetrics {
 public:
  void Started() { started_->Increment(); }
  void Received() { received_->Increment(); }
  void Sent() { sent_->Increment(); }
  void Handled(grpc::StatusCode code, double seconds);

 private:
  friend class CallMetrics;
  prometheus::Counter* started_ = nullptr;
  prometheus::Counter* received_ = nullptr;
  prometheus::Counter* sent_ = nullptr;
  prometheus::Histogram* seconds_ = nullptr;
  std::map<grpc::StatusCode, prometheus::Counter*> handled_;
};

// On which end of the calls.
enum class CallSide { kServer, kClient };

class CallMetrics {
 public:
  explicit CallMetrics(prometheus::Registry& registry, CallSide side = CallSide::kServer);

  // Series for one method, every code at zero, so that a rate never misses its first event. `type`
  // is "unary", "client_stream", "server_stream" or "bidi_stream".
  MethodMetrics Method(const std::string& service, const std::string& method,
                       const std::string& type);

 private:
  prometheus::Family<prometheus::Counter>& started_;
  prometheus::Family<prometheus::Counter>& received_;
  prometheus::Family<prometheus::Counter>& sent_;
  prometheus::Family<prometheus::Counter>& handled_;
  prometheus::Family<prometheus::Histogram>& seconds_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_CALL_METRICS_H_
