// Claims, questions and their corroboration.
#ifndef CONSILIENCE_CLIENTS_CPP_CLAIMS_CLIENT_H_
#define CONSILIENCE_CLIENTS_CPP_CLAIMS_CLIENT_H_

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cpp/paging.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"

namespace consilience::client {

class Connection;

// The methods of CorroborationService that callers use; each is documented in its .proto.
// Thread-safe.
class ClaimsClient {
 public:
  explicit ClaimsClient(std::shared_ptr<Connection> connection);
  ~ClaimsClient();

  absl::StatusOr<corroboration::v1::Claim> GetClaim(
      const corroboration::v1::GetClaimRequest& request) const;
  absl::StatusOr<corroboration::v1::BatchGetClaimsResponse> BatchGetClaims(
      const corroboration::v1::BatchGetClaimsRequest& request) const;
  PagedRange<corroboration::v1::Claim> ListClaims(
      const corroboration::v1::ListClaimsRequest& request) const;
  PagedRange<corroboration::v1::Claim> SearchClaims(
      const corroboration::v1::SearchClaimsRequest& request) const;
  absl::StatusOr<corroboration::v1::Explanation> ExplainClaim(
      const corroboration::v1::ExplainClaimRequest& request) const;
  absl::StatusOr<corroboration::v1::SimulateClaimResponse> SimulateClaim(
      const corroboration::v1::SimulateClaimRequest& request) const;
  absl::StatusOr<corroboration::v1::CheckStatementResponse> CheckStatement(
      const corroboration::v1::CheckStatementRequest& request) const;
  PagedRange<corroboration::v1::Question> ListQuestions(
      const corroboration::v1::ListQuestionsRequest& request) const;
  absl::StatusOr<corroboration::v1::Question> GetQuestion(
      const corroboration::v1::GetQuestionRequest& request) const;
  PagedRange<corroboration::v1::Revision> ListClaimRevisions(
      const corroboration::v1::ListClaimRevisionsRequest& request) const;
  PagedRange<corroboration::v1::ClaimChange> CompareClaims(
      const corroboration::v1::CompareClaimsRequest& request) const;
  absl::StatusOr<corroboration::v1::Claim> ReviewClaim(
      const corroboration::v1::ReviewClaimRequest& request) const;
  absl::StatusOr<corroboration::v1::ClaimAssertion> ReviewAssertion(
      const corroboration::v1::ReviewAssertionRequest& request) const;
  absl::StatusOr<corroboration::v1::SplitClaimResponse> SplitClaim(
      const corroboration::v1::SplitClaimRequest& request) const;
  absl::StatusOr<corroboration::v1::Claim> MergeClaims(
      const corroboration::v1::MergeClaimsRequest& request) const;

  absl::StatusOr<corroboration::v1::ScoringStatus> GetScoringStatus(
      const corroboration::v1::GetScoringStatusRequest& request) const;

  // Calls `on_change` with every answer until it returns false. A connection that breaks is taken
  // up again from the last resume token, so nothing is missed; returns the error that no further
  // try can cure.
  absl::Status WatchClaims(
      corroboration::v1::WatchClaimsRequest request,
      const std::function<bool(const corroboration::v1::WatchClaimsResponse&)>& on_change) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_CLAIMS_CLIENT_H_
