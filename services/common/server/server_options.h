// What an operator can set of any of the servers.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_OPTIONS_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_OPTIONS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/common/config/settings.h"
#include "services/common/server/access.h"
#include "services/common/server/calls.h"
#include "services/common/server/tls_files.h"

namespace consilience::common {

// Where everything listens unless it is told otherwise. consilienced listens on all three, so that
// a client cannot tell one process from three.
inline constexpr char kIngestAddress[] = "127.0.0.1:7401";
inline constexpr char kExtractionAddress[] = "127.0.0.1:7402";
inline constexpr char kCorroborationAddress[] = "127.0.0.1:7403";

struct ServerOptions {
  std::string listen;          // "HOST:PORT", or several with commas between
  std::string metrics_listen;  // for /metrics, /healthz, /readyz; empty means none
  std::string probe_listen;    // a plaintext port with nothing but gRPC health; empty means none
  std::string port_file;  // the addresses taken are written here, a line each; empty means nowhere
  std::string metrics_port_file;
  bool reflection = false;
  absl::Duration drain_delay = absl::Seconds(5);      // NOT_SERVING, but still serving
  absl::Duration shutdown_grace = absl::Seconds(30);  // for calls under way after that
  int max_message_mib = 16;
  TlsOptions tls;
  AccessOptions access;
  int streams_per_connection = 256;  // calls at once on one connection; more wait with the client
  absl::Duration max_connection_age = absl::Minutes(5);
  CallLimits calls;
  std::string log_level = "info";
  std::string log_format = "auto";
  std::vector<absl::Status> passed_over;  // of the environment; the log names them

  void AddTo(Settings& settings);
};

// "a:1,b:2" as its parts.
std::vector<std::string> SplitAddresses(const std::string& listen);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_OPTIONS_H_
