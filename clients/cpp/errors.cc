#include "clients/cpp/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "fmt/format.h"
#include "google/rpc/error_details.pb.h"
#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"

namespace consilience::client {
namespace {

constexpr char kServerPayload[] = "consilience.client/server";

// Calls `use` with every detail of type Detail, whether the payload is the detail or one of several
// of its kind.
template <class Detail, class Use>
void ForEachDetail(const absl::Status& status, Use use) {
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    const std::string name(
        url.substr(url.rfind('/') == absl::string_view::npos ? 0 : url.rfind('/') + 1));
    Detail detail;
    if (name == Detail::descriptor()->full_name() && detail.ParseFromString(std::string(payload))) {
      use(detail);
    }
  });
}

}  // namespace

absl::Status FromCall(const grpc::Status& status, std::string_view address) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result = common::FromGrpcStatus(status);
  result.SetPayload(kServerPayload, absl::Cord(std::string(address)));
  return result;
}

std::optional<std::string> FailedServer(const absl::Status& status) {
  const auto payload = status.GetPayload(kServerPayload);
  if (!payload.has_value()) return std::nullopt;
  return std::string(*payload);
}

ErrorReport Report(const absl::Status& status) {
  ErrorReport report;
  report.message = std::string(status.message());
  report.reason = common::ErrorReason(status);
  ForEachDetail<google::rpc::BadRequest>(status, [&](const auto& bad) {
    for (const auto& violation : bad.field_violations()) {
      report.violations.emplace_back(violation.field(), violation.description());
    }
  });
  ForEachDetail<google::rpc::ResourceInfo>(
      status, [&](const auto& resource) { report.resource = resource.resource_name(); });
  report.retry_after = common::RetryAfter(status);
  return report;
}

std::string Describe(const absl::Status& status) {
  const ErrorReport report = Report(status);
  std::string line =
      report.message.empty() ? absl::StatusCodeToString(status.code()) : report.message;
  for (const auto& [field, description] : report.violations) {
    if (line.find(description) != std::string::npos) continue;
    line += fmt::format("; {}: {}", field, description);
  }
  return line;
}

}  // namespace consilience::client
