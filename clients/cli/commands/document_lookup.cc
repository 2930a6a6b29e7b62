#include "clients/cli/commands/document_lookup.h"

#include "clients/cpp/documents_client.h"

namespace consilience::cli {
namespace {

// A claim that thousands of documents repeat is read for its witnesses; its later documents show
// by name.
constexpr size_t kMostLookups = 100;

}  // namespace

DocumentInfo InfoOf(const ingest::v1::Document& document) {
  return {document.name(), document.title().value(), document.outlet().value(),
          document.publication_date().value(), document.url().value()};
}

std::map<std::string, DocumentInfo> LookUpDocuments(Context& context,
                                                    const std::set<std::string>& names) {
  std::map<std::string, DocumentInfo> known;
  auto documents = context.Documents();
  if (!documents.ok()) return known;
  size_t asked = 0;
  for (const std::string& name : names) {
    if (++asked > kMostLookups) break;
    ingest::v1::GetDocumentRequest request;
    request.set_name(name);
    request.set_view(ingest::v1::DOCUMENT_VIEW_BASIC);
    const auto document = (*documents)->GetDocument(request);
    if (document.ok()) {
      known[name] = InfoOf(*document);
    } else if (document.status().code() != absl::StatusCode::kNotFound) {
      break;
    }
  }
  return known;
}

void AddDocumentsOf(const corroboration::v1::Explanation& explanation,
                    std::set<std::string>& names) {
  for (const auto* origins : {&explanation.origins(), &explanation.denials()}) {
    for (const auto& origin : *origins) {
      for (const auto& assertion : origin.assertions()) names.insert(assertion.document());
      for (const auto& merge : origin.merges()) {
        for (const std::string& end : {merge.assertion(), merge.other_assertion()}) {
          if (!end.empty()) names.insert(end.substr(0, end.find("/assertions/")));
        }
      }
    }
  }
}

}  // namespace consilience::cli
