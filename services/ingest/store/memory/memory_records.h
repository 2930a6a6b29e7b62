// The records in maps. Copies are independent.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_RECORDS_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_RECORDS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/passages/memory_index.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

class MemoryRecords final : public Records {
 public:
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

 private:
  struct Entry {
    Document document;
    std::string text;
    Reading reading;
    std::vector<Appearance> appearances;
  };
  enum class WorkState { kWaiting, kClaimed, kDead };
  struct Work {
    WorkItem item;
    WorkState state = WorkState::kWaiting;
    absl::Time due;
    absl::Time last_attempt;
    std::string reason;
  };

  std::optional<std::string> FindCurrent(std::string Document::*field, std::string_view value);
  Work* FindWork(const WorkItem& item);

  std::map<std::string, Entry, std::less<>> entries_;  // by id
  std::map<DocumentNumber, std::string> numbers_;
  std::map<std::string, Work, std::less<>> work_;  // by id
  MemoryPassageIndex passages_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_MEMORY_MEMORY_RECORDS_H_
