// The store of tests and of throw-away runs: everything in maps, nothing durable. What is seldom
// read, the past before all, is kept as the bytes that durable stores keep, which are a fifth of
// it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_MEMORY_STORE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_MEMORY_STORE_H_

#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "services/common/sync/mutex.h"
#include "services/corroboration/store/claim_lists.h"
#include "services/corroboration/store/kept_bytes.h"
#include "services/corroboration/store/store.h"
#include "services/corroboration/store/string_map.h"

namespace consilience::corroboration {

class MemoryStore : public Store {
 public:
  absl::Status Apply(const ChangeSet& changes) override;
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

 private:
  // As QuestionWrite.
  struct Write {
    int64_t time_us;
    std::string_view version;
    std::string_view question;
  };

  static bool Earlier(const Write& a, const Write& b);
  static QuestionWrite Copied(const Write& write);
  void ApplyQuestions(const ChangeSet& changes) REQUIRES(mutex_);
  // `before` and `after` are the same question; null where there is none.
  void Sort(const QuestionRecord* before, const QuestionRecord* after) REQUIRES(mutex_);
  void AddPair(const PairCounts& pair) REQUIRES(mutex_);
  void AddHistory(const ChangeSet& changes) REQUIRES(mutex_);
  void AppendPair(std::string_view first, std::string_view second,
                  std::vector<PairCounts>& pairs) const REQUIRES(mutex_);
  std::vector<QuestionPtr> Load(const std::set<std::string>& ids) const REQUIRES(mutex_);
  std::string Resolve(std::string_view id) const REQUIRES(mutex_);

  common::Mutex mutex_;
  StringMap<QuestionPtr> questions_ GUARDED_BY(mutex_);
  absl::btree_set<std::string_view> question_ids_ GUARDED_BY(mutex_);  // of questions_, in order
  // By order: sort value and id.
  std::array<absl::btree_set<std::pair<std::string, std::string>>, 2> sorted_ GUARDED_BY(mutex_);
  std::unordered_map<uint64_t, std::set<std::string>> by_key_ GUARDED_BY(mutex_);
  StringMap<std::set<std::string>> by_document_ GUARDED_BY(mutex_);
  StringMap<std::unordered_set<std::string>> by_source_ GUARDED_BY(mutex_);  // sorted when read
  StringMap<std::string> question_of_claim_ GUARDED_BY(mutex_);
  ClaimLists claims_ GUARDED_BY(mutex_);  // of what is in questions_
  StringMap<std::string> aliases_ GUARDED_BY(mutex_);
  StringMap<std::set<std::string>> older_ids_ GUARDED_BY(mutex_);
  StringMap<std::string> documents_ GUARDED_BY(mutex_);                       // records
  std::map<std::string, std::string, std::less<>> texts_ GUARDED_BY(mutex_);  // by document; words
  // By document, then assertion.
  StringMap<std::map<std::string, AssertionDecision>> decisions_ GUARDED_BY(mutex_);
  std::map<std::string, Source, std::less<>> sources_ GUARDED_BY(mutex_);
  StringMap<StringMap<SourceCounts>> counts_ GUARDED_BY(mutex_);  // by source, family
  // By first and second, in the order of families; and who is paired with whom.
  StringMap<StringMap<std::vector<PairCounts>>> pairs_ GUARDED_BY(mutex_);
  StringMap<std::set<std::string>> partners_ GUARDED_BY(mutex_);
  std::set<std::string> unsettled_ GUARDED_BY(mutex_);
  KeptBytes kept_ GUARDED_BY(mutex_);
  absl::btree_map<std::string_view, std::string_view> revisions_ GUARDED_BY(mutex_);  // records
  StringMap<std::vector<std::string_view>> revisions_of_ GUARDED_BY(mutex_);          // ids, sorted
  StringMap<std::vector<Review>> reviews_ GUARDED_BY(mutex_);
  // The past: records of the versions of a question, writes of all questions, and the aliases given
  // from or to an id, each by time; corrections of a source in the order in which they were made.
  StringMap<std::vector<std::string_view>> versions_ GUARDED_BY(mutex_);
  std::deque<Write> writes_ GUARDED_BY(mutex_);
  StringMap<std::string> homes_ GUARDED_BY(mutex_);  // claim → question
  StringMap<std::vector<Alias>> alias_history_ GUARDED_BY(mutex_);
  std::map<std::string, std::vector<Source>> corrections_ GUARDED_BY(mutex_);
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_MEMORY_STORE_H_
