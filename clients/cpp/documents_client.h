// Documents and the pipeline that reads them.
#ifndef CONSILIENCE_CLIENTS_CPP_DOCUMENTS_CLIENT_H_
#define CONSILIENCE_CLIENTS_CPP_DOCUMENTS_CLIENT_H_

#include <functional>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "clients/cpp/paging.h"
#include "consilience/ingest/v1/ingest_service.pb.h"

namespace consilience::client {

class Connection;

// The methods of IngestService; each is documented in its .proto. Thread-safe.
class DocumentsClient {
 public:
  explicit DocumentsClient(std::shared_ptr<Connection> connection);
  ~DocumentsClient();

  absl::StatusOr<ingest::v1::IngestDocumentResponse> IngestDocument(
      const ingest::v1::IngestDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::Document> GetDocument(
      const ingest::v1::GetDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::FindDocumentsResponse> FindDocuments(
      const ingest::v1::FindDocumentsRequest& request) const;
  PagedRange<ingest::v1::Document> ListDocuments(
      const ingest::v1::ListDocumentsRequest& request) const;
  absl::StatusOr<ingest::v1::Document> UpdateDocument(
      const ingest::v1::UpdateDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::Document> SupersedeDocument(
      const ingest::v1::SupersedeDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::Document> RetractDocument(
      const ingest::v1::RetractDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::Document> EraseDocument(
      const ingest::v1::EraseDocumentRequest& request) const;
  absl::StatusOr<ingest::v1::ReprocessDocumentsResponse> ReprocessDocuments(
      const ingest::v1::ReprocessDocumentsRequest& request) const;
  PagedRange<ingest::v1::Passage> ListPassages(
      const ingest::v1::ListPassagesRequest& request) const;
  absl::StatusOr<ingest::v1::PipelineStatus> GetPipelineStatus(
      const ingest::v1::GetPipelineStatusRequest& request) const;

  // Sends everything that `next` gives until it gives nothing, and calls `on_answer` with the
  // answer to each, in order, on the calling thread. `next` is called on another thread. At most 64
  // items are in flight; when the connection breaks those without an answer are sent again, which
  // is harmless because a document's id derives from its text. Returns the error that no further
  // try can cure; a refused item is an answer, not an error.
  absl::Status IngestDocuments(
      const std::function<std::optional<ingest::v1::IngestDocumentsRequest>()>& next,
      const std::function<void(const ingest::v1::IngestDocumentsResponse&)>& on_answer) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_DOCUMENTS_CLIENT_H_
