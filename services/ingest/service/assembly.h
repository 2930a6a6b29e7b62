// The ingest service put together, for its own process and for the one that hosts all services.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_ASSEMBLY_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_ASSEMBLY_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/server/server.h"
#include "services/common/store/postgres/store_options.h"
#include "services/common/time/clock.h"
#include "services/common/time/sleeper.h"
#include "services/ingest/pipeline/grpc_downstream.h"
#include "services/ingest/service/ingest_api.h"

namespace consilience::ingest {

struct IngestOptions {
  std::string data_dir = "data/ingest";
  common::postgres::StoreOptions store;
  int parallel = 4;                                  // documents that are worked on at once
  absl::Duration call_deadline = absl::Seconds(60);  // of each call to the other services
  int max_document_mib = 10;
  absl::Duration replica_gone_after = absl::Seconds(15);

  void AddTo(common::Settings& settings);
};

class IngestAssembly {
 public:
  // Opens the store and adds the service to `server`, which must not outlive the result's use of
  // it. Draining the server ends the pipeline.
  static absl::StatusOr<std::unique_ptr<IngestAssembly>> Make(const IngestOptions& options,
                                                              common::Server& server);

  // Begins to work on the list, with these services. Once.
  void Connect(const std::shared_ptr<grpc::Channel>& extraction,
               const std::shared_ptr<grpc::Channel>& corroboration);

 private:
  IngestAssembly(const IngestOptions& options, std::unique_ptr<Store> store,
                 common::Server& server);
  void RefreshMetrics();

  std::unique_ptr<Store> store_;
  const common::Clock& clock_;
  common::RealSleeper sleeper_;
  IngestMetrics metrics_;
  absl::Time metrics_due_ = absl::InfinitePast();
  GrpcDownstream downstream_;
  Ledger ledger_;
  Pipeline pipeline_;
  GroupCommit commits_;
  IngestApi api_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_ASSEMBLY_H_
