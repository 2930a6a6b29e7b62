#include "services/ingest/passages/posting_memory.h"

#include <algorithm>

namespace consilience::ingest {

void PostingMemory::Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) {
  for (const Fingerprint& fingerprint : fingerprints) {
    const auto place = static_cast<uint32_t>(held_.size());
    held_.push_back({{fingerprint.hash, {document, fingerprint.word}}, kEnd});
    const auto [chain, is_new] = chains_.try_emplace(fingerprint.hash, Chain{place, place});
    if (is_new) continue;
    held_[chain->second.last].next = place;
    chain->second.last = place;
  }
}

void PostingMemory::Find(uint64_t hash, const std::vector<DocumentNumber>& removed, size_t most,
                         std::vector<Posting>& into) const {
  const auto chain = chains_.find(hash);
  if (chain == chains_.end()) return;
  for (uint32_t place = chain->second.first; place != kEnd && into.size() < most;
       place = held_[place].next) {
    const Posting& posting = held_[place].posting.posting;
    if (!std::binary_search(removed.begin(), removed.end(), posting.document)) {
      into.push_back(posting);
    }
  }
}

std::vector<HashedPosting> PostingMemory::Sorted(const std::vector<DocumentNumber>& removed) const {
  std::vector<HashedPosting> postings;
  postings.reserve(held_.size());
  for (const Held& held : held_) {
    if (!std::binary_search(removed.begin(), removed.end(), held.posting.posting.document)) {
      postings.push_back(held.posting);
    }
  }
  std::sort(postings.begin(), postings.end());
  return postings;
}

}  // namespace consilience::ingest
