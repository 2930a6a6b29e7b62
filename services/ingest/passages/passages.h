// The reused passages of one document: found through the index, aligned word for word, with their
// direction and whether they are house copy.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGES_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGES_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/passages/alignment.h"
#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

// A document as reuse sees it. `date` is an ISO day; empty where unknown, as `outlet` is.
struct IndexedDocument {
  DocumentNumber number = 0;
  std::string text;
  std::string outlet;
  std::string date;
};

enum class Direction {
  kUnknown,    // the same day, or a date is not known
  kFromOther,  // the other document was published first
  kToOther,    // this document was published first
};

struct Passage {
  DocumentNumber other = 0;
  common::Span span;        // in this document's text
  common::Span other_span;  // in the other's
  uint32_t words = 0;       // in common
  double similarity = 0;    // share of the words that are the same, in (0, 1]
  Direction direction = Direction::kUnknown;
  bool boilerplate = false;  // house copy

  friend bool operator==(const Passage&, const Passage&) = default;
};

struct PassageOptions {
  AlignmentOptions alignment;
  // Postings that are looked at for one fingerprint.
  size_t postings_per_hash = 64;
  // Documents that one is compared with, those that share the rarest words first.
  size_t max_documents = 48;
  // Words after a passage that still leave it at the tail: "Show Comments", a tag line.
  uint32_t tail_slack = 15;
  // A tail is at most this share of its document; more is a copy of the whole.
  double max_tail_share = 0.5;
  // Other documents of the house in which the same words make them house copy.
  size_t house_documents = 2;
};

// Looks a document of the index up. NOT_FOUND leaves it out; other errors end the search.
using DocumentLookup = std::function<absl::StatusOr<IndexedDocument>(DocumentNumber)>;

// The documents that share fingerprints, those that share most of the rarer ones first.
absl::StatusOr<std::vector<DocumentNumber>> FindCandidates(
    DocumentNumber self, std::span<const Fingerprint> fingerprints, const PassageIndex& index,
    const PassageOptions& options);

// Every passage of `document` that stands in a document of the index, in order of span, then of
// the other document.
absl::StatusOr<std::vector<Passage>> FindPassages(const IndexedDocument& document,
                                                  const PassageIndex& index,
                                                  const DocumentLookup& lookup,
                                                  const PassageOptions& options = {});

// The passages of `document` that stand in `others`.
//
// House copy is what one house prints again and again: the same words (a) in house_documents or
// more other documents of the document's own outlet, or (b) closing one document and near the
// end of the other, these being of different days and of outlets not known to be different.
std::vector<Passage> ComparePassages(const IndexedDocument& document,
                                     const std::vector<IndexedDocument>& others,
                                     const PassageOptions& options = {});

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGES_H_
