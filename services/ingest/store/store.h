// Where documents, their appearances, the work list and the passage index are kept.
//
// One interface, several implementations, one contract suite (tests/contract). What belongs
// together is done in one transaction: Write(f) gives f the records; when f fails nothing of it
// happened, when Write returns OK all of it survives a power cut.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_STORE_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/model/document.h"
#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

enum class Order { kNewestFirst, kOldestFirst, kDateAscending, kDateDescending };

// Where a page ended: the sort key and the number of its last document.
struct Cursor {
  std::string date;  // for orders by publication date
  DocumentNumber number = 0;
};

// The records within one transaction. Used by one thread, inside Read or Write only.
class Records {
 public:
  virtual ~Records() = default;

  // Documents. NOT_FOUND where there is none of that id.
  virtual absl::StatusOr<Document> Get(std::string_view id) = 0;
  virtual absl::StatusOr<std::optional<Document>> Find(std::string_view id) = 0;
  // The document of that canonical URL that no other supersedes.
  virtual absl::StatusOr<std::optional<std::string>> FindByUrl(std::string_view url) = 0;
  // The document of that external id that no other supersedes.
  virtual absl::StatusOr<std::optional<std::string>> FindByExternalId(
      std::string_view external_id) = 0;
  virtual absl::StatusOr<std::optional<std::string>> FindByNumber(DocumentNumber number) = 0;
  virtual absl::StatusOr<std::string> Text(std::string_view id) = 0;
  // Empty when none was kept.
  virtual absl::StatusOr<Reading> ReadingOf(std::string_view id) = 0;
  // At most `limit` documents behind `after` in that order.
  virtual absl::StatusOr<std::vector<Document>> List(Order order,
                                                     const std::optional<Cursor>& after,
                                                     size_t limit) = 0;
  virtual absl::StatusOr<std::vector<Appearance>> Appearances(std::string_view id) = 0;

  // Stores a new document and gives it its number.
  virtual absl::Status Insert(Document& document, std::string_view text) = 0;
  // Keeps what the format told of an inserted document's text.
  virtual absl::Status AddReading(const Document& document, const Reading& reading) = 0;
  // Writes metadata and state back, with revision and update_time as they stand in `document`.
  virtual absl::Status Update(const Document& document) = 0;
  // The text and what was read of it.
  virtual absl::Status EraseText(std::string_view id) = 0;
  // An appearance that is known already changes nothing.
  virtual absl::Status AddAppearance(std::string_view id, const Appearance& appearance) = 0;

  // Puts a document on the work list, first in line of those that arrived at `now`; one that is on
  // it begins anew.
  virtual absl::Status Enqueue(std::string_view id, absl::Time now) = 0;
  // Takes at most `limit` items that are due, oldest first. Each is taken until `now` + `lease`.
  virtual absl::StatusOr<std::vector<WorkItem>> Claim(absl::Time now, absl::Duration lease,
                                                      size_t limit) = 0;
  // Strikes an item off, unless it was put on the list again since it was claimed: then false.
  virtual absl::StatusOr<bool> Finish(const WorkItem& item) = 0;
  // Another try at `due`, or none when `due` is InfiniteFuture. False as with Finish.
  virtual absl::StatusOr<bool> Postpone(const WorkItem& item, absl::Time now, absl::Time due,
                                        std::string_view reason) = 0;
  virtual absl::StatusOr<PipelineCounts> Counts() = 0;
  // The latest failures first.
  virtual absl::StatusOr<std::vector<WorkFailure>> Failures(size_t limit) = 0;
  // When the next item is due; InfiniteFuture when there is none.
  virtual absl::StatusOr<absl::Time> NextDue() = 0;

  // What is added or removed here is found from the next transaction on. It may name documents of
  // a transaction that this one does not see.
  virtual PassageIndex& passages() = 0;
};

// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;
  // May run more than once, each time from its beginning: a store that others share undoes and
  // repeats what lost against them. Only the last run counts.
  using Work = std::function<absl::Status(Records&)>;
  virtual absl::Status Write(const Work& work) = 0;
  // Sees what was written before it began. Must not change anything.
  virtual absl::Status Read(const Work& work) = 0;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_STORE_H_
