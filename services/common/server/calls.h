// From a gRPC method to a plain function, with everything in between that is the same for all
// calls.
//
// An RPC of a service is one statement:
//
//   grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context, const
//   GetDocumentRequest* request,
//                                         Document* response) override {
//     return calls_.Unary("GetDocument", context, request, response,
//         [this](const Call& call, const GetDocumentRequest& request, Document& response) { return
//         …status… });
//   }
//
// The order of what happens, outermost first: metrics → trace → access → limit → deadline → recover
// → handler → log.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_CALLS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_CALLS_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/common/server/access.h"
#include "services/common/server/call_metrics.h"
#include "services/common/server/stream.h"
#include "services/common/server/worker_pool.h"
#include "services/common/trace/trace.h"

namespace consilience::common {

struct CallLimits {
  int workers = 8;                                 // threads for calls that end by themselves
  size_t queue = 256;                              // calls that may wait for such a thread
  int streams = 32;                                // streams served at once, a thread each
  absl::Duration longest_call = absl::Minutes(1);  // a call's deadline is never later than this
};

// What a handler may know of the call it serves. Lives as long as the call.
class Call {
 public:
  Call(const grpc::CallbackServerContext& context, absl::Duration longest);

  absl::Time deadline() const { return deadline_; }
  const TraceContext& trace() const { return trace_; }
  std::string peer() const { return context_.peer(); }
  // As the file of callers calls him; where there is none, the host that he calls from.
  const std::string& caller() const { return caller_; }
  // The caller is gone or out of patience; what is computed now nobody reads.
  bool Cancelled() const;

 private:
  friend class ServiceCalls;
  const grpc::CallbackServerContext& context_;
  std::string caller_;
  absl::Time deadline_;
  TraceContext trace_;
};

// The threads and metrics that all services of one process share.
class CallRuntime {
 public:
  CallRuntime(const CallLimits& limits, prometheus::Registry& registry);

  // Asks `access` about every call from now on; nobody is asked before. It must outlive the calls.
  void Guard(Access& access) { access_ = &access; }
  Access* access() { return access_; }

  // Waits until every handler has returned; calls that come later are refused.
  void Close();

  WorkerPool& workers() { return workers_; }
  WorkerPool& streams() { return streams_; }
  CallMetrics& metrics() { return metrics_; }
  const CallLimits& limits() const { return limits_; }

 private:
  const CallLimits limits_;
  Access* access_ = nullptr;
  CallMetrics metrics_;
  WorkerPool workers_;
  WorkerPool streams_;
};

// The calls of one gRPC service. Thread-safe.
class ServiceCalls {
 public:
  // `service` is the full name of a service whose descriptor is linked in: all its methods are
  // known from it.
  ServiceCalls(CallRuntime& runtime, const std::string& service);

  template <typename Request, typename Response, typename Handler>
  grpc::ServerUnaryReactor* Unary(const char* method, grpc::CallbackServerContext* context,
                                  const Request* request, Response* response, Handler handler) {
    auto* reactor = new UnaryReactor;
    Run(
        method, context, runtime_.workers(),
        [request, response, handler = std::move(handler)](const Call& call,
                                                          MethodMetrics& metrics) {
          metrics.Received();
          absl::Status status = handler(call, *request, *response);
          if (status.ok()) metrics.Sent();
          return status;
        },
        [reactor](const grpc::Status& status) { reactor->Finish(status); });
    return reactor;
  }

  // `handler(call, request, writer)` writes until it has nothing more, or until Write says that
  // nobody listens.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerWriteReactor<Response>* ServerStream(const char* method,
                                                   grpc::CallbackServerContext* context,
                                                   const Request* request, Handler handler) {
    auto* stream = new ServerStreamReactor<Response>;
    Run(
        method, context, runtime_.streams(),
        [request, stream, handler = std::move(handler)](const Call& call, MethodMetrics& metrics) {
          metrics.Received();
          stream->OnSent([&metrics] { metrics.Sent(); });
          return handler(call, *request, *stream);
        },
        [stream](const grpc::Status& status) { stream->Finish(status); });
    return stream;
  }

  // `handler(call, stream)` reads and writes as it likes.
  template <typename Request, typename Response, typename Handler>
  grpc::ServerBidiReactor<Request, Response>* Bidi(const char* method,
                                                   grpc::CallbackServerContext* context,
                                                   Handler handler) {
    auto* stream = new BidiReactor<Request, Response>;
    Run(
        method, context, runtime_.streams(),
        [stream, handler = std::move(handler)](const Call& call, MethodMetrics& metrics) {
          stream->OnReceived([&metrics] { metrics.Received(); });
          stream->OnSent([&metrics] { metrics.Sent(); });
          return handler(call, *stream);
        },
        [stream](const grpc::Status& status) { stream->Finish(status); });
    return stream;
  }

 private:
  class UnaryReactor : public grpc::ServerUnaryReactor {
   public:
    void OnDone() override { delete this; }
  };
  struct Method {
    std::string name;  // "consilience.ingest.v1.IngestService/GetDocument"
    bool stream = false;
    MethodMetrics metrics;
  };
  using Body = std::function<absl::Status(const Call&, MethodMetrics&)>;
  using Finisher = std::function<void(const grpc::Status&)>;

  // Whether the call may go ahead; names its caller.
  absl::Status Admit(const Method& method, Call& call);
  void Log(const Method& method, const Call& call, const absl::Status& status, absl::Duration took);
  // Hands `body` to the pool and, whatever becomes of it, calls `finish` exactly once.
  void Run(const char* method, grpc::CallbackServerContext* context, WorkerPool& pool, Body body,
           Finisher finish);
  static absl::Status Guarded(const Method& method, const Call& call, const Body& body,
                              MethodMetrics& metrics);

  CallRuntime& runtime_;
  std::map<std::string, Method> methods_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_CALLS_H_
