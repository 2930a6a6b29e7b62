#include "clients/cpp/claims_client.h"

#include <utility>

#include "clients/cpp/backoff.h"
#include "clients/cpp/call.h"
#include "consilience/corroboration/v1/corroboration_service.grpc.pb.h"

namespace consilience::client {

namespace api = corroboration::v1;
using Stub = api::CorroborationService::StubInterface;

struct ClaimsClient::Impl : StubCalls<Stub> {
  using StubCalls<Stub>::StubCalls;
};

ClaimsClient::ClaimsClient(std::shared_ptr<Connection> connection) {
  auto stub = api::CorroborationService::NewStub(connection->ChannelTo(Service::kCorroboration));
  impl_ = std::make_unique<Impl>(std::move(connection), Service::kCorroboration, std::move(stub));
}

ClaimsClient::~ClaimsClient() = default;

absl::StatusOr<api::Claim> ClaimsClient::GetClaim(const api::GetClaimRequest& request) const {
  return impl_->Do(&Stub::GetClaim, request);
}

absl::StatusOr<api::BatchGetClaimsResponse> ClaimsClient::BatchGetClaims(
    const api::BatchGetClaimsRequest& request) const {
  return impl_->Do(&Stub::BatchGetClaims, request);
}

PagedRange<api::Claim> ClaimsClient::ListClaims(const api::ListClaimsRequest& request) const {
  return impl_->List<api::Claim>(&Stub::ListClaims, request,
                                 [](auto& page) { return page.mutable_claims(); });
}

PagedRange<api::Claim> ClaimsClient::SearchClaims(const api::SearchClaimsRequest& request) const {
  return impl_->List<api::Claim>(&Stub::SearchClaims, request,
                                 [](auto& page) { return page.mutable_claims(); });
}

absl::StatusOr<api::Explanation> ClaimsClient::ExplainClaim(
    const api::ExplainClaimRequest& request) const {
  return impl_->Do(&Stub::ExplainClaim, request);
}

absl::StatusOr<api::SimulateClaimResponse> ClaimsClient::SimulateClaim(
    const api::SimulateClaimRequest& request) const {
  return impl_->Do(&Stub::SimulateClaim, request);
}

absl::StatusOr<api::CheckStatementResponse> ClaimsClient::CheckStatement(
    const api::CheckStatementRequest& request) const {
  return impl_->Do(&Stub::CheckStatement, request);
}

PagedRange<api::Question> ClaimsClient::ListQuestions(
    const api::ListQuestionsRequest& request) const {
  return impl_->List<api::Question>(&Stub::ListQuestions, request,
                                    [](auto& page) { return page.mutable_questions(); });
}

absl::StatusOr<api::Question> ClaimsClient::GetQuestion(
    const api::GetQuestionRequest& request) const {
  return impl_->Do(&Stub::GetQuestion, request);
}

PagedRange<api::Revision> ClaimsClient::ListClaimRevisions(
    const api::ListClaimRevisionsRequest& request) const {
  return impl_->List<api::Revision>(&Stub::ListClaimRevisions, request,
                                    [](auto& page) { return page.mutable_revisions(); });
}

PagedRange<api::ClaimChange> ClaimsClient::CompareClaims(
    const api::CompareClaimsRequest& request) const {
  return impl_->List<api::ClaimChange>(&Stub::CompareClaims, request,
                                       [](auto& page) { return page.mutable_changes(); });
}

absl::StatusOr<api::Claim> ClaimsClient::ReviewClaim(const api::ReviewClaimRequest& request) const {
  return impl_->Do(&Stub::ReviewClaim, request);
}

absl::StatusOr<api::ClaimAssertion> ClaimsClient::ReviewAssertion(
    const api::ReviewAssertionRequest& request) const {
  return impl_->Do(&Stub::ReviewAssertion, request);
}

absl::StatusOr<api::SplitClaimResponse> ClaimsClient::SplitClaim(
    const api::SplitClaimRequest& request) const {
  return impl_->Do(&Stub::SplitClaim, request);
}

absl::StatusOr<api::ScoringStatus> ClaimsClient::GetScoringStatus(
    const api::GetScoringStatusRequest& request) const {
  return impl_->Do(&Stub::GetScoringStatus, request);
}

absl::StatusOr<api::Claim> ClaimsClient::MergeClaims(const api::MergeClaimsRequest& request) const {
  return impl_->Do(&Stub::MergeClaims, request);
}

absl::Status ClaimsClient::WatchClaims(
    api::WatchClaimsRequest request,
    const std::function<bool(const api::WatchClaimsResponse&)>& on_change) const {
  Backoff backoff;
  while (true) {
    grpc::ClientContext context;
    impl_->connection().PrepareStream(context);
    const auto stream = impl_->stub().WatchClaims(&context, request);
    api::WatchClaimsResponse change;
    while (stream->Read(&change)) {
      backoff.Reset();
      request.set_resume_token(change.resume_token());
      if (on_change(change)) continue;
      context.TryCancel();
      stream->Finish();
      return absl::OkStatus();
    }
    const grpc::Status end = stream->Finish();
    // An orderly end is a server that drains; the token takes the watch up on another replica.
    if (!end.ok() && end.error_code() != grpc::StatusCode::UNAVAILABLE) {
      return FromCall(end, impl_->connection().AddressOf(Service::kCorroboration));
    }
    if (!backoff.Wait()) {
      return FromCall(end.ok() ? grpc::Status(grpc::StatusCode::UNAVAILABLE,
                                              "the server keeps ending the watch")
                               : end,
                      impl_->connection().AddressOf(Service::kCorroboration));
    }
  }
}

}  // namespace consilience::client
