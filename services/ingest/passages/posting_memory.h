// Postings that are not on disk yet.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_MEMORY_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_MEMORY_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/ingest/passages/passage_index.h"
#include "services/ingest/passages/posting_run.h"

namespace consilience::ingest {

// About 50 bytes a posting. Fewer than 2^32 of them. Not thread-safe while it changes.
class PostingMemory {
 public:
  // Documents come in ascending order.
  void Add(DocumentNumber document, std::span<const Fingerprint> fingerprints);

  // Adds the postings of `hash` to `into`, in ascending order, until it holds `most`; those of the
  // `removed` documents (ascending) are left out.
  void Find(uint64_t hash, const std::vector<DocumentNumber>& removed, size_t most,
            std::vector<Posting>& into) const;

  // Ascending, without the removed documents.
  std::vector<HashedPosting> Sorted(const std::vector<DocumentNumber>& removed) const;

  size_t size() const { return held_.size(); }
  // The first document; there is one unless it is empty.
  DocumentNumber first() const { return held_.front().posting.posting.document; }

 private:
  static constexpr uint32_t kEnd = UINT32_MAX;

  // The postings of one hash, as a list in the order of adding.
  struct Chain {
    uint32_t first = 0;
    uint32_t last = 0;
  };
  struct Held {
    HashedPosting posting;
    uint32_t next = kEnd;
  };

  std::vector<Held> held_;
  absl::flat_hash_map<uint64_t, Chain> chains_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_MEMORY_H_
