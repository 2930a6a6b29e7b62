// The passage index as one table, clustered by hash.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "services/ingest/passages/passage_index.h"
#include "services/ingest/store/sqlite/statements.h"

namespace consilience::ingest {

// Not thread-safe. To remove a document its fingerprints are made again from its text, which `text`
// gives; so erasing a text takes its document out of the index first.
class SqlitePassageIndex final : public PassageIndex {
 public:
  using TextOf = std::function<absl::StatusOr<std::string>(DocumentNumber)>;
  SqlitePassageIndex(Statements& statements, TextOf text)
      : statements_(statements), text_(std::move(text)) {}

  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

 private:
  Statements& statements_;
  TextOf text_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_
