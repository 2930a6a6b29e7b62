// The one place where errors cross the wire: absl::Status inside, google.rpc.Status with exactly
// one ErrorInfo outside.
#ifndef CONSILIENCE_SERVICES_COMMON_ERRORS_GRPC_STATUS_H_
#define CONSILIENCE_SERVICES_COMMON_ERRORS_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <string_view>

#include "absl/status/status.h"

namespace google::rpc {
class Status;
}

namespace consilience::common {

// An error that carries no ErrorInfo gets one whose reason is the name of its code. Messages and
// metadata are cut so that the trailer stays under the 8 KiB that proxies and clients accept.
grpc::Status ToGrpcStatus(const absl::Status& status);

// The inverse, on the client's side; details survive as payloads, so ErrorReason and RetryAfter
// work on the result.
absl::Status FromGrpcStatus(const grpc::Status& status);

// The same error as a message, for the items of a stream or of a batch.
google::rpc::Status ToStatusProto(const absl::Status& status);
absl::Status FromStatusProto(const google::rpc::Status& status);

// "INVALID_ARGUMENT", and as go-grpc-prometheus spells it, "InvalidArgument".
std::string_view CodeName(absl::StatusCode code);
std::string_view GoCodeName(grpc::StatusCode code);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_ERRORS_GRPC_STATUS_H_
