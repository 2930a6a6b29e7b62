// Where questions, claims, sources and their history are kept. Every implementation passes one
// contract suite (tests/contract/corroboration_store_test.cc).
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_STORE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/store/observer.h"
#include "services/corroboration/store/records.h"

namespace consilience::corroboration {

enum class ClaimOrder {
  kScoreDescending,
  kScore,
  kEffectiveDescending,
  kUpdateTimeDescending,
  kFrom,
};

// Orders of questions beside that of their writes.
enum class QuestionOrder { kFrom, kDisplayName };

// A place in a listing: the sort value and the id of the last row seen. Empty id: the beginning.
struct Cursor {
  std::string value;
  std::string id;
};

// What claims can be listed by.
enum class ClaimFacet { kState, kPlace };
struct FacetValue {
  ClaimFacet facet = ClaimFacet::kState;
  std::string value;
};

// What was written since the questions that rest on it were last looked at.
struct PendingLessons {
  std::vector<SourceCounts> counts;    // added, by source and family
  std::vector<PairCounts> pairs;       // added, by pair and family
  std::vector<std::string> questions;  // ids of those written
};

// What there is of documents that are about to be recorded, and of what they may join.
struct Surroundings {
  std::vector<DocumentRow> documents;        // those of them that were recorded before
  std::vector<AssertionDecision> decisions;  // as DecisionsOf each
  std::vector<QuestionPtr> questions;        // that hold a key or a document; one time each, by id
};

// How far a store has come that others may write as well.
struct Shared {
  int64_t sources_version = 0;  // as SourcesVersion
  std::string last_revision;    // newest id; empty when nobody else can have written it
  int64_t last_write_us = 0;    // as LastWrite; 0 when nobody else can have written it
};

// Thread-safe. Reads see whole change sets only. Errors are those of the catalogue's storage part;
// what does not exist is an empty optional or a null pointer, not an error.
class Store {
 public:
  virtual ~Store() = default;

  // Who is told of each turn ("write") and wait for the disk ("sync"). Before the store is used.
  void Observe(common::StoreObserver observer) { observer_ = std::move(observer); }

  // Runs `work` while no other process that shares this store is in such work: what it reads stays
  // true until what it applies is kept. Work that lost to another process or its connection runs
  // again from its beginning. Within one process the caller sees to turns.
  virtual absl::Status Exclusively(const std::function<absl::Status(const Shared&)>& work) {
    return work({});
  }
  // Whether other processes may write as well.
  virtual bool shared() const { return false; }
  // Changes when sources are put, by whatever process.
  virtual absl::StatusOr<int64_t> SourcesVersion() { return 0; }
  // Whether this process may do the named work, which one at a time does, for that long. Whoever
  // has it keeps it by asking again.
  virtual absl::StatusOr<bool> HoldLease(std::string_view /*name*/, absl::Duration /*duration*/) {
    return true;
  }

  // Atomic, and to be read from then on. A revision whose id is taken is refused, and everything
  // with it.
  virtual absl::Status Apply(const ChangeSet& changes) = 0;
  // Returns once all that was applied before the call is durable, where the store is durable at
  // all. One wait serves all who call meanwhile. A store whose disk failed answers with that error
  // from then on: what it holds may not be what the disk holds.
  virtual absl::Status Sync() { return absl::OkStatus(); }

  // Questions that hold one of the keys, one time each, ordered by id.
  virtual absl::StatusOr<std::vector<QuestionPtr>> QuestionsByKeys(
      const std::vector<uint64_t>& keys) = 0;
  virtual absl::StatusOr<std::vector<QuestionPtr>> QuestionsOfDocument(
      std::string_view document) = 0;
  // Ids of the questions in which a source is an origin, ordered.
  virtual absl::StatusOr<std::vector<std::string>> QuestionsOfSource(std::string_view source) = 0;
  // By id, present or earlier. Null when there is none.
  virtual absl::StatusOr<QuestionPtr> FindQuestion(std::string_view id) = 0;
  // The same for some at once, in the order of `ids`.
  virtual absl::StatusOr<std::vector<QuestionPtr>> FindQuestions(
      const std::vector<std::string>& ids);
  // FindDocument, DecisionsOf and QuestionsOfDocument of each document and QuestionsByKeys, at
  // once.
  virtual absl::StatusOr<Surroundings> SurroundingsOf(const std::vector<std::string>& documents,
                                                      const std::vector<uint64_t>& keys);
  virtual absl::StatusOr<QuestionPtr> QuestionOfClaim(std::string_view claim) = 0;
  // The id that an earlier one leads to; the id itself when it is present or unknown.
  virtual absl::StatusOr<std::string> ResolveAlias(std::string_view id) = 0;
  virtual absl::StatusOr<std::vector<std::string>> AliasesOf(std::string_view id) = 0;

  // Claims after the cursor in the given order; `visit` returns false to stop.
  virtual absl::Status ScanClaims(ClaimOrder order, const Cursor& after,
                                  const std::function<bool(const ClaimRow&)>& visit) = 0;
  // Those of them that have the value. A state is found by index; so is a place in the order
  // kScoreDescending, and in every order where few claims are at it. Of others the order is walked
  // through.
  virtual absl::Status ScanClaimsWith(const FacetValue& with, ClaimOrder order, const Cursor& after,
                                      const std::function<bool(const ClaimRow&)>& visit) = 0;
  // Questions after an id, by id.
  virtual absl::Status ScanQuestions(std::string_view after,
                                     const std::function<bool(const QuestionRecord&)>& visit) = 0;

