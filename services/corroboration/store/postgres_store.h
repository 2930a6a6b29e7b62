// The store that replicas share: PostgreSQL, or an engine that speaks its protocol.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_STORE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_STORE_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/store/postgres/pool.h"
#include "services/common/sync/mutex.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

class LearnedInTurn;

// Thread-safe. Readers run beside each other and beside the writer; writers of all replicas take
// turns by the row lock of `turn`, which a replica that dies gives back with its connection.
class PostgresStore : public Store {
 public:
  // Makes the tables or brings them up to date.
  static absl::StatusOr<std::unique_ptr<PostgresStore>> Open(
      const common::postgres::Target& target, common::postgres::PoolOptions options = {});

  ~PostgresStore() override;

  absl::Status Exclusively(const std::function<absl::Status(const Shared&)>& work) override;
  bool shared() const override { return true; }
  absl::StatusOr<int64_t> SourcesVersion() override;
  absl::StatusOr<bool> HoldLease(std::string_view name, absl::Duration duration) override;
  absl::Status Apply(const ChangeSet& changes) override;
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsByKeys(
      const std::vector<uint64_t>& keys) override;
  absl::StatusOr<std::vector<QuestionPtr>> QuestionsOfDocument(std::string_view document) override;
  absl::StatusOr<std::vector<std::string>> QuestionsOfSource(std::string_view source) override;
  absl::StatusOr<QuestionPtr> FindQuestion(std::string_view id) override;
  absl::StatusOr<std::vector<QuestionPtr>> FindQuestions(
      const std::vector<std::string>& ids) override;
  absl::StatusOr<Surroundings> SurroundingsOf(const std::vector<std::string>& documents,
                                              const std::vector<uint64_t>& keys) override;
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
  absl::StatusOr<PendingLessons> UnsettledLessons() override;
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
  PostgresStore(const common::postgres::Target& target, common::postgres::PoolOptions options);

  // One statement: over the connection of the turn that this thread holds, else over any.
  template <typename... Values>
  absl::StatusOr<common::postgres::Rows> Query(std::string_view sql, const Values&... values);
  absl::StatusOr<common::postgres::Rows> Ask(
      const std::function<absl::StatusOr<common::postgres::Rows>(common::postgres::Connection&)>&
          query);
  // The rows of each of a few statements.
  absl::StatusOr<std::vector<common::postgres::Rows>> AskEach(const common::postgres::Batch& batch);
  // The first column of each row, as it is or decoded (StoreCorrupt where that fails).
  template <typename... Values>
  absl::StatusOr<std::vector<std::string>> Column(std::string_view sql, const Values&... values);
  template <typename Record, typename... Values>
  absl::StatusOr<std::vector<Record>> Records(std::optional<Record> (*decode)(std::string_view),
                                              std::string_view sql, const Values&... values);
  template <typename Record>
  absl::StatusOr<std::vector<Record>> Decoded(std::optional<Record> (*decode)(std::string_view),
                                              const common::postgres::Rows& rows);
  // What was read of questions, in the order of `records`.
  absl::StatusOr<std::vector<QuestionPtr>> Met(std::vector<QuestionRecord> records);
  template <typename... Values>
  absl::StatusOr<std::vector<QuestionPtr>> Questions(std::string_view sql, const Values&... values);
  template <typename... Values>
  absl::StatusOr<std::vector<PairCounts>> Pairs(std::string_view sql, const Values&... values);
  template <typename... Values>
  absl::StatusOr<QuestionPtr> OneQuestion(std::string_view sql, const Values&... values);

  template <typename Fetch>
  absl::Status VisitClaimRows(Cursor at, const Fetch& fetch,
                              const std::function<bool(const ClaimRow&)>& visit);
  // Of claims that an earlier version wrote.
  absl::Status FillInFacets();
  // Of documents that an earlier version wrote.
  absl::Status FillInTexts();
  // Of questions that an earlier version wrote.
  absl::Status FillInOrders();

  // `read` has questions as they stand in this turn.
  absl::Status ApplyOn(common::postgres::Connection& connection, const ChangeSet& changes,
                       const std::map<std::string, QuestionPtr>& read);

  common::Mutex turn_mutex_;
  const std::unique_ptr<LearnedInTurn> learned_;  // of whoever holds the turn
  common::postgres::Pool pool_;
  const std::string holder_;  // of leases: this store object, and no other of any replica
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_STORE_H_
