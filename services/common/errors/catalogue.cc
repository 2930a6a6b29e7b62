#include "services/common/errors/catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

#include "services/common/errors/error.h"

namespace consilience::common {
namespace {

using absl::StatusCode;

std::string Text(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status FieldMissing(std::string_view field, std::string_view remedy) {
  const auto message = fmt::format("{} is required: {}", field, remedy);
  return WithFieldViolation(
      MakeError(StatusCode::kInvalidArgument, "FIELD_MISSING", message, {{"field", Text(field)}}),
      field, remedy);
}

absl::Status FieldInvalid(std::string_view field, std::string_view value, std::string_view remedy) {
  const std::string shown = Quoted(value);
  const auto message = fmt::format("{} is {}: {}", field, shown, remedy);
  return WithFieldViolation(MakeError(StatusCode::kInvalidArgument, "FIELD_INVALID", message,
                                      {{"field", Text(field)}, {"value", shown}}),
                            field, remedy);
}

absl::Status PageTokenInvalid(std::string_view token) {
  const std::string shown = Quoted(token);
  const auto message = fmt::format(
      "page_token {} does not belong to this query: send the token of the previous page with the "
      "same filter, order_by and read_time, or none to begin again",
      shown);
  return WithFieldViolation(MakeError(StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID", message,
                                      {{"page_token", shown}}),
                            "page_token", "not a token of this query");
}

absl::Status FilterInvalid(std::string_view filter, size_t position, std::string_view problem) {
  const std::string shown = Quoted(filter, 200);
  const auto message =
      fmt::format("filter {} cannot be read at byte {}: {}", shown, position, problem);
  return WithFieldViolation(MakeError(StatusCode::kInvalidArgument, "FILTER_INVALID", message,
                                      {{"filter", shown}, {"position", std::to_string(position)}}),
                            "filter", problem);
}

absl::Status FilterFieldUnknown(std::string_view field, const std::vector<std::string>& known) {
  const auto fields = fmt::format("{}", fmt::join(known, ", "));
  const auto message =
      fmt::format("filter names no known field: {}; the fields are {}", Quoted(field), fields);
  return WithFieldViolation(MakeError(StatusCode::kInvalidArgument, "FILTER_FIELD_UNKNOWN", message,
                                      {{"field", Quoted(field)}, {"known_fields", fields}}),
                            "filter", "the fields are " + fields);
}

absl::Status UpdateMaskFieldUnknown(std::string_view field, const std::vector<std::string>& known) {
  const auto fields = fmt::format("{}", fmt::join(known, ", "));
  const auto message =
      fmt::format("update_mask path {} cannot be updated; the paths are {}", Quoted(field), fields);
  return WithFieldViolation(
      MakeError(StatusCode::kInvalidArgument, "UPDATE_MASK_FIELD_UNKNOWN", message,
                {{"field", Quoted(field)}, {"known_fields", fields}}),
      "update_mask", "unknown path");
}

absl::Status ResourceNotFound(std::string_view type, std::string_view name) {
  const std::string shown = Quoted(name, 200);
  return WithResource(MakeError(StatusCode::kNotFound, "RESOURCE_NOT_FOUND",
                                fmt::format("there is no {} {}", type, shown),
                                {{"resource_type", Text(type)}, {"resource_name", shown}}),
                      type, name, "not found");
}

absl::Status ResourceAlreadyExists(std::string_view type, std::string_view name) {
  const std::string shown = Quoted(name, 200);
  return WithResource(MakeError(StatusCode::kAlreadyExists, "RESOURCE_ALREADY_EXISTS",
                                fmt::format("there is a {} {} already", type, shown),
                                {{"resource_type", Text(type)}, {"resource_name", shown}}),
                      type, name, "already exists");
}

absl::Status EtagMismatch(std::string_view type, std::string_view name, std::string_view given,
                          std::string_view current) {
  const auto message = fmt::format(
      "{} {} changed since it was read: its etag is {}, not {}; read it again and repeat the "
      "change",
      type, Quoted(name, 200), Quoted(current), Quoted(given));
  return WithResource(MakeError(StatusCode::kAborted, "ETAG_MISMATCH", message,
                                {{"resource_type", Text(type)},
                                 {"resource_name", Quoted(name, 200)},
                                 {"etag_given", Quoted(given)},
                                 {"etag_current", Quoted(current)}}),
                      type, name, "etag mismatch");
}

absl::Status StateForbids(std::string_view type, std::string_view name, std::string_view state,
                          std::string_view action, std::string_view remedy) {
  const auto message =
      fmt::format("{} {} is {} and cannot {}: {}", type, Quoted(name, 200), state, action, remedy);
  return WithResource(MakeError(StatusCode::kFailedPrecondition, "STATE_FORBIDS", message,
                                {{"resource_type", Text(type)},
                                 {"resource_name", Quoted(name, 200)},
                                 {"state", Text(state)},
                                 {"action", Text(action)}}),
                      type, name, state);
}

absl::Status TooLarge(std::string_view subject, size_t bytes, size_t limit,
                      std::string_view setting) {
  const auto message = fmt::format("{} has {} bytes and the limit is {}: split it, or raise {}",
                                   subject, bytes, limit, setting);
  return WithQuota(MakeError(StatusCode::kResourceExhausted, "TOO_LARGE", message,
                             {{"subject", Text(subject)},
                              {"bytes", std::to_string(bytes)},
                              {"limit", std::to_string(limit)},
                              {"setting", Text(setting)}}),
                   subject, fmt::format("at most {} bytes", limit));
}

absl::Status Overloaded(std::string_view subject, size_t limit, absl::Duration retry_after) {
  const auto message =
      fmt::format("{} is full ({} at a time): try again a little later", subject, limit);
  auto status = MakeError(StatusCode::kResourceExhausted, "OVERLOADED", message,
                          {{"subject", Text(subject)}, {"limit", std::to_string(limit)}});
  status = WithQuota(std::move(status), subject, fmt::format("{} at a time", limit));
  return WithRetryAfter(std::move(status), retry_after);
}

absl::Status RateExceeded(std::string_view caller, int per_second, absl::Duration retry_after) {
  const std::string shown = Quoted(caller);
  const auto message = fmt::format(
      "{} calls more often than {} times a second: wait {}, or send more in one call", shown,
      per_second, absl::FormatDuration(absl::Ceil(retry_after, absl::Milliseconds(1))));
  auto status = MakeError(StatusCode::kResourceExhausted, "RATE_EXCEEDED", message,
                          {{"caller", shown}, {"calls_per_second", std::to_string(per_second)}});
  return WithRetryAfter(WithQuota(std::move(status), caller, "calls per second"), retry_after);
}

absl::Status ShuttingDown(absl::Duration retry_after) {
  return WithRetryAfter(MakeError(StatusCode::kUnavailable, "SHUTTING_DOWN",
                                  "the server is shutting down: repeat the call, another replica "
                                  "or the restarted server will answer"),
                        retry_after);
}

absl::Status DeadlineExpired(std::string_view method) {
  return MakeError(StatusCode::kDeadlineExceeded, "DEADLINE_EXPIRED",
                   fmt::format("the deadline of {} passed before its work was done: allow it more "
                               "time or ask for less",
                               method),
                   {{"method", Text(method)}});
}

absl::Status Internal(std::string_view problem) {
  return MakeError(StatusCode::kInternal, "INTERNAL",
                   fmt::format("something went wrong inside: {}; please report it", problem),
                   {{"problem", Text(problem)}});
}

absl::Status CallerUnknown() {
  return MakeError(StatusCode::kUnauthenticated, "CALLER_UNKNOWN",
                   "this server does not know who calls: send a bearer token that it knows "
                   "(--token-file), or connect with a certificate that it knows (--cert, --key)");
}

absl::Status CallerForbidden(std::string_view caller, std::string_view role,
                             std::string_view method, std::string_view needed) {
  return MakeError(
      StatusCode::kPermissionDenied, "CALLER_FORBIDDEN",
      fmt::format("{} is a {} and {} is for a {}: ask whoever keeps the server's file of callers",
                  Quoted(caller), role, method, needed),
      {{"caller", Quoted(caller)},
       {"role", Text(role)},
       {"method", Text(method)},
       {"role_needed", Text(needed)}});
}

absl::Status StoreUnavailable(std::string_view store, std::string_view problem) {
  return MakeError(StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                   fmt::format("the store {} cannot be used: {}", store, problem),
                   {{"store", Text(store)}, {"problem", Text(problem)}});
}

absl::Status StoreBusy(std::string_view store, absl::Duration retry_after) {
  return WithRetryAfter(
      MakeError(StatusCode::kUnavailable, "STORE_BUSY",
                fmt::format("the store {} is locked by another writer: try again", store),
                {{"store", Text(store)}}),
      retry_after);
}

absl::Status StoreFull(std::string_view store) {
  return WithQuota(
      MakeError(StatusCode::kResourceExhausted, "STORE_FULL",
                fmt::format("no space is left for the store {}: nothing of this request was kept; "
                            "free space and repeat it",
                            store),
                {{"store", Text(store)}}),
      store, "no space left");
}

absl::Status StoreCorrupt(std::string_view store, std::string_view problem) {
  return MakeError(
      StatusCode::kDataLoss, "STORE_CORRUPT",
      fmt::format("the store {} is damaged: {}; restore it from a backup", store, problem),
      {{"store", Text(store)}, {"problem", Text(problem)}});
}

absl::Status StoreTooNew(std::string_view store, int found, int known) {
  return MakeError(
      StatusCode::kFailedPrecondition, "STORE_TOO_NEW",
      fmt::format("the store {} has schema version {} and this program knows {}: start it with the "
                  "release that wrote it, or a newer one",
                  store, found, known),
      {{"store", Text(store)}, {"found", std::to_string(found)}, {"known", std::to_string(known)}});
}

absl::Status StoreForeign(std::string_view store, std::string_view problem) {
  return MakeError(StatusCode::kFailedPrecondition, "STORE_FOREIGN",
                   fmt::format("the store {} is not one of Consilience: {}", store, problem),
                   {{"store", Text(store)}, {"problem", Text(problem)}});
}

absl::Status SettingUnknown(std::string_view key, std::string_view origin,
                            std::string_view nearest) {
  const auto message =
      nearest.empty()
          ? fmt::format("{}: no setting is called {}; --help lists them", origin, Quoted(key))
          : fmt::format("{}: no setting is called {}; did you mean {}?", origin, Quoted(key),
                        Quoted(nearest));
  ErrorMetadata metadata = {{"key", Quoted(key)}, {"origin", Text(origin)}};
  if (!nearest.empty()) metadata.emplace("nearest", Quoted(nearest));
  return MakeError(StatusCode::kInvalidArgument, "SETTING_UNKNOWN", message, metadata);
}

absl::Status SettingInvalid(std::string_view key, std::string_view value, std::string_view origin,
                            std::string_view rule) {
  return MakeError(StatusCode::kInvalidArgument, "SETTING_INVALID",
                   fmt::format("{}: {} is {}: {}", origin, key, Quoted(value), rule),
                   {{"key", Text(key)}, {"value", Quoted(value)}, {"origin", Text(origin)}});
}

absl::Status FileUnreadable(std::string_view path, std::string_view problem) {
  return MakeError(StatusCode::kNotFound, "FILE_UNREADABLE",
                   fmt::format("{} cannot be read: {}", path, problem),
                   {{"path", Text(path)}, {"problem", Text(problem)}});
}

absl::Status AddressInUse(std::string_view address, std::string_view setting) {
  return MakeError(StatusCode::kUnavailable, "ADDRESS_IN_USE",
                   fmt::format("cannot listen on {}: another program does, or this user may not; "
                               "choose another with {}",
                               address, setting),
                   {{"address", Text(address)}, {"setting", Text(setting)}});
}

}  // namespace consilience::common
