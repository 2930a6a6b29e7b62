#include "clients/cpp/documents_client.h"

#include <utility>

#include "clients/cpp/call.h"
#include "clients/cpp/ingest_stream.h"
#include "consilience/ingest/v1/ingest_service.grpc.pb.h"

namespace consilience::client {

namespace api = ingest::v1;
using Stub = api::IngestService::StubInterface;

struct DocumentsClient::Impl : StubCalls<Stub> {
  using StubCalls<Stub>::StubCalls;
};

DocumentsClient::DocumentsClient(std::shared_ptr<Connection> connection) {
  auto stub = api::IngestService::NewStub(connection->ChannelTo(Service::kIngest));
  impl_ = std::make_unique<Impl>(std::move(connection), Service::kIngest, std::move(stub));
}

DocumentsClient::~DocumentsClient() = default;

absl::StatusOr<api::IngestDocumentResponse> DocumentsClient::IngestDocument(
    const api::IngestDocumentRequest& request) const {
  return impl_->Do(&Stub::IngestDocument, request);
}

absl::StatusOr<api::Document> DocumentsClient::GetDocument(
    const api::GetDocumentRequest& request) const {
  return impl_->Do(&Stub::GetDocument, request);
}

absl::StatusOr<api::FindDocumentsResponse> DocumentsClient::FindDocuments(
    const api::FindDocumentsRequest& request) const {
  return impl_->Do(&Stub::FindDocuments, request);
}

PagedRange<api::Document> DocumentsClient::ListDocuments(
    const api::ListDocumentsRequest& request) const {
  return impl_->List<api::Document>(&Stub::ListDocuments, request,
                                    [](auto& page) { return page.mutable_documents(); });
}

absl::StatusOr<api::Document> DocumentsClient::UpdateDocument(
    const api::UpdateDocumentRequest& request) const {
  return impl_->Do(&Stub::UpdateDocument, request);
}

absl::StatusOr<api::Document> DocumentsClient::SupersedeDocument(
    const api::SupersedeDocumentRequest& request) const {
  return impl_->Do(&Stub::SupersedeDocument, request);
}

absl::StatusOr<api::Document> DocumentsClient::RetractDocument(
    const api::RetractDocumentRequest& request) const {
  return impl_->Do(&Stub::RetractDocument, request);
}

absl::StatusOr<api::Document> DocumentsClient::EraseDocument(
    const api::EraseDocumentRequest& request) const {
  return impl_->Do(&Stub::EraseDocument, request);
}

absl::StatusOr<api::ReprocessDocumentsResponse> DocumentsClient::ReprocessDocuments(
    const api::ReprocessDocumentsRequest& request) const {
  return impl_->Do(&Stub::ReprocessDocuments, request);
}

PagedRange<api::Passage> DocumentsClient::ListPassages(
    const api::ListPassagesRequest& request) const {
  return impl_->List<api::Passage>(&Stub::ListPassages, request,
                                   [](auto& page) { return page.mutable_passages(); });
}

absl::StatusOr<api::PipelineStatus> DocumentsClient::GetPipelineStatus(
    const api::GetPipelineStatusRequest& request) const {
  return impl_->Do(&Stub::GetPipelineStatus, request);
}

absl::Status DocumentsClient::IngestDocuments(
    const std::function<std::optional<api::IngestDocumentsRequest>()>& next,
    const std::function<void(const api::IngestDocumentsResponse&)>& on_answer) const {
  return IngestStream(impl_->connection(), impl_->stub(), next, on_answer).Run();
}

}  // namespace consilience::client
