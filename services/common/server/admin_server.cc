#include "services/common/server/admin_server.h"

#include <civetweb.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>

#include "services/common/errors/catalogue.h"

namespace consilience::common {
namespace {

constexpr std::chrono::milliseconds kCallAgain{5};

// Answers a request and says its status, as civetweb wants it.
int Answer(mg_connection* connection, int status, const char* type, const std::string& body) {
  mg_printf(
      connection,
      "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n",
      status, status == 200 ? "OK" : "Service Unavailable", type, body.size());
  mg_write(connection, body.data(), body.size());
  return status;
}

int Probe(mg_connection* connection, void* data) {
  const std::string problem = (*static_cast<const std::function<std::string()>*>(data))();
  return problem.empty() ? Answer(connection, 200, "text/plain", "ok\n")
                         : Answer(connection, 503, "text/plain; charset=utf-8", problem + "\n");
}

int Metrics(mg_connection* connection, void* data) {
  const auto& registry = *static_cast<const prometheus::Registry*>(data);
  return Answer(connection, 200, "text/plain; version=0.0.4; charset=utf-8",
                prometheus::TextSerializer().Serialize(registry.Collect()));
}

template <typename T>
void* Untyped(const T& object) {
  return const_cast<void*>(static_cast<const void*>(&object));
}

}  // namespace

AdminServer::AdminServer(const prometheus::Registry& registry, Probes probes)
    : registry_(registry), probes_(std::move(probes)) {}

absl::StatusOr<std::unique_ptr<AdminServer>> AdminServer::Start(
    const std::string& listen, const prometheus::Registry& registry, Probes probes) {
  std::unique_ptr<AdminServer> server(new AdminServer(registry, std::move(probes)));
  // An idle connection holds a thread until the request times out, so there are a few of them.
  const char* options[] = {
      "listening_ports",   listen.c_str(), "num_threads", "4", "request_timeout_ms", "5000",
      "enable_keep_alive", "no",           nullptr};
  server->context_ = mg_start(nullptr, nullptr, options);
  if (server->context_ == nullptr) return AddressInUse(listen, "--metrics-listen");
  mg_server_port port{};
  mg_get_server_ports(server->context_, 1, &port);
  server->address_ = listen.substr(0, listen.rfind(':') + 1) + std::to_string(port.port);
  mg_set_request_handler(server->context_, "/metrics$", Metrics, Untyped(registry));
  mg_set_request_handler(server->context_, "/healthz$", Probe, Untyped(server->probes_.live));
  mg_set_request_handler(server->context_, "/readyz$", Probe, Untyped(server->probes_.ready));
  return server;
}

// The library looks every two seconds whether it is to stop, or when somebody connects.
AdminServer::~AdminServer() {
  if (context_ == nullptr) return;
  std::atomic<bool> stopped = false;
  std::thread caller([&] {
    const size_t colon = address_.rfind(':');
    std::string host = address_.substr(0, colon);
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    const int port = std::stoi(address_.substr(colon + 1));
    while (!stopped) {
      std::array<char, 128> problem{};
      mg_connection* const connection =
          mg_connect_client(host.c_str(), port, 0, problem.data(), problem.size());
      if (connection != nullptr) mg_close_connection(connection);
      std::this_thread::sleep_for(kCallAgain);
    }
  });
  mg_stop(context_);
  stopped = true;
  caller.join();
}

}  // namespace consilience::common
