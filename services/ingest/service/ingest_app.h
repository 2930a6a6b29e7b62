// The ingest service put together, for a process of its own and for consilienced.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_APP_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_APP_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/server/server.h"
#include "services/common/time/clock.h"
#include "services/common/time/sleeper.h"
#include "services/ingest/pipeline/grpc_downstream.h"
#include "services/ingest/service/ingest_api.h"

namespace consilience::ingest {

struct IngestOptions {
  std::string data_dir = "data/ingest";
  int parallel = 4;                                  // documents that are worked on at once
  absl::Duration call_deadline = absl::Seconds(60);  // of each call to the other services
  int max_document_mib = 10;

  void AddTo(common::Settings& settings);
};

class IngestApp {
 public:
  // Opens the store and adds the API to `server`, which must outlive the result. Draining the
  // server ends the pipeline.
  static absl::StatusOr<std::unique_ptr<IngestApp>> Open(
      const IngestOptions& options, const std::shared_ptr<grpc::Channel>& extraction,
      const std::shared_ptr<grpc::Channel>& corroboration, common::Server& server);

  // Begins to work on the list.
  void Start();

 private:
  IngestApp(const IngestOptions& options, std::unique_ptr<Store> store,
            const std::shared_ptr<grpc::Channel>& extraction,
            const std::shared_ptr<grpc::Channel>& corroboration, common::Server& server);
  void RefreshMetrics();

  std::unique_ptr<Store> store_;
  const common::Clock& clock_;
  common::RealSleeper sleeper_;
  IngestMetrics metrics_;
  GrpcDownstream downstream_;
  Ledger ledger_;
  Pipeline pipeline_;
  GroupCommit commits_;
  IngestApi api_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_APP_H_
