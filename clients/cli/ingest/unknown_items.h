// What a reader gives, without what the service holds already.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_UNKNOWN_ITEMS_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_UNKNOWN_ITEMS_H_

#include <deque>
#include <functional>
#include <optional>

#include "clients/cli/ingest/item_reader.h"
#include "clients/cpp/documents_client.h"
#include "consilience/ingest/v1/ingest_service.pb.h"

namespace consilience::cli {

// Asks the service, a batch at a time, which documents it holds, so that a run that was interrupted
// does not send again what has arrived. A document that is held but was met somewhere new is passed
// on, for the service to add where.
class UnknownItems {
 public:
  using OnKnown = std::function<void(const ingest::v1::IngestDocumentsResponse&)>;

  // `on_known` gets the answer that sending would have brought. All must outlive this.
  UnknownItems(const client::DocumentsClient& documents, ItemReader& reader, OnKnown on_known);

  // The next item that is worth sending; nothing at the end. From one thread.
  std::optional<ingest::ReadItem> Next();

 private:
  void DropKnown();

  const client::DocumentsClient& documents_;
  ItemReader& reader_;
  const OnKnown on_known_;
  std::deque<ingest::ReadItem> items_;
  bool asks_ = true;
};

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_UNKNOWN_ITEMS_H_
