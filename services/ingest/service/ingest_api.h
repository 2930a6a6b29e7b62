// IngestService over a store, its ledger and the pipeline.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_API_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_API_H_

#include <future>

#include "absl/status/statusor.h"
#include "consilience/ingest/v1/ingest_service.grpc.pb.h"
#include "services/common/server/calls.h"
#include "services/common/time/clock.h"
#include "services/ingest/ledger/group_commit.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/pipeline/pipeline.h"
#include "services/ingest/readers/limits.h"
#include "services/ingest/service/ingest_metrics.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// What the API works on; all of it outlives the API.
struct IngestParts {
  Store& store;
  Ledger& ledger;
  GroupCommit& commits;
  Pipeline& pipeline;
  IngestMetrics& metrics;
  const common::Clock& clock;
  Limits limits;
};

// Thread-safe.
class IngestApi final : public v1::IngestService::CallbackService {
 public:
  IngestApi(common::CallRuntime& runtime, const IngestParts& parts);

  grpc::ServerUnaryReactor* IngestDocument(grpc::CallbackServerContext* context,
                                           const v1::IngestDocumentRequest* request,
                                           v1::IngestDocumentResponse* response) override;
  grpc::ServerBidiReactor<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>* IngestDocuments(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context,
                                        const v1::GetDocumentRequest* request,
                                        v1::Document* response) override;
  grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context,
                                          const v1::ListDocumentsRequest* request,
                                          v1::ListDocumentsResponse* response) override;
  grpc::ServerUnaryReactor* UpdateDocument(grpc::CallbackServerContext* context,
                                           const v1::UpdateDocumentRequest* request,
                                           v1::Document* response) override;
  grpc::ServerUnaryReactor* SupersedeDocument(grpc::CallbackServerContext* context,
                                              const v1::SupersedeDocumentRequest* request,
                                              v1::Document* response) override;
  grpc::ServerUnaryReactor* RetractDocument(grpc::CallbackServerContext* context,
                                            const v1::RetractDocumentRequest* request,
                                            v1::Document* response) override;
  grpc::ServerUnaryReactor* EraseDocument(grpc::CallbackServerContext* context,
                                          const v1::EraseDocumentRequest* request,
                                          v1::Document* response) override;
  grpc::ServerUnaryReactor* ReprocessDocuments(grpc::CallbackServerContext* context,
                                               const v1::ReprocessDocumentsRequest* request,
                                               v1::ReprocessDocumentsResponse* response) override;
  grpc::ServerUnaryReactor* FindDocuments(grpc::CallbackServerContext* context,
                                          const v1::FindDocumentsRequest* request,
                                          v1::FindDocumentsResponse* response) override;
  grpc::ServerUnaryReactor* ListPassages(grpc::CallbackServerContext* context,
                                         const v1::ListPassagesRequest* request,
                                         v1::ListPassagesResponse* response) override;
  grpc::ServerUnaryReactor* GetPipelineStatus(grpc::CallbackServerContext* context,
                                              const v1::GetPipelineStatusRequest* request,
                                              v1::PipelineStatus* response) override;

 private:
  using ItemStream = common::Stream<v1::IngestDocumentsRequest, v1::IngestDocumentsResponse>;

  // What the caller sent, read; errors are those of the readers.
  absl::StatusOr<ReadDocument> Read(const v1::DocumentInput& input) const;
  std::future<absl::StatusOr<Receipt>> Submit(const v1::DocumentInput& input, bool validate_only);
  std::future<absl::StatusOr<Receipt>> SubmitItem(const v1::IngestDocumentsRequest& item);
  absl::Status Ingest(const v1::IngestDocumentRequest& request,
                      v1::IngestDocumentResponse& response);
  absl::Status IngestAll(ItemStream& stream);
  absl::Status Supersede(const v1::SupersedeDocumentRequest& request, v1::Document& response);
  absl::Status Reprocess(const v1::ReprocessDocumentsRequest& request,
                         v1::ReprocessDocumentsResponse& response);
  absl::Status Status(const v1::GetPipelineStatusRequest& request, v1::PipelineStatus& response);

  common::ServiceCalls calls_;
  IngestParts parts_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_API_H_
