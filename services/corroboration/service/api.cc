#include "services/corroboration/service/api.h"

#include "services/corroboration/service/handlers.h"

namespace consilience::corroboration {
namespace {

using common::Call;

// How often a watch looks for what is new.
constexpr absl::Duration kWatchInterval = absl::Milliseconds(500);

}  // namespace

grpc::ServerUnaryReactor* CorroborationApi::RecordAssertions(
    grpc::CallbackServerContext* context, const v1::RecordAssertionsRequest* request,
    v1::RecordAssertionsResponse* response) {
  return calls_.Unary("RecordAssertions", context, request, response,
                      [this](const Call&, const v1::RecordAssertionsRequest& in,
                             v1::RecordAssertionsResponse& out) {
                        return corroboration::RecordAssertions(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::GetClaim(grpc::CallbackServerContext* context,
                                                     const v1::GetClaimRequest* request,
                                                     v1::Claim* response) {
  return calls_.Unary("GetClaim", context, request, response,
                      [this](const Call&, const v1::GetClaimRequest& in, v1::Claim& out) {
                        return corroboration::GetClaim(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::BatchGetClaims(grpc::CallbackServerContext* context,
                                                           const v1::BatchGetClaimsRequest* request,
                                                           v1::BatchGetClaimsResponse* response) {
  return calls_.Unary(
      "BatchGetClaims", context, request, response,
      [this](const Call&, const v1::BatchGetClaimsRequest& in, v1::BatchGetClaimsResponse& out) {
        return corroboration::BatchGetClaims(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::ListClaims(grpc::CallbackServerContext* context,
                                                       const v1::ListClaimsRequest* request,
                                                       v1::ListClaimsResponse* response) {
  return calls_.Unary(
      "ListClaims", context, request, response,
      [this](const Call&, const v1::ListClaimsRequest& in, v1::ListClaimsResponse& out) {
        return corroboration::ListClaims(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::SearchClaims(grpc::CallbackServerContext* context,
                                                         const v1::SearchClaimsRequest* request,
                                                         v1::SearchClaimsResponse* response) {
  return calls_.Unary(
      "SearchClaims", context, request, response,
      [this](const Call&, const v1::SearchClaimsRequest& in, v1::SearchClaimsResponse& out) {
        return corroboration::SearchClaims(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::ExplainClaim(grpc::CallbackServerContext* context,
                                                         const v1::ExplainClaimRequest* request,
                                                         v1::Explanation* response) {
  return calls_.Unary("ExplainClaim", context, request, response,
                      [this](const Call&, const v1::ExplainClaimRequest& in, v1::Explanation& out) {
                        return corroboration::ExplainClaim(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::SimulateClaim(grpc::CallbackServerContext* context,
                                                          const v1::SimulateClaimRequest* request,
                                                          v1::SimulateClaimResponse* response) {
  return calls_.Unary(
      "SimulateClaim", context, request, response,
      [this](const Call&, const v1::SimulateClaimRequest& in, v1::SimulateClaimResponse& out) {
        return corroboration::SimulateClaim(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::ListQuestions(grpc::CallbackServerContext* context,
                                                          const v1::ListQuestionsRequest* request,
                                                          v1::ListQuestionsResponse* response) {
  return calls_.Unary(
      "ListQuestions", context, request, response,
      [this](const Call&, const v1::ListQuestionsRequest& in, v1::ListQuestionsResponse& out) {
        return corroboration::ListQuestions(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::GetQuestion(grpc::CallbackServerContext* context,
                                                        const v1::GetQuestionRequest* request,
                                                        v1::Question* response) {
  return calls_.Unary("GetQuestion", context, request, response,
                      [this](const Call&, const v1::GetQuestionRequest& in, v1::Question& out) {
                        return corroboration::GetQuestion(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::ListClaimRevisions(
    grpc::CallbackServerContext* context, const v1::ListClaimRevisionsRequest* request,
    v1::ListClaimRevisionsResponse* response) {
  return calls_.Unary("ListClaimRevisions", context, request, response,
                      [this](const Call&, const v1::ListClaimRevisionsRequest& in,
                             v1::ListClaimRevisionsResponse& out) {
                        return corroboration::ListClaimRevisions(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::CompareClaims(grpc::CallbackServerContext* context,
                                                          const v1::CompareClaimsRequest* request,
                                                          v1::CompareClaimsResponse* response) {
  return calls_.Unary(
      "CompareClaims", context, request, response,
      [this](const Call&, const v1::CompareClaimsRequest& in, v1::CompareClaimsResponse& out) {
        return corroboration::CompareClaims(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::ReviewClaim(grpc::CallbackServerContext* context,
                                                        const v1::ReviewClaimRequest* request,
                                                        v1::Claim* response) {
  return calls_.Unary("ReviewClaim", context, request, response,
                      [this](const Call&, const v1::ReviewClaimRequest& in, v1::Claim& out) {
                        return corroboration::ReviewClaim(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::BatchReviewClaims(
    grpc::CallbackServerContext* context, const v1::BatchReviewClaimsRequest* request,
    v1::BatchReviewClaimsResponse* response) {
  return calls_.Unary("BatchReviewClaims", context, request, response,
                      [this](const Call&, const v1::BatchReviewClaimsRequest& in,
                             v1::BatchReviewClaimsResponse& out) {
                        return corroboration::BatchReviewClaims(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::ReviewAssertion(
    grpc::CallbackServerContext* context, const v1::ReviewAssertionRequest* request,
    v1::ClaimAssertion* response) {
  return calls_.Unary(
      "ReviewAssertion", context, request, response,
      [this](const Call&, const v1::ReviewAssertionRequest& in, v1::ClaimAssertion& out) {
        return corroboration::ReviewAssertion(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::WithdrawDocument(
    grpc::CallbackServerContext* context, const v1::WithdrawDocumentRequest* request,
    v1::WithdrawDocumentResponse* response) {
  return calls_.Unary("WithdrawDocument", context, request, response,
                      [this](const Call&, const v1::WithdrawDocumentRequest& in,
                             v1::WithdrawDocumentResponse& out) {
                        return corroboration::WithdrawDocument(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* CorroborationApi::GetScoringStatus(
    grpc::CallbackServerContext* context, const v1::GetScoringStatusRequest* request,
    v1::ScoringStatus* response) {
  return calls_.Unary(
      "GetScoringStatus", context, request, response,
      [this](const Call&, const v1::GetScoringStatusRequest& in, v1::ScoringStatus& out) {
        return corroboration::GetScoringStatus(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::CheckStatement(grpc::CallbackServerContext* context,
                                                           const v1::CheckStatementRequest* request,
                                                           v1::CheckStatementResponse* response) {
  return calls_.Unary(
      "CheckStatement", context, request, response,
      [this](const Call&, const v1::CheckStatementRequest& in, v1::CheckStatementResponse& out) {
        return corroboration::CheckStatement(engine_, extractor_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::SplitClaim(grpc::CallbackServerContext* context,
                                                       const v1::SplitClaimRequest* request,
                                                       v1::SplitClaimResponse* response) {
  return calls_.Unary(
      "SplitClaim", context, request, response,
      [this](const Call&, const v1::SplitClaimRequest& in, v1::SplitClaimResponse& out) {
        return corroboration::SplitClaim(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* CorroborationApi::MergeClaims(grpc::CallbackServerContext* context,
                                                        const v1::MergeClaimsRequest* request,
                                                        v1::Claim* response) {
  return calls_.Unary("MergeClaims", context, request, response,
                      [this](const Call&, const v1::MergeClaimsRequest& in, v1::Claim& out) {
                        return corroboration::MergeClaims(engine_, in, out);
                      });
}

grpc::ServerWriteReactor<v1::WatchClaimsResponse>* CorroborationApi::WatchClaims(
    grpc::CallbackServerContext* context, const v1::WatchClaimsRequest* request) {
  return calls_.ServerStream<v1::WatchClaimsRequest, v1::WatchClaimsResponse>(
      "WatchClaims", context, request,
      [this](const Call& call, const v1::WatchClaimsRequest& in,
             common::StreamWriter<v1::WatchClaimsResponse>& out) {
        auto token = WatchStart(engine_, in);
        if (!token.ok()) return token.status();
        while (!out.WaitCancelled(kWatchInterval)) {
          if (call.Cancelled()) break;
          const absl::Status status = WatchOnce(
              engine_, in, *token,
              [&out](const v1::WatchClaimsResponse& response) { return out.Write(response); });
          if (!status.ok()) return status;
        }
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* SourceApi::CreateSource(grpc::CallbackServerContext* context,
                                                  const v1::CreateSourceRequest* request,
                                                  v1::Source* response) {
  return calls_.Unary("CreateSource", context, request, response,
                      [this](const Call&, const v1::CreateSourceRequest& in, v1::Source& out) {
                        return corroboration::CreateSource(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* SourceApi::GetSource(grpc::CallbackServerContext* context,
                                               const v1::GetSourceRequest* request,
                                               v1::Source* response) {
  return calls_.Unary("GetSource", context, request, response,
                      [this](const Call&, const v1::GetSourceRequest& in, v1::Source& out) {
                        return corroboration::GetSource(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* SourceApi::ListSources(grpc::CallbackServerContext* context,
                                                 const v1::ListSourcesRequest* request,
                                                 v1::ListSourcesResponse* response) {
  return calls_.Unary(
      "ListSources", context, request, response,
      [this](const Call&, const v1::ListSourcesRequest& in, v1::ListSourcesResponse& out) {
        return corroboration::ListSources(engine_, in, out);
      });
}

grpc::ServerUnaryReactor* SourceApi::UpdateSource(grpc::CallbackServerContext* context,
                                                  const v1::UpdateSourceRequest* request,
                                                  v1::Source* response) {
  return calls_.Unary("UpdateSource", context, request, response,
                      [this](const Call&, const v1::UpdateSourceRequest& in, v1::Source& out) {
                        return corroboration::UpdateSource(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* SourceApi::MergeSources(grpc::CallbackServerContext* context,
                                                  const v1::MergeSourcesRequest* request,
                                                  v1::Source* response) {
  return calls_.Unary("MergeSources", context, request, response,
                      [this](const Call&, const v1::MergeSourcesRequest& in, v1::Source& out) {
                        return corroboration::MergeSources(engine_, in, out);
                      });
}

grpc::ServerUnaryReactor* SourceApi::GetSourceDependence(
    grpc::CallbackServerContext* context, const v1::GetSourceDependenceRequest* request,
    v1::GetSourceDependenceResponse* response) {
  return calls_.Unary("GetSourceDependence", context, request, response,
                      [this](const Call&, const v1::GetSourceDependenceRequest& in,
                             v1::GetSourceDependenceResponse& out) {
                        return corroboration::GetSourceDependence(engine_, in, out);
                      });
}

}  // namespace consilience::corroboration
