#include "clients/cli/ingest/unknown_items.h"

#include <map>
#include <string>
#include <utility>
#include <variant>

#include "services/ingest/model/document_id.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

// Whether where an item was met says nothing that is not known of the document.
bool AddsNothing(const ingest::Metadata& item, const api::Document& held) {
  const auto known = [](const ingest::MetadataValue& value, const api::MetadataValue& other) {
    return value.value.empty() || value.value == other.value();
  };
  return known(item.outlet, held.outlet()) && known(item.url, held.url()) &&
         known(item.publication_date, held.publication_date());
}

std::string NameOfItem(const ingest::ReadItem& item) {
  const auto* document = std::get_if<ingest::ReadDocument>(&item);
  return document == nullptr ? "" : ingest::NameOf(ingest::IdOfText(document->text));
}

}  // namespace

UnknownItems::UnknownItems(const client::DocumentsClient& documents, ItemReader& reader,
                           OnKnown on_known)
    : documents_(documents), reader_(reader), on_known_(std::move(on_known)) {}

std::optional<ingest::ReadItem> UnknownItems::Next() {
  while (items_.empty()) {
    items_ = reader_.NextBatch();
    if (items_.empty()) return std::nullopt;
    if (asks_) DropKnown();
  }
  ingest::ReadItem item = std::move(items_.front());
  items_.pop_front();
  return item;
}

void UnknownItems::DropKnown() {
  api::FindDocumentsRequest request;
  for (const ingest::ReadItem& item : items_) {
    const std::string name = NameOfItem(item);
    if (!name.empty()) request.add_names(name);
  }
  if (request.names().empty()) return;
  const auto found = documents_.FindDocuments(request);
  // Sending tells what is known as well, and why a service does not answer.
  asks_ = found.ok();
  if (!asks_) return;
  std::map<std::string, const api::Document*> held;
  for (const api::Document& document : found->documents()) held[document.name()] = &document;
  std::erase_if(items_, [&](const ingest::ReadItem& item) {
    const auto known = held.find(NameOfItem(item));
    if (known == held.end()) return false;
    const auto& document = std::get<ingest::ReadDocument>(item);
    if (!AddsNothing(document.metadata, *known->second)) return false;
    api::IngestDocumentsResponse answer;
    answer.set_label(document.label);
    answer.set_outcome(api::INGEST_OUTCOME_DUPLICATE);
    *answer.mutable_document() = *known->second;
    on_known_(answer);
    return true;
  });
}

}  // namespace consilience::cli
