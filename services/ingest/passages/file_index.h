// The passage index of a store on one machine: recent postings in memory, the rest in sorted runs.
//
// A table with a row a fingerprint would write to a random page for each of an article's 167
// fingerprints, which no disk keeps up with once the table outgrows memory. Here postings are only
// ever written in order (a log-structured merge): the postings of some thousand documents become a
// run, and `fan_in` runs of a size become one of the next. A posting is written about
// log(documents / 6000) / log(fan_in) times and takes 14.5 bytes.
//
// The index is derived: what is lost with the memory is made again from the documents. After
// Open, the store adds its documents from flushed_through() + 1 on.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/passages/passage_index.h"
#include "services/ingest/passages/posting_run.h"

namespace consilience::ingest {

struct FileIndexOptions {
  // Postings held in memory before they become a run; each takes about 50 bytes of memory.
  size_t memory_postings = size_t{1} << 20;
  // Runs of one size that are merged into one of the next.
  size_t fan_in = 4;
};

// Thread-safe. One process at a time may have a folder open.
class FilePassageIndex final : public PassageIndex {
 public:
  // Makes the folder when there is none. Errors: UNAVAILABLE, DATA_LOSS; the cure of either is to
  // delete the folder and add all documents again.
  static absl::StatusOr<std::unique_ptr<FilePassageIndex>> Open(
      const std::filesystem::path& folder, const FileIndexOptions& options = {});

  // Documents are added in ascending order; a number at or below the last one is there already.
  // Call it once the document itself is durable. Writes a run when memory is full.
  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  // Durable when it returns.
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

  // All documents up to this number are in runs on disk. 0: none.
  DocumentNumber flushed_through() const;
  // Writes what is in memory to disk.
  absl::Status Flush();
  // Merges runs while any are due. Takes its time without holding up Add or Find, so it is for a
  // thread of its own; one at a time.
  absl::Status Compact();
  size_t run_count() const;

 private:
  using RunPointer = std::shared_ptr<const PostingRun>;
  struct Run {
    std::string file;
    int level = 0;  // how often merged
    RunPointer postings;
  };
  // The postings of one hash in memory, as a list in the order of adding.
  struct Chain {
    uint32_t first = 0;
    uint32_t last = 0;
  };
  struct Held {
    HashedPosting posting;
    uint32_t next = 0;  // 0 ends the list: nothing follows from the first
  };

  FilePassageIndex(std::filesystem::path folder, const FileIndexOptions& options)
      : folder_(std::move(folder)), options_(options) {}

  absl::Status LoadState();
  absl::Status FlushLocked() REQUIRES(mutex_);
  absl::Status SaveState() REQUIRES(mutex_);
  bool IsRemoved(DocumentNumber document) const REQUIRES(mutex_);
  void FindInMemory(const Fingerprint& fingerprint, size_t per_hash,
                    std::vector<Posting>& postings) const REQUIRES(mutex_);

  const std::filesystem::path folder_;
  const FileIndexOptions options_;
  mutable common::Mutex mutex_;
  std::vector<Run> runs_ GUARDED_BY(mutex_);                // the oldest first
  std::vector<DocumentNumber> removed_ GUARDED_BY(mutex_);  // ascending
  std::vector<Held> held_ GUARDED_BY(mutex_);
  absl::flat_hash_map<uint64_t, Chain> chains_ GUARDED_BY(mutex_);
  DocumentNumber last_ GUARDED_BY(mutex_) = 0;
  uint64_t next_file_ GUARDED_BY(mutex_) = 1;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_