  // The places of up to `limit` questions after the cursor in the given order.
  virtual absl::StatusOr<std::vector<Cursor>> QuestionsInOrder(QuestionOrder order,
                                                               const Cursor& after,
                                                               size_t limit) = 0;

  virtual absl::StatusOr<std::optional<DocumentRow>> FindDocument(std::string_view id) = 0;

  // Ids of the documents whose words hold all of the terms, ordered; nothing when more than `most`
  // do.
  virtual absl::StatusOr<std::optional<std::vector<std::string>>> DocumentsWith(
      const std::vector<SearchTerm>& terms, size_t most) = 0;

  // Of the assertions of a document, recorded now or not, by assertion.
  virtual absl::StatusOr<std::vector<AssertionDecision>> DecisionsOf(std::string_view document) = 0;

  virtual absl::StatusOr<std::optional<Source>> FindSource(std::string_view id) = 0;
  // Sources after a (display name, id), in that order.
  virtual absl::StatusOr<std::vector<Source>> ListSources(const Cursor& after, size_t limit) = 0;
  virtual absl::StatusOr<std::vector<Source>> CuratedSources() = 0;
  virtual absl::StatusOr<SourceCounts> CountsOf(std::string_view source,
                                                std::string_view family) = 0;
  // What two sources share, by family; `first` < `second`.
  virtual absl::StatusOr<std::vector<PairCounts>> PairOf(std::string_view first,
                                                         std::string_view second) = 0;
  // All pairs with a source, by first, second and family.
  virtual absl::StatusOr<std::vector<PairCounts>> PairsWith(std::string_view source) = 0;
  // Sources whose counts changed since they were last settled, by id: scores that rest on them may
  // be due again.
  virtual absl::StatusOr<std::vector<std::string>> UnsettledSources(size_t limit) = 0;

  // What unsettled the sources. Only of a store that is shared; who has a store alone knows what it
  // wrote. Forgotten as sources are settled: counts with their source, pairs with both of theirs,
  // questions with any.
  virtual absl::StatusOr<PendingLessons> UnsettledLessons() { return PendingLessons(); }

  // Newest first, those older than revision `before` (empty: from the newest).
  virtual absl::StatusOr<std::vector<Revision>> ListRevisions(std::string_view claim,
                                                              std::string_view before,
                                                              size_t limit) = 0;
  // Of all claims, oldest first, those newer than revision `after`.
  virtual absl::StatusOr<std::vector<Revision>> RevisionsAfter(std::string_view after,
                                                               size_t limit) = 0;
  virtual absl::StatusOr<std::optional<Review>> LatestReview(std::string_view claim) = 0;

  // The past. Times are those that writes were stamped with, in microseconds since 1970; an instant
  // includes what was written at it.

  // Without keys and lessons; `id` is taken as it is. Null when there was none.
  virtual absl::StatusOr<QuestionPtr> QuestionAt(std::string_view id, int64_t time_us) = 0;
  // Writes of questions after one, in their order; it names a time alone, or a write of that time.
  virtual absl::StatusOr<std::vector<QuestionWrite>> WritesAfter(const QuestionWrite& after,
                                                                 size_t limit) = 0;
  // Those before one, newest first; `before` may name a time alone, and means all before it then.
  virtual absl::StatusOr<std::vector<QuestionWrite>> WritesBefore(const QuestionWrite& before,
                                                                  size_t limit) = 0;
  // The time of the last write of a question; 0 when there is none.
  virtual absl::StatusOr<int64_t> LastWrite() = 0;
  // The question that a claim is part of, or was when it was last there; empty when there never was
  // such a claim.
  virtual absl::StatusOr<std::string> HomeOfClaim(std::string_view claim) = 0;
  // Every alias that was ever given from or to an id, by time.
  virtual absl::StatusOr<std::vector<Alias>> AliasHistory(std::string_view id) = 0;
  virtual absl::StatusOr<std::vector<Source>> CuratedSourcesAt(int64_t time_us) = 0;
  virtual absl::StatusOr<std::optional<Review>> ReviewAt(std::string_view claim,
                                                         int64_t time_us) = 0;
  // Up to then nothing of the past is kept, because an earlier version of the program wrote it; 0
  // when all of it is.
  virtual absl::StatusOr<int64_t> HistoryBegins() { return 0; }

 protected:
  const common::StoreObserver& observer() const { return observer_; }

 private:
  common::StoreObserver observer_;
};

// The spelling of a claim's state, or PlaceKey of the name of its place.
std::string ValueOf(const ClaimRow& row, ClaimFacet facet);
// What stands for a place in an index: its name, unless that is too long or odd for one.
std::string PlaceKey(const std::string& name);
// Claims at a place that are gathered and sorted for an order which the index of places does not
// have; when there are more, the order is walked through.
inline constexpr size_t kMostSorted = 2000;

// The sort value of a claim in an order; bytewise comparison of these is that order.
std::string SortValue(const ClaimRow& row, ClaimOrder order);
// Likewise of a question. Of a long name it is the start: an index entry is bounded.
std::string SortValue(const QuestionRecord& question, QuestionOrder order);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_STORE_H_
