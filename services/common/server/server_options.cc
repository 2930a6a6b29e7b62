#include "services/common/server/server_options.h"

#include <sstream>

namespace consilience::common {

void ServerOptions::AddTo(Settings& settings) {
  settings.Add("listen", listen,
               "Address of the API; port 0 takes a free one; several with commas.");
  settings.Add("metrics-listen", metrics_listen, "Address of /metrics, /healthz and /readyz.");
  settings.Add("probe-listen", probe_listen,
               "Plaintext address with gRPC health only; empty for none.");
  settings.Add("port-file", port_file, "File to write the API's addresses to, a line each.");
  settings.Add("metrics-port-file", metrics_port_file, "File to write the metrics' address to.");
  settings.Add("reflection", reflection, "Serve gRPC reflection (v1alpha).");
  settings.Add("tls-certificate", tls.certificate,
               "PEM file with the server's certificate and those above it; empty for plaintext.");
  settings.Add("tls-key", tls.key, "PEM file with the key of the certificate.");
  settings.Add("client-ca", tls.client_ca,
               "PEM file of authorities whose certificates identify callers; empty asks for none.");
  settings.Add("callers", access.callers,
               "File of who may call, and as what; empty lets in everybody who can connect.");
  settings.Add("calls-per-second", access.calls_per_second,
               "Calls that each caller may begin in a second; 0 for no limit.", Bounds{0, 1000000});
  settings.Add("streams-per-connection", streams_per_connection,
               "Calls at once on one connection; more wait with the client.", Bounds{1, 100000});
  settings.Add("max-connection-age", max_connection_age,
               "After which clients are asked to connect anew, and so see new replicas.");
  settings.Add("drain-delay", drain_delay, "How long to serve on after saying NOT_SERVING.");
  settings.Add("shutdown-grace", shutdown_grace, "How long calls under way may take to end.");
  settings.Add("max-message-mib", max_message_mib, "Largest message, in MiB.", Bounds{1, 512});
  settings.Add("workers", calls.workers, "Threads that serve calls.", Bounds{1, 1024});
  settings.Add("streams", calls.streams, "Streams served at once.", Bounds{1, 4096});
  settings.Add("longest-call", calls.longest_call, "No call may take longer.");
  settings.Add("log-level", log_level, "Least level that is logged.",
               {"debug", "info", "warning", "error"});
  settings.Add("log-format", log_format, "auto: text on a terminal, JSON elsewhere.",
               {"auto", "json", "text"});
}

std::vector<std::string> SplitAddresses(const std::string& listen) {
  std::vector<std::string> addresses;
  std::istringstream parts(listen);
  for (std::string part; std::getline(parts, part, ',');) {
    if (!part.empty()) addresses.push_back(part);
  }
  return addresses;
}

}  // namespace consilience::common
