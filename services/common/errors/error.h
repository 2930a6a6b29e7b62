// How an error carries its machine-readable half: an absl::Status whose payloads are google.rpc
// details, exactly one of them an ErrorInfo. Inside the house errors are absl::Status;
// grpc_status.h is the one place where they leave it.
//
// Constructors with a meaning live in the catalogues (errors/catalogue.h and the errors.h of each
// service); the functions here are what the catalogues are made of.
#ifndef CONSILIENCE_SERVICES_COMMON_ERRORS_ERROR_H_
#define CONSILIENCE_SERVICES_COMMON_ERRORS_ERROR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace consilience::common {

inline constexpr std::string_view kErrorDomain = "consilience";

// Every value named in the message is repeated in the metadata, so that no caller has to read
// prose.
using ErrorMetadata = std::map<std::string, std::string>;

// `reason` is UPPER_SNAKE and belongs to one constructor of one catalogue.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const ErrorMetadata& metadata = {});

// Details, each added to an error made above. `field` is a path in the request:
// "document.publication_date".
absl::Status WithFieldViolation(absl::Status status, std::string_view field,
                                std::string_view description);
absl::Status WithResource(absl::Status status, std::string_view type, std::string_view name,
                          std::string_view description);
absl::Status WithQuota(absl::Status status, std::string_view subject, std::string_view description);
absl::Status WithRetryAfter(absl::Status status, absl::Duration delay);

// What a caller, a log line or a metric asks of an error. Empty when `status` is OK or came from
// elsewhere.
std::string ErrorReason(const absl::Status& status);
ErrorMetadata ErrorMetadataOf(const absl::Status& status);
std::optional<absl::Duration> RetryAfter(const absl::Status& status);

// `value` between double quotes, control characters escaped, cut to `max_bytes`: fit for a message
// or a log line.
std::string Quoted(std::string_view value, size_t max_bytes = 80);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_ERRORS_ERROR_H_
