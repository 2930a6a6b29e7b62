#include "services/ingest/store/sqlite/sqlite_passage_index.h"

#include <algorithm>
#include <string>

namespace consilience::ingest {

using common::sqlite::Statement;

namespace {

// How often the recent documents are counted.
constexpr DocumentNumber kCountEvery = 64;

void ReadAll(std::string_view block, std::vector<HashPosting>& entries) {
  for (size_t i = 0; i < EntriesOf(block); ++i) entries.push_back(ReadEntry(block, i));
}

}  // namespace

absl::Status SqlitePassageIndex::Add(DocumentNumber document,
                                     std::span<const Fingerprint> fingerprints) {
  std::vector<HashPosting> entries;
  entries.reserve(fingerprints.size());
  for (const Fingerprint& fingerprint : fingerprints) {
    if (fingerprint.word <= kMostWords) {
      entries.push_back({fingerprint.hash, {document, fingerprint.word}});
    }
  }
  std::sort(entries.begin(), entries.end());
  std::string block;
  block.reserve(entries.size() * kEntryBytes);
  for (const HashPosting& entry : entries) AppendEntry(entry, block);
  auto status = statements_.Run(
      "INSERT OR REPLACE INTO posting_recent(document, postings) VALUES (?, ?)", document, block);
  if (!status.ok() || document % kCountEvery != 0) return status;
  int64_t recent = 0;
  status = statements_.ForEach("SELECT count(*) FROM posting_recent", [&](const Statement& row) {
    recent = row.Int(0);
    return absl::OkStatus();
  });
  if (!status.ok() || recent < kRecentDocuments) return status;
  status = Flush();
  return status.ok() ? MergeFullLevels() : status;
}

absl::Status SqlitePassageIndex::Remove(DocumentNumber document) {
  auto status = statements_.Run("DELETE FROM posting_recent WHERE document = ?", document);
  if (!status.ok() || statements_.changes() > 0) return status;
  return statements_.Run("INSERT OR IGNORE INTO posting_removed(document) VALUES (?)", document);
}

absl::StatusOr<std::vector<PostingHit>> SqlitePassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  Found found;
  for (const Fingerprint& fingerprint : fingerprints) found[fingerprint.hash];
  const auto runs = Runs();
  if (!runs.ok()) return runs.status();
  const auto removed = Removed();
  if (!removed.ok()) return removed.status();
  for (auto& [hash, postings] : found) {
    for (const int64_t run : *runs) {
      // Those that were removed are passed over below, so they must not use up the room.
      const auto status = FindInRun(run, hash, per_hash + removed->size(), postings);
      if (!status.ok()) return status;
    }
  }
  if (auto status = FindRecent(found); !status.ok()) return status;
  for (auto& [hash, postings] : found) {
    std::sort(postings.begin(), postings.end());
    postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
    std::erase_if(postings, [&](const Posting& posting) {
      return std::binary_search(removed->begin(), removed->end(), posting.document);
    });
    if (postings.size() > per_hash) postings.resize(per_hash);
  }
  std::vector<PostingHit> hits;
  for (uint32_t i = 0; i < fingerprints.size(); ++i) {
    for (const Posting& posting : found[fingerprints[i].hash]) hits.push_back({i, posting});
  }
  return hits;
}

absl::Status SqlitePassageIndex::FindRecent(Found& found) const {
  return statements_.ForEach("SELECT postings FROM posting_recent", [&](const Statement& row) {
    const std::string_view block = row.Text(0);
    for (size_t i = 0; i < EntriesOf(block); ++i) {
      const HashPosting entry = ReadEntry(block, i);
      const auto wanted = found.find(entry.hash);
      if (wanted != found.end()) wanted->second.push_back(entry.posting);
    }
    return absl::OkStatus();
  });
}

