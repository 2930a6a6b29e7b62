#include "services/common/server/calls.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <stdexcept>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/caught.h"
#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "services/common/log/log.h"
#include "services/common/time/clock.h"

namespace consilience::common {
namespace {

TraceContext TraceOf(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(kTraceparent);
  if (found != metadata.end()) {
    const std::string header(found->second.data(), found->second.size());
    if (const auto parent = ParseTraceparent(header)) return ChildOf(*parent);
  }
  return NewTrace();
}

std::string TypeName(const google::protobuf::MethodDescriptor& method) {
  if (method.client_streaming()) return method.server_streaming() ? "bidi_stream" : "client_stream";
  return method.server_streaming() ? "server_stream" : "unary";
}

// Failures that are ours are warnings; refusals are the ordinary life of a server.
log::Level LevelOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return log::Level::kDebug;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return log::Level::kError;
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
      return log::Level::kWarning;
    default:
      return log::Level::kInfo;
  }
}

}  // namespace

Call::Call(const grpc::CallbackServerContext& context, absl::Duration longest)
    : context_(context),
      deadline_(std::min(absl::FromChrono(context.deadline()), RealClock().Now() + longest)),
      trace_(TraceOf(context)) {}

bool Call::Cancelled() const { return context_.IsCancelled() || RealClock().Now() >= deadline_; }

CallRuntime::CallRuntime(const CallLimits& limits, prometheus::Registry& registry)
    : limits_(limits),
      metrics_(registry),
      workers_(limits.workers, limits.queue),
      streams_(limits.streams, 0) {}

void CallRuntime::Close() {
  streams_.Close();
  workers_.Close();
}

ServiceCalls::ServiceCalls(CallRuntime& runtime, const std::string& service) : runtime_(runtime) {
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(service);
  if (descriptor == nullptr) throw std::logic_error("no such service is linked in: " + service);
  for (int i = 0; i < descriptor->method_count(); ++i) {
    const auto& method = *descriptor->method(i);
    const std::string type = TypeName(method);
    methods_.emplace(method.name(), Method{service + "/" + method.name(), type != "unary",
                                           runtime.metrics().Method(service, method.name(), type)});
  }
}

absl::Status ServiceCalls::Guarded(const Method& method, const Call& call, const Body& body,
                                   MethodMetrics& metrics) {
  if (!method.stream && RealClock().Now() >= call.deadline()) return DeadlineExpired(method.name);
  return Caught([&] { return body(call, metrics); });
}

absl::Status ServiceCalls::Admit(const Method& method, Call& call) {
  if (runtime_.access() == nullptr) return absl::OkStatus();
  auto caller = runtime_.access()->Admit(call.context_, method.name);
  if (caller.ok()) call.caller_ = std::move(caller->name);
  return caller.status();
}

// What changes something is logged with its caller, whatever the level of other calls.
void ServiceCalls::Log(const Method& method, const Call& call, const absl::Status& status,
                       absl::Duration took) {
  const bool audited = runtime_.access() != nullptr && runtime_.access()->identifies() &&
                       Access::Changes(method.name);
  const log::Level level = LevelOf(status);
  log::Write(audited ? std::max(level, log::Level::kInfo) : level, audited ? "audit" : "call",
             {{"method", method.name},
              {"took", took},
              {"caller", call.caller()},
              {"peer", call.peer()},
              {"status", status}});
}

void ServiceCalls::Run(const char* method_name, grpc::CallbackServerContext* context,
                       WorkerPool& pool, Body body, Finisher finish) {
  Method& method = methods_.at(method_name);
  method.metrics.Started();
  const absl::Time start = RealClock().Now();
  const absl::Duration longest =
      method.stream ? absl::InfiniteDuration() : runtime_.limits().longest_call;
  auto call = std::make_shared<Call>(*context, longest);
  const auto end = [this, &method, start, call,
                    finish = std::move(finish)](const absl::Status& status) {
    const absl::Duration took = RealClock().Now() - start;
    const grpc::Status outside = ToGrpcStatus(status);
    method.metrics.Handled(outside.error_code(), absl::ToDoubleSeconds(took));
    Log(method, *call, status, took);
    finish(outside);
  };
  if (const absl::Status admitted = Admit(method, *call); !admitted.ok()) {
    const log::TraceScope scope(call->trace().trace_id);
    end(admitted);
    return;
  }
  const bool taken = pool.Submit([&method, call, body = std::move(body), end] {
    const log::TraceScope scope(call->trace().trace_id);
    end(Guarded(method, *call, body, method.metrics));
  });
  if (taken) return;
  const log::TraceScope scope(call->trace().trace_id);
  end(Overloaded(method.stream ? "streams" : "calls", pool.capacity(), absl::Milliseconds(500)));
}

}  // namespace consilience::common
