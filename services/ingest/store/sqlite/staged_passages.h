// The passage index as a transaction sees it: changes take effect once the transaction is durable.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_

#include <utility>
#include <vector>

#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

// Not thread-safe; the index that it stands before is.
class StagedPassages final : public PassageIndex {
 public:
  // Before the first use. `index` outlives it.
  void Attach(PassageIndex& index) { index_ = &index; }

  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override {
    added_.emplace_back(document,
                        std::vector<Fingerprint>(fingerprints.begin(), fingerprints.end()));
    return absl::OkStatus();
  }
  absl::Status Remove(DocumentNumber document) override {
    removed_.push_back(document);
    return absl::OkStatus();
  }
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override {
    return index_->Find(fingerprints, per_hash);
  }

  // After the transaction, with what became of it.
  absl::Status Settle(bool committed) {
    const auto added = std::exchange(added_, {});
    const auto removed = std::exchange(removed_, {});
    absl::Status status;
    for (size_t i = 0; committed && i < added.size(); ++i) {
      status.Update(index_->Add(added[i].first, added[i].second));
    }
    for (size_t i = 0; committed && i < removed.size(); ++i) {
      status.Update(index_->Remove(removed[i]));
    }
    return status;
  }

 private:
  PassageIndex* index_ = nullptr;
  std::vector<std::pair<DocumentNumber, std::vector<Fingerprint>>> added_;
  std::vector<DocumentNumber> removed_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_
