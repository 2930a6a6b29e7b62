#include "services/common/errors/error.h"

#include <fmt/format.h>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "services/common/text/strings.h"
#include "services/common/text/utf8.h"

namespace consilience::common {
namespace {

constexpr std::string_view kTypePrefix = "type.googleapis.com/";

template <typename Detail>
std::string TypeUrl() {
  return std::string(kTypePrefix) + Detail::descriptor()->full_name();
}

template <typename Detail>
std::optional<Detail> Find(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(TypeUrl<Detail>());
  Detail detail;
  if (!payload.has_value() || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

template <typename Detail>
void Put(absl::Status& status, const Detail& detail) {
  status.SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message,
                       const ErrorMetadata& metadata) {
  absl::Status status(code, ToAbsl(message));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  Put(status, info);
  return status;
}

absl::Status WithFieldViolation(absl::Status status, std::string_view field,
                                std::string_view description) {
  auto detail = Find<google::rpc::BadRequest>(status).value_or(google::rpc::BadRequest());
  auto* violation = detail.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(description));
  Put(status, detail);
  return status;
}

absl::Status WithResource(absl::Status status, std::string_view type, std::string_view name,
                          std::string_view description) {
  google::rpc::ResourceInfo detail;
  detail.set_resource_type(std::string(type));
  detail.set_resource_name(std::string(name));
  detail.set_description(std::string(description));
  Put(status, detail);
  return status;
}

absl::Status WithQuota(absl::Status status, std::string_view subject,
                       std::string_view description) {
  auto detail = Find<google::rpc::QuotaFailure>(status).value_or(google::rpc::QuotaFailure());
  auto* violation = detail.add_violations();
  violation->set_subject(std::string(subject));
  violation->set_description(std::string(description));
  Put(status, detail);
  return status;
}

absl::Status WithRetryAfter(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo detail;
  const int64_t seconds = absl::IDivDuration(delay, absl::Seconds(1), &delay);
  detail.mutable_retry_delay()->set_seconds(seconds);
  detail.mutable_retry_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(delay)));
  Put(status, detail);
  return status;
}

std::string ErrorReason(const absl::Status& status) {
  const auto info = Find<google::rpc::ErrorInfo>(status);
  return info.has_value() ? info->reason() : "";
}

ErrorMetadata ErrorMetadataOf(const absl::Status& status) {
  const auto info = Find<google::rpc::ErrorInfo>(status);
  if (!info.has_value()) return {};
  return {info->metadata().begin(), info->metadata().end()};
}

std::optional<absl::Duration> RetryAfter(const absl::Status& status) {
  const auto info = Find<google::rpc::RetryInfo>(status);
  if (!info.has_value()) return std::nullopt;
  return absl::Seconds(info->retry_delay().seconds()) +
         absl::Nanoseconds(info->retry_delay().nanos());
}

std::string Quoted(std::string_view value, size_t max_bytes) {
  const bool valid = !FindInvalidUtf8(value).has_value();
  const std::string_view shown =
      valid ? PrefixOnBoundary(value, max_bytes) : value.substr(0, max_bytes);
  std::string result = "\"";
  for (const char c : shown) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20U || byte == 0x7FU || (!valid && byte >= 0x80U)) {
      result += fmt::format("\\x{:02x}", byte);
    } else if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else {
      result += c;
    }
  }
  result += shown.size() < value.size() ? "…\"" : "\"";
  return result;
}

}  // namespace consilience::common
