#include "clients/cpp/documents_client.h"

#include <utility>

#include "clients/cpp/call.h"
#include "clients/cpp/ingest_stream.h"
#include "consilience/ingest/v1/ingest_service.grpc.pb.h"

namespace consilience::client {

namespace api = ingest::v1;
using Stub = api::IngestService::StubInterface;

struct DocumentsClient::Impl {
  std::shared_ptr<Connection> connection;
  std::unique_ptr<Stub> stub;

  template <class Request, class Response>
  absl::StatusOr<Response> Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) const {
    return Call(*connection, Service::kIngest, *stub, method, request);
  }
};

DocumentsClient::DocumentsClient(std::shared_ptr<Connection> connection)
    : impl_(std::make_unique<Impl>()) {
  impl_->stub = api::IngestService::NewStub(connection->ChannelTo(Service::kIngest));
  impl_->connection = std::move(connection);
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

PagedRange<api::Document> DocumentsClient::ListDocuments(
    const api::ListDocumentsRequest& request) const {
  return Pages<api::Document>(
      request,
      [this](const api::ListDocumentsRequest& page) {
        return impl_->Do(&Stub::ListDocuments, page);
      },
      [](api::ListDocumentsResponse& page) { return page.mutable_documents(); });
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
  return Pages<api::Passage>(
      request,
      [this](const api::ListPassagesRequest& page) { return impl_->Do(&Stub::ListPassages, page); },
      [](api::ListPassagesResponse& page) { return page.mutable_passages(); });
}

absl::StatusOr<api::PipelineStatus> DocumentsClient::GetPipelineStatus(
    const api::GetPipelineStatusRequest& request) const {
  return impl_->Do(&Stub::GetPipelineStatus, request);
}

absl::Status DocumentsClient::IngestDocuments(
    const std::function<std::optional<api::DocumentInput>()>& next,
    const std::function<void(const api::IngestDocumentsResponse&)>& on_answer,
    bool validate_only) const {
  return IngestStream(*impl_->connection, *impl_->stub, next, on_answer, validate_only).Run();
}

}  // namespace consilience::client
