// What can happen to a document: the rules of identity, revision and withdrawal over any store.
//
// Each change puts the document on the work list in the same transaction, so that nothing that was
// answered for can be forgotten.
#ifndef CONSILIENCE_SERVICES_INGEST_LEDGER_LEDGER_H_
#define CONSILIENCE_SERVICES_INGEST_LEDGER_LEDGER_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/time/clock.h"
#include "services/ingest/model/document_id.h"
#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/readers/document.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

enum class Outcome {
  kAccepted,
  kDuplicate,
  kRevision,
  kValidated,
  kRetracted,
  kNotHeld,   // a retraction of something unknown
  kOutdated,  // an earlier version of an item of which a later one is known
};

// A text that wants to be taken in, or an item that was withdrawn.
struct Arrival {
  ReadDocument document;
  bool validate_only = false;
  // Id of the document that it corrects, and why; else a revision is recognised by the publisher's
  // name for the item, then by its URL.
  std::string supersedes;
  std::string reason;
  std::optional<ReadRetraction> retraction;  // then there is no document

  // What Prepare works out from the text.
  std::string digest;
  std::vector<Fingerprint> fingerprints;
};

// Does the part of the work that needs no store, so that it can be done on the thread of whoever
// sends the text. Accept does it for those that nobody has prepared.
void Prepare(Arrival& arrival);

struct Receipt {
  Document document;  // empty for kNotHeld
  Outcome outcome = Outcome::kAccepted;
};

// A field of the metadata and its new value; empty makes it unknown.
struct Change {
  MetadataValue Metadata::*field;
  std::string value;
};

// Thread-safe. `store` and `clock` must outlive it.
class Ledger {
 public:
  Ledger(Store& store, const common::Clock& clock) : store_(store), clock_(clock) {}

  // Takes all of them in one transaction; an arrival that is refused fails alone. The outer status
  // is that of the transaction. Answers are in the order of the arrivals.
  absl::StatusOr<std::vector<absl::StatusOr<Receipt>>> Accept(std::vector<Arrival> arrivals);

  // An empty `etag` matches every revision.
  absl::StatusOr<Document> Update(std::string_view id, std::string_view etag,
                                  const std::vector<Change>& changes);
  absl::StatusOr<Document> Retract(std::string_view id, std::string_view etag,
                                   std::string_view reason);
  absl::StatusOr<Document> Erase(std::string_view id, std::string_view etag,
                                 std::string_view reason);
  // Puts every document that still counts and that `wanted` takes on the work list again.
  absl::StatusOr<int64_t> Reprocess(const std::function<bool(const Document&)>& wanted);

 private:
  absl::StatusOr<Receipt> AcceptOne(Records& records, const Arrival& arrival, absl::Time now);
  absl::StatusOr<Receipt> AcceptRetraction(Records& records, const Arrival& arrival,
                                           absl::Time now);
  absl::StatusOr<std::optional<Document>> FindByIdentity(Records& records,
                                                         const std::string& external_id,
                                                         const std::string& canonical_url);
  absl::StatusOr<std::optional<Document>> Predecessor(Records& records, const Arrival& arrival,
                                                      const Document& document);
  absl::StatusOr<Document> Modify(std::string_view id, std::string_view etag,
                                  const std::function<absl::Status(Records&, Document&)>& change);

  Store& store_;
  const common::Clock& clock_;
};

std::string EtagOf(const Document& document);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_LEDGER_LEDGER_H_
