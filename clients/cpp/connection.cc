#include "clients/cpp/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

#include "fmt/format.h"

namespace consilience::client {
namespace {

// Matches what the servers permit: pings faster than theirs would end in GOAWAY.
constexpr int kKeepaliveMillis = 60'000;
constexpr int kKeepaliveTimeoutMillis = 20'000;
constexpr int kMaxMessageBytes = 16 << 20;

// However long a server was away, it is used again soon after it is back.
constexpr int kLongestReconnectMillis = 5'000;

// A server that is about to end says so under the name "calls", and is sent no more of them.
constexpr char kServiceConfig[] = R"({
  "loadBalancingConfig": [{"round_robin": {}}],
  "healthCheckConfig": {"serviceName": "calls"},
  "methodConfig": [{
    "name": [{}],
    "retryPolicy": {
      "maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2,
      "retryableStatusCodes": ["UNAVAILABLE"]
    }
  }],
  "retryThrottling": {"maxTokens": 10, "tokenRatio": 0.1}
})";

absl::StatusOr<std::string> ReadPem(const std::string& path, std::string_view option) {
  if (path.empty()) return std::string();
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return absl::InvalidArgumentError(
        fmt::format("{} \"{}\" cannot be read; give the path of a PEM file", option, path));
  }
  std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (content.find("-----BEGIN ") == std::string::npos) {
    return absl::InvalidArgumentError(
        fmt::format("{} \"{}\" is not a PEM file (no -----BEGIN line)", option, path));
  }
  return content;
}

bool IsLocal(const std::string& address) {
  if (address.rfind("unix:", 0) == 0) return true;
  const std::string host = address.substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.rfind("127.", 0) == 0;
}

absl::Status CheckAddress(const std::string& address, std::string_view option) {
  if (address.find(':') == std::string::npos) {
    return absl::InvalidArgumentError(
        fmt::format("{} \"{}\" has no port; write HOST:PORT, for instance \"{}:7400\"", option,
                    address, address.empty() ? "localhost" : address));
  }
  return absl::OkStatus();
}

absl::Status Check(const ConnectionOptions& options) {
  const std::pair<const std::string*, std::string_view> addresses[] = {
      {&options.server, "server"},
      {&options.ingest_server, "ingest-server"},
      {&options.extraction_server, "extraction-server"},
      {&options.corroboration_server, "corroboration-server"}};
  for (const auto& [address, option] : addresses) {
    if (address->empty() && address != &options.server) continue;
    if (absl::Status status = CheckAddress(*address, option); !status.ok()) return status;
    if (!options.token.empty() && !options.tls && !IsLocal(*address)) {
      return absl::InvalidArgumentError(
          fmt::format("a token is never sent in the clear to another machine ({} \"{}\"); use TLS "
                      "(--tls, or --ca FILE)",
                      option, *address));
    }
  }
  if (options.deadline <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("timeout must be longer than nothing, for instance 30s");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const std::optional<TlsOptions>& tls) {
  if (!tls) return grpc::InsecureChannelCredentials();
  if (tls->certificate_file.empty() != tls->key_file.empty()) {
    return absl::InvalidArgumentError(
        "a client certificate and its key go together: give both --cert and --key");
  }
  grpc::SslCredentialsOptions ssl;
  const std::tuple<const std::string*, std::string_view, std::string*> files[] = {
      {&tls->ca_file, "ca", &ssl.pem_root_certs},
      {&tls->certificate_file, "cert", &ssl.pem_cert_chain},
      {&tls->key_file, "key", &ssl.pem_private_key}};
  for (const auto& [path, option, target] : files) {
    absl::StatusOr<std::string> pem = ReadPem(*path, option);
    if (!pem.ok()) return pem.status();
    *target = *std::move(pem);
  }
  return grpc::SslCredentials(ssl);
}

}  // namespace

Connection::Connection(ConnectionOptions options,
                       std::shared_ptr<grpc::ChannelCredentials> credentials)
    : options_(std::move(options)), credentials_(std::move(credentials)) {}

absl::StatusOr<std::shared_ptr<Connection>> Connection::Open(ConnectionOptions options) {
  if (absl::Status status = Check(options); !status.ok()) return status;
  auto credentials = MakeCredentials(options.tls);
  if (!credentials.ok()) return credentials.status();
  return std::shared_ptr<Connection>(new Connection(std::move(options), *std::move(credentials)));
}

const std::string& Connection::AddressOf(Service service) const {
  const std::string* own = &options_.corroboration_server;
  if (service == Service::kIngest) own = &options_.ingest_server;
  if (service == Service::kExtraction) own = &options_.extraction_server;
  return own->empty() ? options_.server : *own;
}

std::shared_ptr<grpc::Channel> Connection::ChannelTo(Service service) {
  const std::string& address = AddressOf(service);
  const std::lock_guard lock(mutex_);
  std::shared_ptr<grpc::Channel>& channel = channels_[address];
  if (channel == nullptr) {
    grpc::ChannelArguments arguments;
    arguments.SetServiceConfigJSON(kServiceConfig);
    arguments.SetUserAgentPrefix(options_.user_agent);
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMillis);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMillis);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
                     static_cast<int>(absl::ToInt64Milliseconds(options_.first_reconnect)));
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kLongestReconnectMillis);
    if (options_.tls && !options_.tls->server_name.empty()) {
      arguments.SetSslTargetNameOverride(options_.tls->server_name);
    }
    channel = grpc::CreateCustomChannel(address, credentials_, arguments);
  }
  return channel;
}

void Connection::PrepareStream(grpc::ClientContext& context) const {
  if (!options_.token.empty()) context.AddMetadata("authorization", "Bearer " + options_.token);
}

void Connection::PrepareCall(grpc::ClientContext& context) const {
  PrepareStream(context);
  context.set_deadline(std::chrono::system_clock::now() +
                       absl::ToChronoMicroseconds(options_.deadline));
}

}  // namespace consilience::client
