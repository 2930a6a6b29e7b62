// Where the services are, and the channels to them.
#ifndef CONSILIENCE_CLIENTS_CPP_CONNECTION_H_
#define CONSILIENCE_CLIENTS_CPP_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/security/credentials.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace consilience::client {

// Files in PEM form. An empty `ca_file` means the certificates that the system trusts;
// `certificate_file` and `key_file` are given together, for servers that want to know their callers
// (mTLS).
struct TlsOptions {
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  // The name that the server's certificate must carry, when it is not the host of the address.
  std::string server_name;
};

struct ConnectionOptions {
  // HOST:PORT (or any gRPC target) of a server that has all services.
  std::string server = "localhost:7400";
  // Where a service is when it runs on its own; empty means `server`.
  std::string ingest_server;
  std::string extraction_server;
  std::string corroboration_server;
  // How long a single call may take, all its attempts together. Streams have no deadline of their
  // own.
  absl::Duration deadline = absl::Seconds(30);
  // Until a server that did not answer is tried again, the first time; then ever longer, up to 5 s.
  // Short, so that a restarted replica is used again before the next one ends.
  absl::Duration first_reconnect = absl::Milliseconds(100);
  std::optional<TlsOptions> tls;
  // Bearer token. It is sent over TLS, or in the clear to this machine only.
  std::string token;
  // Names the calling program in the server's logs.
  std::string user_agent = "consilience-cpp";
};

enum class Service { kIngest, kExtraction, kCorroboration };

// Channels are opened when first used and shared by all clients made from one connection; a call
// that finds its server gone is tried again as the service config says (UNAVAILABLE only, four
// attempts). Thread-safe.
class Connection {
 public:
  // Checks the options and reads the TLS files; does not touch the network. INVALID_ARGUMENT names
  // the option at fault.
  static absl::StatusOr<std::shared_ptr<Connection>> Open(ConnectionOptions options);

  std::shared_ptr<grpc::Channel> ChannelTo(Service service);
  const std::string& AddressOf(Service service) const;
  const ConnectionOptions& options() const { return options_; }

  // Sets what every call carries: the token, and the deadline unless the call is a stream.
  void PrepareCall(grpc::ClientContext& context) const;
  void PrepareStream(grpc::ClientContext& context) const;

 private:
  Connection(ConnectionOptions options, std::shared_ptr<grpc::ChannelCredentials> credentials);

  const ConnectionOptions options_;
  const std::shared_ptr<grpc::ChannelCredentials> credentials_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // by address; guarded by mutex_
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_CONNECTION_H_
