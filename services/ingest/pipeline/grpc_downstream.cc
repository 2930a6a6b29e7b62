#include "services/ingest/pipeline/grpc_downstream.h"

#include <grpcpp/client_context.h>

#include "services/common/errors/grpc_status.h"
#include "services/common/time/clock.h"
#include "services/common/trace/trace.h"

namespace consilience::ingest {
namespace {

void Prepare(grpc::ClientContext& context, absl::Duration deadline) {
  context.set_deadline(absl::ToChronoTime(common::RealClock().Now() + deadline));
  context.AddMetadata(common::kTraceparent, common::NewTrace().Header());
}

}  // namespace

void GrpcDownstream::Connect(const std::shared_ptr<grpc::Channel>& extraction,
                             const std::shared_ptr<grpc::Channel>& corroboration) {
  extraction_ = extraction::v1::ExtractionService::NewStub(extraction);
  corroboration_ = corroboration::v1::CorroborationService::NewStub(corroboration);
}

absl::StatusOr<extraction::v1::ExtractAssertionsResponse> GrpcDownstream::Extract(
    const extraction::v1::ExtractAssertionsRequest& request) {
  grpc::ClientContext context;
  Prepare(context, deadline_);
  extraction::v1::ExtractAssertionsResponse response;
  const auto status = extraction_->ExtractAssertions(&context, request, &response);
  if (!status.ok()) return common::FromGrpcStatus(status);
  return response;
}

absl::Status GrpcDownstream::Record(const corroboration::v1::RecordAssertionsRequest& request) {
  grpc::ClientContext context;
  Prepare(context, deadline_);
  corroboration::v1::RecordAssertionsResponse response;
  return common::FromGrpcStatus(corroboration_->RecordAssertions(&context, request, &response));
}

absl::Status GrpcDownstream::Withdraw(const corroboration::v1::WithdrawDocumentRequest& request) {
  grpc::ClientContext context;
  Prepare(context, deadline_);
  corroboration::v1::WithdrawDocumentResponse response;
  return common::FromGrpcStatus(corroboration_->WithdrawDocument(&context, request, &response));
}

}  // namespace consilience::ingest
