// The corroboration and source services over gRPC: each method hands its message to a handler.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_API_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_API_H_

#include "consilience/corroboration/v1/corroboration_service.grpc.pb.h"
#include "consilience/corroboration/v1/source_service.grpc.pb.h"
#include "services/common/server/calls.h"
#include "services/corroboration/engine/engine.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {

// Thread-safe. What is passed must outlive it.
class CorroborationApi : public v1::CorroborationService::CallbackService {
 public:
  // `extractor` reads the sentences of CheckStatement.
  CorroborationApi(common::CallRuntime& runtime, Engine& engine,
                   const extraction::Extractor& extractor)
      : calls_(runtime, "consilience.corroboration.v1.CorroborationService"),
        engine_(engine),
        extractor_(extractor) {}

  grpc::ServerUnaryReactor* RecordAssertions(grpc::CallbackServerContext* context,
                                             const v1::RecordAssertionsRequest* request,
                                             v1::RecordAssertionsResponse* response) override;
  grpc::ServerUnaryReactor* GetClaim(grpc::CallbackServerContext* context,
                                     const v1::GetClaimRequest* request,
                                     v1::Claim* response) override;
  grpc::ServerUnaryReactor* BatchGetClaims(grpc::CallbackServerContext* context,
                                           const v1::BatchGetClaimsRequest* request,
                                           v1::BatchGetClaimsResponse* response) override;
  grpc::ServerUnaryReactor* ListClaims(grpc::CallbackServerContext* context,
                                       const v1::ListClaimsRequest* request,
                                       v1::ListClaimsResponse* response) override;
  grpc::ServerUnaryReactor* SearchClaims(grpc::CallbackServerContext* context,
                                         const v1::SearchClaimsRequest* request,
                                         v1::SearchClaimsResponse* response) override;
  grpc::ServerUnaryReactor* ExplainClaim(grpc::CallbackServerContext* context,
                                         const v1::ExplainClaimRequest* request,
                                         v1::Explanation* response) override;
  grpc::ServerUnaryReactor* SimulateClaim(grpc::CallbackServerContext* context,
                                          const v1::SimulateClaimRequest* request,
                                          v1::SimulateClaimResponse* response) override;
  grpc::ServerUnaryReactor* ListQuestions(grpc::CallbackServerContext* context,
                                          const v1::ListQuestionsRequest* request,
                                          v1::ListQuestionsResponse* response) override;
  grpc::ServerUnaryReactor* GetQuestion(grpc::CallbackServerContext* context,
                                        const v1::GetQuestionRequest* request,
                                        v1::Question* response) override;
  grpc::ServerUnaryReactor* ListClaimRevisions(grpc::CallbackServerContext* context,
                                               const v1::ListClaimRevisionsRequest* request,
                                               v1::ListClaimRevisionsResponse* response) override;
  grpc::ServerUnaryReactor* CompareClaims(grpc::CallbackServerContext* context,
                                          const v1::CompareClaimsRequest* request,
                                          v1::CompareClaimsResponse* response) override;
  grpc::ServerUnaryReactor* ReviewClaim(grpc::CallbackServerContext* context,
                                        const v1::ReviewClaimRequest* request,
                                        v1::Claim* response) override;
  grpc::ServerUnaryReactor* BatchReviewClaims(grpc::CallbackServerContext* context,
                                              const v1::BatchReviewClaimsRequest* request,
                                              v1::BatchReviewClaimsResponse* response) override;
  grpc::ServerUnaryReactor* ReviewAssertion(grpc::CallbackServerContext* context,
                                            const v1::ReviewAssertionRequest* request,
                                            v1::ClaimAssertion* response) override;
  grpc::ServerUnaryReactor* WithdrawDocument(grpc::CallbackServerContext* context,
                                             const v1::WithdrawDocumentRequest* request,
                                             v1::WithdrawDocumentResponse* response) override;
  grpc::ServerUnaryReactor* GetScoringStatus(grpc::CallbackServerContext* context,
                                             const v1::GetScoringStatusRequest* request,
                                             v1::ScoringStatus* response) override;
  grpc::ServerUnaryReactor* CheckStatement(grpc::CallbackServerContext* context,
                                           const v1::CheckStatementRequest* request,
                                           v1::CheckStatementResponse* response) override;
  grpc::ServerUnaryReactor* SplitClaim(grpc::CallbackServerContext* context,
                                       const v1::SplitClaimRequest* request,
                                       v1::SplitClaimResponse* response) override;
  grpc::ServerUnaryReactor* MergeClaims(grpc::CallbackServerContext* context,
                                        const v1::MergeClaimsRequest* request,
                                        v1::Claim* response) override;
  grpc::ServerWriteReactor<v1::WatchClaimsResponse>* WatchClaims(
      grpc::CallbackServerContext* context, const v1::WatchClaimsRequest* request) override;

 private:
  common::ServiceCalls calls_;
  Engine& engine_;
  const extraction::Extractor& extractor_;
};

// Thread-safe. What is passed must outlive it.
class SourceApi : public v1::SourceService::CallbackService {
 public:
  SourceApi(common::CallRuntime& runtime, Engine& engine)
      : calls_(runtime, "consilience.corroboration.v1.SourceService"), engine_(engine) {}

  grpc::ServerUnaryReactor* CreateSource(grpc::CallbackServerContext* context,
                                         const v1::CreateSourceRequest* request,
                                         v1::Source* response) override;
  grpc::ServerUnaryReactor* GetSource(grpc::CallbackServerContext* context,
                                      const v1::GetSourceRequest* request,
                                      v1::Source* response) override;
  grpc::ServerUnaryReactor* ListSources(grpc::CallbackServerContext* context,
                                        const v1::ListSourcesRequest* request,
                                        v1::ListSourcesResponse* response) override;
  grpc::ServerUnaryReactor* UpdateSource(grpc::CallbackServerContext* context,
                                         const v1::UpdateSourceRequest* request,
                                         v1::Source* response) override;
  grpc::ServerUnaryReactor* MergeSources(grpc::CallbackServerContext* context,
                                         const v1::MergeSourcesRequest* request,
                                         v1::Source* response) override;
  grpc::ServerUnaryReactor* GetSourceDependence(grpc::CallbackServerContext* context,
                                                const v1::GetSourceDependenceRequest* request,
                                                v1::GetSourceDependenceResponse* response) override;

 private:
  common::ServiceCalls calls_;
  Engine& engine_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_API_H_
