// The passage index as a transaction sees it: changes take effect once the transaction is durable.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_

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

  // Once the transaction is durable.
  absl::Status Settle() {
    absl::Status status;
    for (const auto& [document, fingerprints] : added_) {
      status.Update(index_->Add(document, fingerprints));
    }
    for (const DocumentNumber document : removed_) status.Update(index_->Remove(document));
    return status;
  }
  // After every transaction, whatever became of it.
  void Forget() {
    added_.clear();
    removed_.clear();
  }

 private:
  PassageIndex* index_ = nullptr;
  std::vector<std::pair<DocumentNumber, std::vector<Fingerprint>>> added_;
  std::vector<DocumentNumber> removed_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_SQLITE_STAGED_PASSAGES_H_
