#include "services/ingest/pipeline/grpc_downstream.h"

#include <grpcpp/client_context.h>

#include "services/common/errors/grpc_status.h"
#include "services/common/time/clock.h"
#include "services/common/trace/trace.h"

namespace consilience::ingest {
namespace {

constexpr char kExtraction[] = "consilience.extraction.v1.ExtractionService";
constexpr char kCorroboration[] = "consilience.corroboration.v1.CorroborationService";

template <typename Call>
absl::Status Counted(common::MethodMetrics& metrics, absl::Duration deadline, Call call) {
  const absl::Time start = common::RealClock().Now();
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(start + deadline));
  context.AddMetadata(common::kTraceparent, common::NewTrace().Header());
  metrics.Started();
  metrics.Sent();
  const grpc::Status status = call(context);
  if (status.ok()) metrics.Received();
  metrics.Handled(status.error_code(), absl::ToDoubleSeconds(common::RealClock().Now() - start));
  return common::FromGrpcStatus(status);
}

}  // namespace

GrpcDownstream::GrpcDownstream(absl::Duration deadline, prometheus::Registry& registry)
    : deadline_(deadline),
      metrics_(registry, common::CallSide::kClient),
      extract_(metrics_.Method(kExtraction, "ExtractAssertions", "unary")),
      record_(metrics_.Method(kCorroboration, "RecordAssertions", "unary")),
      withdraw_(metrics_.Method(kCorroboration, "WithdrawDocument", "unary")) {}

void GrpcDownstream::Connect(const std::shared_ptr<grpc::Channel>& extraction,
                             const std::shared_ptr<grpc::Channel>& corroboration) {
  extraction_ = extraction::v1::ExtractionService::NewStub(extraction);
  corroboration_ = corroboration::v1::CorroborationService::NewStub(corroboration);
}

absl::StatusOr<extraction::v1::ExtractAssertionsResponse> GrpcDownstream::Extract(
    const extraction::v1::ExtractAssertionsRequest& request) {
  extraction::v1::ExtractAssertionsResponse response;
  const auto status = Counted(extract_, deadline_, [&](grpc::ClientContext& context) {
    return extraction_->ExtractAssertions(&context, request, &response);
  });
  if (!status.ok()) return status;
  return response;
}

absl::Status GrpcDownstream::Record(const corroboration::v1::RecordAssertionsRequest& request) {
  corroboration::v1::RecordAssertionsResponse response;
  return Counted(record_, deadline_, [&](grpc::ClientContext& context) {
    return corroboration_->RecordAssertions(&context, request, &response);
  });
}

absl::Status GrpcDownstream::Withdraw(const corroboration::v1::WithdrawDocumentRequest& request) {
  corroboration::v1::WithdrawDocumentResponse response;
  return Counted(withdraw_, deadline_, [&](grpc::ClientContext& context) {
    return corroboration_->WithdrawDocument(&context, request, &response);
  });
}

}  // namespace consilience::ingest
