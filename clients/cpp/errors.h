// What went wrong with a call, as a person and as a program wants to know it.
#ifndef CONSILIENCE_CLIENTS_CPP_ERRORS_H_
#define CONSILIENCE_CLIENTS_CPP_ERRORS_H_

#include <grpcpp/support/status.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace consilience::client {

// Turns the end of a call into our status. The details of google.rpc.Status stay with it as
// payloads, and it remembers which server it came from.
absl::Status FromCall(const grpc::Status& status, std::string_view address);

// The address that a failed call was made to; nothing when the status is of this side's own making.
std::optional<std::string> FailedServer(const absl::Status& status);

// An error taken apart.
struct ErrorReport {
  std::string message;
  std::string reason;  // ErrorInfo.reason; empty when the server sent none
  std::vector<std::pair<std::string, std::string>> violations;  // field, what is wrong with it
  std::string resource;                                         // name of what the error is about
  std::optional<absl::Duration> retry_after;
};
ErrorReport Report(const absl::Status& status);

// One line: the message, then the field violations that it does not already say.
std::string Describe(const absl::Status& status);

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_ERRORS_H_
