// Which documents have a fingerprint, and where.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGE_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/ingest/passages/fingerprints.h"

namespace consilience::ingest {

// A document's number in the index, given out by the store in ascending order from 1. It is not
// shown to anybody; small numbers make small indexes.
using DocumentNumber = uint32_t;

struct Posting {
  DocumentNumber document = 0;
  uint32_t word = 0;

  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// What a fingerprint of the document asked about was found at.
struct PostingHit {
  uint32_t fingerprint = 0;  // index into the fingerprints asked about
  Posting posting;

  friend bool operator==(const PostingHit&, const PostingHit&) = default;
};

// Implemented by each store. Says for itself whether it is thread-safe.
class PassageIndex {
 public:
  virtual ~PassageIndex() = default;

  // Adding a document that is there already changes nothing.
  virtual absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) = 0;
  virtual absl::Status Remove(DocumentNumber document) = 0;

  // The postings of each fingerprint in ascending order, at most `per_hash` of each: house copy
  // stands in thousands of documents, and the earliest of them tell enough. Hits are in order of
  // fingerprint, then posting. The document asked about is not left out.
  virtual absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                                       size_t per_hash) const = 0;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_PASSAGE_INDEX_H_
