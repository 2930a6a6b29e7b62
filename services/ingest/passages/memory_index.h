// The passage index of tests and of one-off comparisons.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_MEMORY_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_MEMORY_INDEX_H_

#include <unordered_map>
#include <unordered_set>

#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

// Not thread-safe.
class MemoryPassageIndex final : public PassageIndex {
 public:
  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

 private:
  std::unordered_map<uint64_t, std::vector<Posting>> postings_;  // each in ascending order
  std::unordered_set<DocumentNumber> documents_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_MEMORY_INDEX_H_
