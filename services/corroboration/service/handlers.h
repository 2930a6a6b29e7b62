// The methods of the corroboration and source services as plain functions: check, fetch, act,
// answer. They know messages, not gRPC.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_HANDLERS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_HANDLERS_H_

#include <functional>

#include "absl/status/status.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/corroboration/v1/source_service.pb.h"
#include "services/corroboration/engine/engine.h"

namespace consilience::extraction {
class Extractor;
}

namespace consilience::corroboration {

// Recording.
absl::Status RecordAssertions(Engine& engine, const v1::RecordAssertionsRequest& request,
                              v1::RecordAssertionsResponse& response);
absl::Status GetScoringStatus(Engine& engine, const v1::GetScoringStatusRequest& request,
                              v1::ScoringStatus& response);
absl::Status WithdrawDocument(Engine& engine, const v1::WithdrawDocumentRequest& request,
                              v1::WithdrawDocumentResponse& response);
absl::Status ReviewAssertion(Engine& engine, const v1::ReviewAssertionRequest& request,
                             v1::ClaimAssertion& response);

// Reading claims.
absl::Status GetClaim(Engine& engine, const v1::GetClaimRequest& request, v1::Claim& response);
absl::Status BatchGetClaims(Engine& engine, const v1::BatchGetClaimsRequest& request,
                            v1::BatchGetClaimsResponse& response);
absl::Status ListClaims(Engine& engine, const v1::ListClaimsRequest& request,
                        v1::ListClaimsResponse& response);
absl::Status SearchClaims(Engine& engine, const v1::SearchClaimsRequest& request,
                          v1::SearchClaimsResponse& response);
absl::Status ExplainClaim(Engine& engine, const v1::ExplainClaimRequest& request,
                          v1::Explanation& response);
absl::Status SimulateClaim(Engine& engine, const v1::SimulateClaimRequest& request,
                           v1::SimulateClaimResponse& response);
absl::Status CheckStatement(Engine& engine, const extraction::Extractor& extractor,
                            const v1::CheckStatementRequest& request,
                            v1::CheckStatementResponse& response);

// History and reviews.
absl::Status ListClaimRevisions(Engine& engine, const v1::ListClaimRevisionsRequest& request,
                                v1::ListClaimRevisionsResponse& response);
absl::Status CompareClaims(Engine& engine, const v1::CompareClaimsRequest& request,
                           v1::CompareClaimsResponse& response);
absl::Status ReviewClaim(Engine& engine, const v1::ReviewClaimRequest& request,
                         v1::Claim& response);
absl::Status BatchReviewClaims(Engine& engine, const v1::BatchReviewClaimsRequest& request,
                               v1::BatchReviewClaimsResponse& response);
absl::Status SplitClaim(Engine& engine, const v1::SplitClaimRequest& request,
                        v1::SplitClaimResponse& response);
absl::Status MergeClaims(Engine& engine, const v1::MergeClaimsRequest& request,
                         v1::Claim& response);
// Writes what is new, then returns the token from which the next call goes on; `write` returns
// false when nobody listens any more.
absl::Status WatchOnce(Engine& engine, const v1::WatchClaimsRequest& request, std::string& token,
                       const std::function<bool(const v1::WatchClaimsResponse&)>& write);
// Where a watch without a token begins: at the newest revision.
absl::StatusOr<std::string> WatchStart(Engine& engine, const v1::WatchClaimsRequest& request);

// Questions.
absl::Status GetQuestion(Engine& engine, const v1::GetQuestionRequest& request,
                         v1::Question& response);
absl::Status ListQuestions(Engine& engine, const v1::ListQuestionsRequest& request,
                           v1::ListQuestionsResponse& response);

// Sources.
absl::Status CreateSource(Engine& engine, const v1::CreateSourceRequest& request,
                          v1::Source& response);
absl::Status GetSource(Engine& engine, const v1::GetSourceRequest& request, v1::Source& response);
absl::Status ListSources(Engine& engine, const v1::ListSourcesRequest& request,
                         v1::ListSourcesResponse& response);
absl::Status UpdateSource(Engine& engine, const v1::UpdateSourceRequest& request,
                          v1::Source& response);
absl::Status MergeSources(Engine& engine, const v1::MergeSourcesRequest& request,
                          v1::Source& response);
absl::Status GetSourceDependence(Engine& engine, const v1::GetSourceDependenceRequest& request,
                                 v1::GetSourceDependenceResponse& response);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_HANDLERS_H_
