// The embedded store: one SQLite file and its write-ahead log.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_STORE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_STORE_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "services/common/store/sqlite/database.h"
#include "services/common/store/sqlite/hold.h"
#include "services/common/sync/mutex.h"
#include "services/corroboration/store/differences.h"
#include "services/corroboration/store/learned_cache.h"
#include "services/corroboration/store/log_sync.h"
#include "services/corroboration/store/question_cache.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// One connection, guarded: a write and a read take turns. One process writes the file. What a turn
// applies is one transaction; others read it before it is kept, as they read what is kept before it
// is durable.
class SqliteStore : public Store {
 public:
  // Creates the file or brings its schema up to date; refuses one that another process uses.
  // ":memory:" is a store without a file.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& path);

  absl::Status Exclusively(const std::function<absl::Status(const Shared&)>& work) override;
  absl::Status Apply(const ChangeSet& changes) override;
  absl::Status Sync() override;
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsByKeys(
      const std::vector<uint64_t>& keys) override;
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsOfDocument(std::string_view document) override;
  absl::StatusOr<std::vector<std::string>> QuestionsOfSource(std::string_view source) override;
  absl::StatusOr<QuestionPtr> FindQuestion(std::string_view id) override;
  absl::StatusOr<QuestionPtr> QuestionOfClaim(std::string_view claim) override;
  absl::StatusOr<std::string> ResolveAlias(std::string_view id) override;
  absl::StatusOr<std::vector<std::string>> AliasesOf(std::string_view id) override;
  absl::Status ScanClaims(ClaimOrder order, const Cursor& after,
                          const std::function<bool(const ClaimRow&)>& visit) override;
  absl::Status ScanClaimsWith(const FacetValue& with, ClaimOrder order, const Cursor& after,
                              const std::function<bool(const ClaimRow&)>& visit) override;
  absl::Status ScanQuestions(std::string_view after,
                             const std::function<bool(const QuestionRecord&)>& visit) override;
  absl::StatusOr<std::vector<Cursor>> QuestionsInOrder(QuestionOrder order, const Cursor& after,
                                                       size_t limit) override;
  absl::StatusOr<std::optional<DocumentRow>> FindDocument(std::string_view id) override;
  absl::StatusOr<std::optional<std::vector<std::string>>> DocumentsWith(
      const std::vector<SearchTerm>& terms, size_t most) override;
  absl::StatusOr<std::vector<AssertionDecision>> DecisionsOf(std::string_view document) override;
  absl::StatusOr<std::optional<Source>> FindSource(std::string_view id) override;
  absl::StatusOr<std::vector<Source>> ListSources(const Cursor& after, size_t limit) override;
  absl::StatusOr<std::vector<Source>> CuratedSources() override;
  absl::StatusOr<SourceCounts> CountsOf(std::string_view source, std::string_view family) override;
  absl::StatusOr<std::vector<PairCounts>> PairOf(std::string_view first,
                                                 std::string_view second) override;
  absl::StatusOr<std::vector<PairCounts>> PairsWith(std::string_view source) override;
  absl::StatusOr<std::vector<std::string>> UnsettledSources(size_t limit) override;
  absl::StatusOr<std::vector<Revision>> ListRevisions(std::string_view claim,
                                                      std::string_view before,
                                                      size_t limit) override;
  absl::StatusOr<std::vector<Revision>> RevisionsAfter(std::string_view after,
                                                       size_t limit) override;
  absl::StatusOr<std::optional<Review>> LatestReview(std::string_view claim) override;
  absl::StatusOr<QuestionPtr> QuestionAt(std::string_view id, int64_t time_us) override;
  absl::StatusOr<std::vector<QuestionWrite>> WritesAfter(const QuestionWrite& after,
                                                         size_t limit) override;
  absl::StatusOr<std::vector<QuestionWrite>> WritesBefore(const QuestionWrite& before,
                                                          size_t limit) override;
  absl::StatusOr<int64_t> LastWrite() override;
  absl::StatusOr<std::string> HomeOfClaim(std::string_view claim) override;
  absl::StatusOr<std::vector<Alias>> AliasHistory(std::string_view id) override;
  absl::StatusOr<std::vector<Source>> CuratedSourcesAt(int64_t time_us) override;
  absl::StatusOr<std::optional<Review>> ReviewAt(std::string_view claim, int64_t time_us) override;
  absl::StatusOr<int64_t> HistoryBegins() override;

 private:
  // Some 30 MB.
  static constexpr size_t kCachedAssertions = 20'000;

