// The passage index in PostgreSQL: one row a fingerprint, so that replicas add to it beside each
// other and find with one statement.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_PASSAGE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_PASSAGE_INDEX_H_

#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "services/ingest/passages/passage_index.h"
#include "services/ingest/store/postgres/transaction.h"

namespace consilience::ingest {

// Not thread-safe; used within its transaction. What is added is written when the transaction ends.
class PostgresPassageIndex final : public PassageIndex {
 public:
  explicit PostgresPassageIndex(Transaction& transaction) : transaction_(transaction) {}

  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

  // A document of this transaction that counts for nothing is not indexed.
  void LeaveOut(DocumentNumber document) { left_out_.insert(document); }
  absl::Status Finish();

 private:
  void SendSome();

  Transaction& transaction_;
  std::vector<std::pair<int64_t, int64_t>> postings_;  // hash, place
  std::set<DocumentNumber> left_out_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_PASSAGE_INDEX_H_
