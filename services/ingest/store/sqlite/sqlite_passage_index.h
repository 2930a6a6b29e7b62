// The passage index in SQLite, as sorted runs.
//
// Fingerprints are hashes: put into one B-tree each would dirty a page of its own, and the cost of
// a document would grow with the store. So a document's postings are appended as one row; when
// kRecentDocuments of them have come together they are sorted into a run of level 0, and kFanout
// runs of one level are merged into one of the next (a log-structured merge tree, O'Neil et al.
// 1996, tiered). Each posting is rewritten once a level: for a million documents four times.
// A posting takes 13 bytes and its share of a page.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_

#include <span>
#include <unordered_map>
#include <vector>

#include "services/ingest/passages/passage_index.h"
#include "services/ingest/store/sqlite/posting_block.h"
#include "services/ingest/store/sqlite/statements.h"

namespace consilience::ingest {

// Not thread-safe; used within the transaction of its connection.
class SqlitePassageIndex final : public PassageIndex {
 public:
  static constexpr int64_t kRecentDocuments = 1024;
  static constexpr int64_t kFanout = 8;

  explicit SqlitePassageIndex(Statements& statements) : statements_(statements) {}

  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  // The postings go when their run is next merged; until then they are passed over.
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

 private:
  using Found = std::unordered_map<uint64_t, std::vector<Posting>>;

  absl::Status FindRecent(Found& found) const;
  absl::Status FindInRun(int64_t run, uint64_t hash, size_t per_hash,
                         std::vector<Posting>& found) const;
  absl::StatusOr<std::vector<int64_t>> Runs() const;
  absl::StatusOr<std::vector<DocumentNumber>> Removed() const;
  absl::Status Flush();
  absl::Status MergeFullLevels();
  absl::Status Merge(int64_t level);
  absl::Status WriteRun(int64_t level, const std::vector<HashPosting>& sorted);

  Statements& statements_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_SQLITE_PASSAGE_INDEX_H_
