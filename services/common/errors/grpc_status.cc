#include "services/common/errors/grpc_status.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/common/errors/error.h"
#include "services/common/text/strings.h"
#include "services/common/text/utf8.h"

namespace consilience::common {
namespace {

constexpr size_t kMaxMessageBytes = 1500;
constexpr size_t kMaxMetadataBytes = 300;
constexpr size_t kMaxDetailsBytes = 5000;
constexpr std::string_view kErrorInfoUrl = "type.googleapis.com/google.rpc.ErrorInfo";

struct CodeNames {
  std::string_view upper;
  std::string_view go;
};

// In the order of the codes' numbers, which gRPC, Abseil and google.rpc.Code share.
constexpr std::array<CodeNames, 17> kCodes = {{{"OK", "OK"},
                                               {"CANCELLED", "Canceled"},
                                               {"UNKNOWN", "Unknown"},
                                               {"INVALID_ARGUMENT", "InvalidArgument"},
                                               {"DEADLINE_EXCEEDED", "DeadlineExceeded"},
                                               {"NOT_FOUND", "NotFound"},
                                               {"ALREADY_EXISTS", "AlreadyExists"},
                                               {"PERMISSION_DENIED", "PermissionDenied"},
                                               {"RESOURCE_EXHAUSTED", "ResourceExhausted"},
                                               {"FAILED_PRECONDITION", "FailedPrecondition"},
                                               {"ABORTED", "Aborted"},
                                               {"OUT_OF_RANGE", "OutOfRange"},
                                               {"UNIMPLEMENTED", "Unimplemented"},
                                               {"INTERNAL", "Internal"},
                                               {"UNAVAILABLE", "Unavailable"},
                                               {"DATA_LOSS", "DataLoss"},
                                               {"UNAUTHENTICATED", "Unauthenticated"}}};

const CodeNames& NamesOf(int code) {
  const bool known = code >= 0 && static_cast<size_t>(code) < kCodes.size();
  return kCodes[known ? static_cast<size_t>(code)
                      : static_cast<size_t>(absl::StatusCode::kUnknown)];
}

std::string Cut(std::string_view text, size_t max_bytes) {
  // Protobuf strings must be UTF-8; an error that quotes foreign bytes must still reach its caller.
  if (FindInvalidUtf8(text).has_value()) return Quoted(text, max_bytes);
  if (text.size() <= max_bytes) return std::string(text);
  return std::string(PrefixOnBoundary(text, max_bytes)) + "…";
}

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(ToAbsl(kErrorInfoUrl));
  if (payload.has_value() && info.ParseFromString(std::string(*payload))) {
    for (auto& [key, value] : *info.mutable_metadata()) value = Cut(value, kMaxMetadataBytes);
    return info;
  }
  info.set_reason(std::string(CodeName(status.code())));
  info.set_domain(std::string(kErrorDomain));
  return info;
}

}  // namespace

std::string_view CodeName(absl::StatusCode code) { return NamesOf(static_cast<int>(code)).upper; }
std::string_view GoCodeName(grpc::StatusCode code) { return NamesOf(static_cast<int>(code)).go; }

google::rpc::Status ToStatusProto(const absl::Status& status) {
  google::rpc::Status proto;
  proto.set_code(static_cast<int>(status.code()));
  if (status.ok()) return proto;
  proto.set_message(Cut(ToStd(status.message()), kMaxMessageBytes));
  auto* info = proto.add_details();
  info->set_type_url(std::string(kErrorInfoUrl));
  info->set_value(InfoOf(status).SerializeAsString());
  size_t bytes = info->value().size();
  status.ForEachPayload([&](absl::string_view url, const absl::Cord& payload) {
    if (ToStd(url) == kErrorInfoUrl || bytes + payload.size() > kMaxDetailsBytes) return;
    bytes += payload.size();
    auto* detail = proto.add_details();
    detail->set_type_url(std::string(ToStd(url)));
    detail->set_value(std::string(payload));
  });
  return proto;
}

absl::Status FromStatusProto(const google::rpc::Status& proto) {
  absl::Status status(static_cast<absl::StatusCode>(proto.code()), proto.message());
  for (const auto& detail : proto.details()) {
    status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return status;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status proto = ToStatusProto(status);
  return {static_cast<grpc::StatusCode>(proto.code()), proto.message(), proto.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status proto;
  if (!status.error_details().empty() && proto.ParseFromString(status.error_details()) &&
      proto.code() == static_cast<int>(status.error_code())) {
    return FromStatusProto(proto);
  }
  return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
}

}  // namespace consilience::common
