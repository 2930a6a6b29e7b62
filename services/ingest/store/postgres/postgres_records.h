// The records within one transaction of PostgreSQL.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_RECORDS_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_RECORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/store/postgres/postgres_passage_index.h"
#include "services/ingest/store/postgres/transaction.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

// Whoever looks at documents in a transaction that writes has the project's turn from then on, so
// that what was seen is still so when it is acted upon. Claiming work needs no turn: rows that
// another replica is claiming are passed over.
class PostgresRecords final : public Records {
 public:
  // `owner` is written to what is claimed.
  PostgresRecords(Transaction& transaction, const std::string& owner)
      : transaction_(transaction), passages_(transaction), owner_(owner) {}

  absl::StatusOr<Document> Get(std::string_view id) override;
  absl::StatusOr<std::optional<Document>> Find(std::string_view id) override;
  absl::StatusOr<std::optional<std::string>> FindByUrl(std::string_view url) override;
  absl::StatusOr<std::optional<std::string>> FindByExternalId(
      std::string_view external_id) override;
  absl::StatusOr<std::optional<std::string>> FindByNumber(DocumentNumber number) override;
  absl::StatusOr<std::string> Text(std::string_view id) override;
  absl::StatusOr<Reading> ReadingOf(std::string_view id) override;
  absl::StatusOr<std::vector<Document>> List(Order order, const std::optional<Cursor>& after,
                                             size_t limit) override;
  absl::StatusOr<std::vector<Appearance>> Appearances(std::string_view id) override;
  absl::Status Insert(Document& document, std::string_view text) override;
  absl::Status AddReading(const Document& document, const Reading& reading) override;
  absl::Status Update(const Document& document) override;
  absl::Status EraseText(std::string_view id) override;
  absl::Status AddAppearance(std::string_view id, const Appearance& appearance) override;
  absl::Status Enqueue(std::string_view id, absl::Time now) override;
  absl::StatusOr<std::vector<WorkItem>> Claim(absl::Time now, absl::Duration lease,
                                              size_t limit) override;
  absl::StatusOr<bool> Finish(const WorkItem& item) override;
  absl::StatusOr<bool> Postpone(const WorkItem& item, absl::Time now, absl::Time due,
                                std::string_view reason) override;
  absl::StatusOr<PipelineCounts> Counts() override;
  absl::StatusOr<std::vector<WorkFailure>> Failures(size_t limit) override;
  absl::StatusOr<absl::Time> NextDue() override;
  PassageIndex& passages() override { return passages_; }

  // Writes what waits. Before the transaction is committed.
  absl::Status Settle();

 private:
  absl::Status TakeTurn();
  // A query about documents.
  template <typename... Values>
  absl::StatusOr<common::postgres::Rows> Ask(const char* sql, const Values&... values) {
    if (absl::Status status = TakeTurn(); !status.ok()) return status;
    return transaction_.Query(sql, values...);
  }
  template <typename... Values>
  absl::StatusOr<std::optional<std::string>> OneText(const char* sql, const Values&... values);

  Transaction& transaction_;
  PostgresPassageIndex passages_;
  const std::string& owner_;
  bool has_turn_ = false;
  int64_t next_number_ = 0;
  bool inserted_ = false;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_RECORDS_H_
