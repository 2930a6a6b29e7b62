#include "services/ingest/store/sqlite/sqlite_passage_index.h"

#include <algorithm>

#include "services/ingest/passages/words.h"

namespace consilience::ingest {

using common::sqlite::Statement;

absl::Status SqlitePassageIndex::Add(DocumentNumber document,
                                     std::span<const Fingerprint> fingerprints) {
  // In the order of the table, so that neighbouring rows meet on the same page.
  std::vector<Fingerprint> sorted(fingerprints.begin(), fingerprints.end());
  std::sort(sorted.begin(), sorted.end(), [](const Fingerprint& a, const Fingerprint& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.word < b.word;
  });
  for (const Fingerprint& fingerprint : sorted) {
    const auto status =
        statements_.Run("INSERT OR IGNORE INTO posting(hash, document, word) VALUES (?, ?, ?)",
                        fingerprint.hash, document, fingerprint.word);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SqlitePassageIndex::Remove(DocumentNumber document) {
  const auto text = text_(document);
  if (!text.ok()) return text.status();
  for (const Fingerprint& fingerprint : Winnow(FindWords(*text))) {
    const auto status =
        statements_.Run("DELETE FROM posting WHERE hash = ? AND document = ? AND word = ?",
                        fingerprint.hash, document, fingerprint.word);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PostingHit>> SqlitePassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  std::vector<PostingHit> hits;
  for (uint32_t i = 0; i < fingerprints.size(); ++i) {
    const auto status = statements_.ForEach(
        "SELECT document, word FROM posting WHERE hash = ? ORDER BY document, word LIMIT ?",
        [&](const Statement& row) {
          hits.push_back(
              {i, {static_cast<DocumentNumber>(row.Int(0)), static_cast<uint32_t>(row.Int(1))}});
          return absl::OkStatus();
        },
        fingerprints[i].hash, per_hash);
    if (!status.ok()) return status;
  }
  return hits;
}

}  // namespace consilience::ingest
