#include "clients/cli/exit_code.h"

#include <string_view>

#include "clients/cpp/errors.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// What a message of the transport means, which says little to somebody who did not write gRPC, and
// the way out.
struct Problem {
  std::string text;
  std::string hint;
};

Problem TransportProblem(std::string_view message) {
  const std::string start =
      "Start one with `./deploy/local/quickstart` or `consilienced`, or say where it is: --server "
      "HOST:PORT.";
  if (Contains(message, "Connection refused")) return {"connection refused", start};
  if (Contains(message, "CERTIFICATE_VERIFY_FAILED") || Contains(message, "certificate verify")) {
    return {"its certificate is not trusted or has expired",
            "Name the authority that signed it with --ca FILE, or have it renewed."};
  }
  if (Contains(message, "Ssl handshake failed") || Contains(message, "SSL_ERROR") ||
      Contains(message, "WRONG_VERSION_NUMBER")) {
    return {"the TLS handshake failed",
            "Does it speak TLS at all? Without --tls, --ca and --cert consil speaks plaintext."};
  }
  if (Contains(message, "Socket closed") || Contains(message, "Connection reset")) {
    return {"it closed the connection", "Does it speak TLS? Then add --tls, or --ca FILE."};
  }
  if (Contains(message, "parsing HTTP/2")) {
    return {"what answers there does not speak gRPC",
            "Is the port that of the API, not of /metrics? Say where it is: --server HOST:PORT."};
  }
  if (Contains(message, "backend unhealthy")) {
    return {"it is starting or stopping", "Try again in a moment; its log says what it does."};
  }
  if (Contains(message, "DNS resolution failed") ||
      Contains(message, "Name or service not known")) {
    return {"the name cannot be resolved", start};
  }
  return {std::string(message), start};
}

// "there is no source …" → how to list sources.
std::string HowToList(std::string_view message) {
  for (const std::string_view thing : {"source", "question", "document", "claim"}) {
    if (!Contains(message, fmt::format("no {} ", thing))) continue;
    return fmt::format("List what there is: `consil {}s list`.", thing);
  }
  return "List what there is: `consil claims list`, `consil documents list`, `consil questions "
         "list`, `consil sources list`.";
}

std::string Hint(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
      return "Allow more time with --timeout, for instance --timeout 2m.";
    case absl::StatusCode::kUnauthenticated:
      if (Contains(client::Report(status).message, "--token-file")) return "";
      return "Give a valid token with --token-file FILE, or a client certificate with --cert and "
             "--key.";
    case absl::StatusCode::kPermissionDenied:
      return "This needs a role that your token does not carry; ask whoever runs the server.";
    case absl::StatusCode::kNotFound:
      return HowToList(client::Report(status).message);
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
  std::string hint = Hint(status);
  // A server's own UNAVAILABLE carries a reason; without one it is the transport that speaks.
  if (status.code() == absl::StatusCode::kUnavailable && report.reason.empty()) {
    const Problem problem = TransportProblem(report.message);
    text = fmt::format("no server answers at {}: {}", *server, problem.text);
    hint = problem.hint;
  } else if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    text = fmt::format("{} did not answer in time", *server);
  }
  if (report.retry_after) {
    text +=
        fmt::format("\n  It may be tried again in {}.", absl::FormatDuration(*report.retry_after));
  } else if (!hint.empty()) {
    text += "\n  " + hint;
  }
  return text;
}

}  // namespace consilience::cli