absl::Status SqlitePassageIndex::FindInRun(int64_t run, uint64_t hash, size_t per_hash,
                                           std::vector<Posting>& found) const {
  // The hash may begin in the block before the first that opens with it.
  int64_t block = 0;
  auto status = statements_.ForEach(
      "SELECT coalesce((SELECT id FROM posting_block WHERE run = ?1 AND first_hash < ?2"
      " ORDER BY first_hash DESC, id DESC LIMIT 1), (SELECT id FROM posting_block WHERE run = ?1"
      " ORDER BY first_hash, id LIMIT 1), 0)",
      [&](const Statement& row) {
        block = row.Int(0);
        return absl::OkStatus();
      },
      run, hash);
  // The blocks of a run have successive ids.
  size_t taken = 0;
  for (bool more = block != 0; status.ok() && more; ++block) {
    more = false;
    status = statements_.ForEach(
        "SELECT postings FROM posting_block WHERE id = ? AND run = ? AND first_hash <= ?",
        [&](const Statement& row) {
          const std::string_view postings = row.Text(0);
          for (size_t i = LowerBound(postings, hash); i < EntriesOf(postings); ++i) {
            const HashPosting entry = ReadEntry(postings, i);
            if (entry.hash != hash || taken == per_hash) return absl::OkStatus();
            found.push_back(entry.posting);
            ++taken;
          }
          more = true;
          return absl::OkStatus();
        },
        block, run, hash);
  }
  return status;
}

absl::StatusOr<std::vector<int64_t>> SqlitePassageIndex::Runs() const {
  std::vector<int64_t> runs;
  const auto status =
      statements_.ForEach("SELECT run FROM posting_run ORDER BY run", [&](const Statement& row) {
        runs.push_back(row.Int(0));
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return runs;
}

absl::StatusOr<std::vector<DocumentNumber>> SqlitePassageIndex::Removed() const {
  std::vector<DocumentNumber> removed;
  const auto status = statements_.ForEach(
      "SELECT document FROM posting_removed ORDER BY document", [&](const Statement& row) {
        removed.push_back(static_cast<DocumentNumber>(row.Int(0)));
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  return removed;
}

absl::Status SqlitePassageIndex::Flush() {
  std::vector<HashPosting> entries;
  auto status =
      statements_.ForEach("SELECT postings FROM posting_recent", [&](const Statement& row) {
        ReadAll(row.Text(0), entries);
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  std::sort(entries.begin(), entries.end());
  status = WriteRun(0, entries);
  return status.ok() ? statements_.Run("DELETE FROM posting_recent") : status;
}

absl::Status SqlitePassageIndex::MergeFullLevels() {
  int64_t full = -1;
  for (bool more = true; more;) {
    more = false;
    auto status = statements_.ForEach(
        "SELECT level FROM posting_run GROUP BY level HAVING count(*) >= ? ORDER BY level LIMIT 1",
        [&](const Statement& row) {
          full = row.Int(0);
          more = true;
          return absl::OkStatus();
        },
        kFanout);
    if (status.ok() && more) status = Merge(full);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SqlitePassageIndex::Merge(int64_t level) {
  const auto removed = Removed();
  if (!removed.ok()) return removed.status();
  std::vector<HashPosting> entries;
  auto status = statements_.ForEach(
      "SELECT postings FROM posting_block JOIN posting_run USING (run) WHERE level = ?",
      [&](const Statement& row) {
        ReadAll(row.Text(0), entries);
        return absl::OkStatus();
      },
      level);
  if (!status.ok()) return status;
  std::erase_if(entries, [&](const HashPosting& entry) {
    return std::binary_search(removed->begin(), removed->end(), entry.posting.document);
  });
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  status = statements_.Run(
      "DELETE FROM posting_block WHERE run IN (SELECT run FROM posting_run WHERE level = ?)",
      level);
  if (status.ok()) status = statements_.Run("DELETE FROM posting_run WHERE level = ?", level);
  return status.ok() ? WriteRun(level + 1, entries) : status;
}

absl::Status SqlitePassageIndex::WriteRun(int64_t level, const std::vector<HashPosting>& sorted) {
  auto status = statements_.Run("INSERT INTO posting_run(level) VALUES (?)", level);
  int64_t run = 0;
  if (status.ok()) {
    status = statements_.ForEach("SELECT last_insert_rowid()", [&](const Statement& row) {
      run = row.Int(0);
      return absl::OkStatus();
    });
  }
  std::string block;
  for (size_t i = 0; status.ok() && i < sorted.size(); i += kBlockEntries) {
    block.clear();
    const size_t end = std::min(i + kBlockEntries, sorted.size());
    for (size_t j = i; j < end; ++j) AppendEntry(sorted[j], block);
    status =
        statements_.Run("INSERT INTO posting_block(run, first_hash, postings) VALUES (?, ?, ?)",
                        run, sorted[i].hash, block);
  }
  return status;
}

}  // namespace consilience::ingest
