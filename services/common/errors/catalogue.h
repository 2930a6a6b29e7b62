// Every error that more than one service gives. Each constructor is the only place of its code,
// reason and wording; each message names what was given and says what to do about it.
#ifndef CONSILIENCE_SERVICES_COMMON_ERRORS_CATALOGUE_H_
#define CONSILIENCE_SERVICES_COMMON_ERRORS_CATALOGUE_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace consilience::common {

// Requests. `field` is the path of the field in the request.
absl::Status FieldMissing(std::string_view field, std::string_view remedy);
absl::Status FieldInvalid(std::string_view field, std::string_view value, std::string_view remedy);
absl::Status PageTokenInvalid(std::string_view token);
absl::Status FilterInvalid(std::string_view filter, size_t position, std::string_view problem);
absl::Status FilterFieldUnknown(std::string_view field, const std::vector<std::string>& known);
absl::Status UpdateMaskFieldUnknown(std::string_view field, const std::vector<std::string>& known);

// Resources. `type` is the singular of the collection ("document"), `name` the resource name
// ("documents/…").
absl::Status ResourceNotFound(std::string_view type, std::string_view name);
absl::Status ResourceAlreadyExists(std::string_view type, std::string_view name);
absl::Status EtagMismatch(std::string_view type, std::string_view name, std::string_view given,
                          std::string_view current);
// `state` is what the resource is in, `action` what was asked: "retracted", "be superseded".
absl::Status StateForbids(std::string_view type, std::string_view name, std::string_view state,
                          std::string_view action, std::string_view remedy);

// Limits and the state of the server.
absl::Status TooLarge(std::string_view subject, size_t bytes, size_t limit,
                      std::string_view setting);
absl::Status Overloaded(std::string_view subject, size_t limit, absl::Duration retry_after);
// `caller` called more than `per_second` times in a second.
absl::Status RateExceeded(std::string_view caller, int per_second, absl::Duration retry_after);
absl::Status ShuttingDown(absl::Duration retry_after);
absl::Status DeadlineExpired(std::string_view method);
// Something that cannot happen did. `problem` must hold nothing that is secret.
absl::Status Internal(std::string_view problem);

// Callers. Roles and methods by their names.
absl::Status CallerUnknown();
absl::Status CallerForbidden(std::string_view caller, std::string_view role,
                             std::string_view method, std::string_view needed);

// Storage.
absl::Status StoreUnavailable(std::string_view store, std::string_view problem);
absl::Status StoreBusy(std::string_view store, absl::Duration retry_after);
absl::Status StoreFull(std::string_view store);
absl::Status StoreCorrupt(std::string_view store, std::string_view problem);
absl::Status StoreTooNew(std::string_view store, int found, int known);
// What is there is not ours; `problem` ends with what to do.
absl::Status StoreForeign(std::string_view store, std::string_view problem);

// Starting up. `origin` says where a setting stands: "--port", "CONSIL_PORT",
// "consilience.toml:12".
absl::Status SettingUnknown(std::string_view key, std::string_view origin,
                            std::string_view nearest);
absl::Status SettingInvalid(std::string_view key, std::string_view value, std::string_view origin,
                            std::string_view rule);
absl::Status FileUnreadable(std::string_view path, std::string_view problem);
absl::Status AddressInUse(std::string_view address, std::string_view setting);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_ERRORS_CATALOGUE_H_
