#include "clients/cli/ingest/unknown_items.h"

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

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
  std::vector<std::string> names;
  names.reserve(items_.size());
  api::FindDocumentsRequest request;
  for (const ingest::ReadItem& item : items_) {
    names.push_back(NameOfItem(item));
    if (!names.back().empty()) request.add_names(names.back());
  }
  if (request.names().empty()) return;
  const auto found = documents_.FindDocuments(request);
  // Sending tells what is known as well, and why a service does not answer.
  asks_ = found.ok();
  if (!asks_) return;
  std::map<std::string, const api::Document*> held;
  for (const api::Document& document : found->documents()) held[document.name()] = &document;
  std::deque<ingest::ReadItem> unknown;
  for (size_t i = 0; i < items_.size(); ++i) {
    const auto known = held.find(names[i]);
    const auto* document = std::get_if<ingest::ReadDocument>(&items_[i]);
    if (known == held.end() || !AddsNothing(document->metadata, *known->second)) {
      unknown.push_back(std::move(items_[i]));
      continue;
    }
    api::IngestDocumentsResponse answer;
    answer.set_label(document->label);
    answer.set_outcome(api::INGEST_OUTCOME_DUPLICATE);
    *answer.mutable_document() = *known->second;
    on_known_(answer);
  }
  items_ = std::move(unknown);
}

}  // namespace consilience::cli
