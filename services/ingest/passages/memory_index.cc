#include "services/ingest/passages/memory_index.h"

#include <algorithm>

namespace consilience::ingest {

absl::Status MemoryPassageIndex::Add(DocumentNumber document,
                                     std::span<const Fingerprint> fingerprints) {
  if (!documents_.insert(document).second) return absl::OkStatus();
  for (const Fingerprint& fingerprint : fingerprints) {
    std::vector<Posting>& postings = postings_[fingerprint.hash];
    const Posting posting{document, fingerprint.word};
    postings.insert(std::upper_bound(postings.begin(), postings.end(), posting), posting);
  }
  return absl::OkStatus();
}

absl::Status MemoryPassageIndex::Remove(DocumentNumber document) {
  if (documents_.erase(document) == 0) return absl::OkStatus();
  for (auto& [hash, postings] : postings_) {
    std::erase_if(postings, [&](const Posting& posting) { return posting.document == document; });
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PostingHit>> MemoryPassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  std::vector<PostingHit> hits;
  for (size_t i = 0; i < fingerprints.size(); ++i) {
    const auto found = postings_.find(fingerprints[i].hash);
    if (found == postings_.end()) continue;
    const size_t count = std::min(per_hash, found->second.size());
    for (size_t j = 0; j < count; ++j) {
      hits.push_back({static_cast<uint32_t>(i), found->second[j]});
    }
  }
  return hits;
}

}  // namespace consilience::ingest