  SqliteStore(common::sqlite::Hold hold, common::sqlite::Database database,
              std::unique_ptr<LogSync> log)
      : hold_(std::move(hold)), log_(std::move(log)), database_(std::move(database)) {}

  // Prepared once, kept for the life of the store.
  absl::StatusOr<common::sqlite::Statement*> Prepared(std::string_view sql) REQUIRES(mutex_);
  template <typename... Values>
  absl::Status Run(std::string_view sql, const Values&... values) REQUIRES(mutex_);
  // The first column of each row.
  template <typename... Values>
  absl::StatusOr<std::vector<std::string>> Column(std::string_view sql, const Values&... values)
      REQUIRES(mutex_);
  // The first column of the first row; 0 when there is none.
  absl::StatusOr<int64_t> Number(std::string_view sql) REQUIRES(mutex_);
  // The first column of each row, decoded; StoreCorrupt where that fails.
  template <typename Record, typename... Values>
  absl::StatusOr<std::vector<Record>> Records(std::optional<Record> (*decode)(std::string_view),
                                              std::string_view sql, const Values&... values)
      REQUIRES(mutex_);

  template <typename... Values>
  absl::Status VisitClaimRows(std::string_view sql,
                              const std::function<bool(const ClaimRow&)>& visit,
                              const Values&... values) REQUIRES(mutex_);
  // Of claims that an earlier version wrote.
  absl::Status FillInFacets() EXCLUDES(mutex_);
  // Of questions that an earlier version wrote.
  absl::Status FillInOrders() EXCLUDES(mutex_);
  // Of documents that an earlier version wrote.
  absl::Status FillInTexts() EXCLUDES(mutex_);
  absl::Status PutText(const DocumentText& text) REQUIRES(mutex_);
  // Takes the texts that wait into the index, once they are enough.
  absl::Status IndexTexts() REQUIRES(mutex_);
  absl::Status Begin() EXCLUDES(mutex_);
  // Keeps what was applied since Begin, or undoes it when `status` is not OK. What became of it.
  absl::Status End(absl::Status status) EXCLUDES(mutex_);
  absl::Status ApplyLocked(const ChangeSet& changes) REQUIRES(mutex_);
  absl::Status ApplyQuestions(const Differences& differences) REQUIRES(mutex_);
  absl::Status ApplyLinks(const Differences& differences) REQUIRES(mutex_);
  absl::Status ApplyClaims(const Differences& differences) REQUIRES(mutex_);
  absl::Status InsertQuestion(const QuestionRecord& question) REQUIRES(mutex_);
  // Of one whose place in every order stays.
  absl::Status UpdateQuestion(const QuestionRecord& question) REQUIRES(mutex_);
  absl::Status InsertClaim(const ClaimRow& claim) REQUIRES(mutex_);
  absl::Status UpdateClaim(const ClaimRow& before, const ClaimRow& after) REQUIRES(mutex_);
  absl::Status ApplySources(const ChangeSet& changes) REQUIRES(mutex_);
  absl::Status ApplyHistory(const ChangeSet& changes) REQUIRES(mutex_);
  absl::Status InsertVersion(const QuestionVersion& version) REQUIRES(mutex_);
  absl::StatusOr<std::vector<PairCounts>> Pairs(std::string_view sql, std::string_view first,
                                                std::string_view second) REQUIRES(mutex_);
  absl::StatusOr<QuestionPtr> Load(const std::string& id) REQUIRES(mutex_);
  absl::StatusOr<std::vector<QuestionPtr>> LoadAll(const std::vector<std::string>& ids)
      REQUIRES(mutex_);
  absl::StatusOr<std::string> Resolve(std::string_view id) REQUIRES(mutex_);

  const common::sqlite::Hold hold_;
  const std::unique_ptr<LogSync> log_;  // null for a store without a file
  common::Mutex turn_mutex_;            // held for a transaction, and taken before mutex_
  std::atomic<std::thread::id> turn_of_;
  common::Mutex mutex_;
  common::sqlite::Database database_ GUARDED_BY(mutex_);
  // As they stand; only this process writes them.
  QuestionCache questions_ GUARDED_BY(mutex_){kCachedAssertions};
  LearnedCache learned_ GUARDED_BY(mutex_);
  absl::Status failed_ GUARDED_BY(mutex_);  // of the turn: nothing of it is kept
  std::map<std::string, common::sqlite::Statement, std::less<>> statements_ GUARDED_BY(mutex_);
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_SQLITE_STORE_H_
