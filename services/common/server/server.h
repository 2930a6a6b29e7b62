// The life of a server process: listen, say how it is, drain, end.
//
//   Server server("consilience-extraction", options);
//   ExtractionApi api(server.calls(), extractor);
//   server.Add(api, "consilience.extraction.v1.ExtractionService");
//   RETURN_IF_ERROR(server.Start());
//   server.ServeUntilSignal();
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_H_

#include <grpcpp/impl/codegen/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/common/server/admin_server.h"
#include "services/common/server/calls.h"
#include "services/common/server/health_service.h"
#include "services/common/server/readiness.h"
#include "services/common/server/server_options.h"
#include "services/common/store/observer.h"

namespace consilience::common {

// Belongs to the thread that makes it.
class Server {
 public:
  // Configures the process's logs and blocks SIGTERM, SIGINT and SIGHUP in this thread and those it
  // starts, so make it before any other thread.
  Server(std::string program, ServerOptions options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  CallRuntime& calls() { return *calls_; }
  prometheus::Registry& registry() { return registry_; }

  // Before Start. `service` must outlive this server.
  void Add(grpc::Service& service, const std::string& full_name);
  // A store without which the service cannot answer: while `use` fails, the server is alive and not
  // ready, and says why. Before Start; must be callable until draining begins.
  void Watch(std::string store, std::function<absl::Status()> use) {
    readiness_.Watch(std::move(store), std::move(use));
  }
  // For a store watched under that name: measures what it does and notices when its disk is full.
  StoreObserver Observe(const std::string& store);
  // Runs when draining begins, after clients have been sent elsewhere and before calls are ended.
  void OnDrain(std::function<void()> action) { on_drain_.push_back(std::move(action)); }
  // Runs on SIGHUP.
  void OnReload(std::function<void()> action) { on_reload_.push_back(std::move(action)); }

  // Listens and reports ready. Errors name the address and the setting; the server has then ended.
  absl::Status Start();
  // Blocks until SIGTERM or SIGINT, then drains.
  void ServeUntilSignal();
  // NOT_SERVING → drain delay → drain actions → end calls. Idempotent.
  void Drain();

  // A way to this server for the program itself, without a network; it may do everything. After
  // Start.
  std::shared_ptr<grpc::Channel> ChannelWithin();

  // Where it listens, with the ports that were chosen.
  const std::vector<std::string>& addresses() const { return addresses_; }
  // Empty when there are none.
  std::string metrics_address() const { return admin_ == nullptr ? "" : admin_->address(); }

 private:
  absl::Status StartAll();
  void SetReady(bool ready);
  absl::Status OpenAccess();
  absl::Status OpenTls();
  void End(absl::Duration delay);
  absl::Status StartApi();
  absl::Status StartProbe();
  absl::Status StartAdmin();
  absl::Status WritePortFiles() const;
  std::string WhyNot(const std::string& service) const;

  const std::string program_;
  const ServerOptions options_;
  prometheus::Registry registry_;
  std::shared_ptr<TlsFiles> tls_;  // null for plaintext
  std::unique_ptr<Access> access_;
  std::unique_ptr<CallRuntime> calls_;
  HealthService health_;
  Readiness readiness_{registry_, [this](bool ready) { SetReady(ready); }};
  std::vector<std::pair<grpc::Service*, std::string>> services_;
  std::vector<std::function<void()>> on_drain_;
  std::vector<std::function<void()>> on_reload_;
  std::vector<std::shared_ptr<grpc::ServerCredentials>> credentials_;  // of api_, by address
  std::unique_ptr<grpc::Server> api_;
  std::unique_ptr<grpc::Server> probe_;
  std::unique_ptr<AdminServer> admin_;
  std::vector<std::string> addresses_;
  bool drained_ = false;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_SERVER_H_
