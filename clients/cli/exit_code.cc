#include "clients/cli/exit_code.h"

#include <string_view>

#include "clients/cpp/errors.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Messages of the transport, which say little to somebody who did not write gRPC.
std::string TransportProblem(std::string_view message) {
  if (Contains(message, "Connection refused")) return "connection refused";
  if (Contains(message, "CERTIFICATE_VERIFY_FAILED") || Contains(message, "certificate verify")) {
    return "its certificate is not trusted or has expired";
  }
  if (Contains(message, "Ssl handshake failed") || Contains(message, "SSL_ERROR") ||
      Contains(message, "WRONG_VERSION_NUMBER")) {
    return "the TLS handshake failed; does it speak TLS, and is its certificate valid?";
  }
  if (Contains(message, "DNS resolution failed") ||
      Contains(message, "Name or service not known")) {
    return "the name cannot be resolved";
  }
  return std::string(message);
}

std::string Hint(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return "Start one with `consilienced`, or say where it is: --server HOST:PORT.";
    case absl::StatusCode::kDeadlineExceeded:
      return "Allow more time with --timeout, for instance --timeout 2m.";
    case absl::StatusCode::kUnauthenticated:
      return "Give a valid token with --token-file FILE, or a client certificate with --cert and "
             "--key.";
    case absl::StatusCode::kPermissionDenied:
      return "This needs a role that your token does not carry; ask whoever runs the server.";
    case absl::StatusCode::kNotFound:
      return "List what there is: `consil claims list`, `consil documents list`, `consil questions "
             "list`.";
    case absl::StatusCode::kAborted:
      return "Somebody changed it meanwhile: look at it again, then repeat.";
    case absl::StatusCode::kUnimplemented:
      return "This server does not offer it yet; `consil status` shows what answers.";
    default:
      return "";
  }
}

}  // namespace

int ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return kSuccess;
  if (!client::FailedServer(status)) {
    return status.code() == absl::StatusCode::kInvalidArgument ? kUsage : kFailure;
  }
  if (status.code() == absl::StatusCode::kUnauthenticated ||
      status.code() == absl::StatusCode::kPermissionDenied) {
    return kAuthentication;
  }
  return kRpcBase + static_cast<int>(status.code());
}

std::string ErrorText(const absl::Status& status) {
  const auto server = client::FailedServer(status);
  if (!server) return client::Describe(status);
  const client::ErrorReport report = client::Report(status);
  std::string text = client::Describe(status);
  // A server's own UNAVAILABLE carries a reason; without one it is the transport that speaks.
  if (status.code() == absl::StatusCode::kUnavailable && report.reason.empty()) {
    text = fmt::format("no server answers at {}: {}", *server, TransportProblem(report.message));
  } else if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    text = fmt::format("{} did not answer in time", *server);
  }
  if (report.retry_after) {
    text +=
        fmt::format("\n  It may be tried again in {}.", absl::FormatDuration(*report.retry_after));
  } else if (const std::string hint = Hint(status); !hint.empty()) {
    text += "\n  " + hint;
  }
  return text;
}

}  // namespace consilience::cli
