// The reading half of IngestService.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_QUERIES_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_QUERIES_H_

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "consilience/ingest/v1/ingest_service.pb.h"
#include "services/ingest/model/document.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// The id in a resource name; errors name the field.
absl::StatusOr<std::string> ParseName(std::string_view field, std::string_view name);

// What a filter of documents takes. Fields: state, outlet, url, publication_date, language, title.
absl::StatusOr<std::function<bool(const Document&)>> ParseDocumentFilter(std::string_view filter);

absl::Status GetDocument(Store& store, const v1::GetDocumentRequest& request,
                         v1::Document& response);
absl::Status FindDocuments(Store& store, const v1::FindDocumentsRequest& request,
                           v1::FindDocumentsResponse& response);
absl::Status ListDocuments(Store& store, const v1::ListDocumentsRequest& request,
                           v1::ListDocumentsResponse& response);
absl::Status ListPassages(Store& store, const v1::ListPassagesRequest& request,
                          v1::ListPassagesResponse& response);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_DOCUMENT_QUERIES_H_
