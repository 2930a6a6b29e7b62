#include "services/common/server/call_metrics.h"

#include "services/common/errors/grpc_status.h"

namespace consilience::common {
namespace {

prometheus::Family<prometheus::Counter>& Counter(prometheus::Registry& registry,
                                                 const std::string& name, const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

std::string Name(CallSide side, const char* what) {
  return std::string(side == CallSide::kServer ? "grpc_server_" : "grpc_client_") + what;
}

const prometheus::Histogram::BucketBoundaries kSeconds = {.005, .01, .025, .05, .1, .25,
                                                          .5,   1,   2.5,  5,   10};

}  // namespace

void MethodMetrics::Handled(grpc::StatusCode code, double seconds) {
  handled_.at(handled_.contains(code) ? code : grpc::StatusCode::UNKNOWN)->Increment();
  seconds_->Observe(seconds);
}

CallMetrics::CallMetrics(prometheus::Registry& registry, CallSide side)
    : started_(Counter(registry, Name(side, "started_total"), "Calls started.")),
      received_(Counter(registry, Name(side, "msg_received_total"), "Messages received.")),
      sent_(Counter(registry, Name(side, "msg_sent_total"), "Messages sent.")),
      handled_(Counter(registry, Name(side, "handled_total"), "Calls finished, by status code.")),
      seconds_(prometheus::BuildHistogram()
                   .Name(Name(side, "handling_seconds"))
                   .Help("Time from a call's start to its status.")
                   .Register(registry)) {}

MethodMetrics CallMetrics::Method(const std::string& service, const std::string& method,
                                  const std::string& type) {
  const prometheus::Labels labels = {
      {"grpc_type", type}, {"grpc_service", service}, {"grpc_method", method}};
  MethodMetrics result;
  result.started_ = &started_.Add(labels);
  result.received_ = &received_.Add(labels);
  result.sent_ = &sent_.Add(labels);
  result.seconds_ = &seconds_.Add(labels, kSeconds);
  for (int code = grpc::StatusCode::OK; code <= grpc::StatusCode::UNAUTHENTICATED; ++code) {
    prometheus::Labels coded = labels;
    const auto status = static_cast<grpc::StatusCode>(code);
    coded["grpc_code"] = std::string(GoCodeName(status));
    result.handled_[status] = &handled_.Add(coded);
  }
  return result;
}

}  // namespace consilience::common
