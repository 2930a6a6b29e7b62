// The other services over gRPC.
#ifndef CONSILIENCE_SERVICES_INGEST_PIPELINE_GRPC_DOWNSTREAM_H_
#define CONSILIENCE_SERVICES_INGEST_PIPELINE_GRPC_DOWNSTREAM_H_

#include <grpcpp/channel.h>
#include <prometheus/registry.h>

#include <memory>

#include "absl/time/time.h"
#include "consilience/corroboration/v1/corroboration_service.grpc.pb.h"
#include "consilience/extraction/v1/extraction_service.grpc.pb.h"
#include "services/common/server/call_metrics.h"
#include "services/ingest/pipeline/downstream.h"

namespace consilience::ingest {

class GrpcDownstream final : public Downstream {
 public:
  // `deadline` is that of each call.
  GrpcDownstream(absl::Duration deadline, prometheus::Registry& registry);

  // Before the first call. Channels connect when they are used.
  void Connect(const std::shared_ptr<grpc::Channel>& extraction,
               const std::shared_ptr<grpc::Channel>& corroboration);

  absl::StatusOr<extraction::v1::ExtractAssertionsResponse> Extract(
      const extraction::v1::ExtractAssertionsRequest& request) override;
  absl::Status Record(const corroboration::v1::RecordAssertionsRequest& request) override;
  absl::Status Withdraw(const corroboration::v1::WithdrawDocumentRequest& request) override;

 private:
  std::unique_ptr<extraction::v1::ExtractionService::Stub> extraction_;
  std::unique_ptr<corroboration::v1::CorroborationService::Stub> corroboration_;
  const absl::Duration deadline_;
  common::CallMetrics metrics_;
  common::MethodMetrics extract_;
  common::MethodMetrics record_;
  common::MethodMetrics withdraw_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PIPELINE_GRPC_DOWNSTREAM_H_
