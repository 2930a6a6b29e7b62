// The records over one SQLite connection.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_RECORDS_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_RECORDS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/store/sqlite/database.h"
#include "services/ingest/store/sqlite/statements.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

class SqliteRecords final : public Records {
 public:
  // `passages` outlives it.
  SqliteRecords(common::sqlite::Database& database, PassageIndex& passages);

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

  // Claims of a process that is gone are nobody's: they are due at once. For one owner of a file.
  absl::Status ReleaseClaims();
  // The documents that count no more, in ascending order.
  absl::StatusOr<std::vector<DocumentNumber>> Withdrawn();
  absl::StatusOr<DocumentNumber> LastNumber();
  // Calls `each` with every text behind `after`, in the order of numbers.
  absl::Status ForEachText(
      DocumentNumber after,
      const std::function<absl::Status(DocumentNumber, std::string_view)>& each);

 private:
  absl::StatusOr<std::optional<std::string>> OneText(const char* sql, std::string_view key);

  Statements statements_;
  PassageIndex& passages_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_RECORDS_H_
