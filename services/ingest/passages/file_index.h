// The passage index of a store on one machine: recent postings in memory, the rest in sorted runs.
//
// A table with a row a fingerprint would write to a random page for each of an article's 167
// fingerprints, which no disk keeps up with once the table outgrows memory. Here postings are only
// ever written in order (a log-structured merge): the postings of some thousand documents become a
// run, and `fan_in` runs of a size become one of the next. A posting is written about
// log(documents / 6000) / log(fan_in) times and takes 14.5 bytes. Threads of the index write and
// merge, so that what a caller waits for does not grow with what is stored.
//
// The index is derived: what is lost with the memory is made again from the documents. After
// Open, the store adds its documents from flushed_through() + 1 on.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/common/sync/mutex.h"
#include "services/ingest/passages/passage_index.h"
#include "services/ingest/passages/posting_memory.h"
#include "services/ingest/passages/posting_run.h"

namespace consilience::ingest {

struct FileIndexOptions {
  // Postings held in memory before they become a run. While they are written as many again may
  // come; Add waits for the disk beyond that.
  size_t memory_postings = size_t{1} << 20;
  // Runs of one size that are merged into one of the next.
  size_t fan_in = 8;
};

// Thread-safe. One process at a time may have a folder open.
class FilePassageIndex final : public PassageIndex {
 public:
  // Makes the folder when there is none. `removed` are the documents, in ascending order, whose
  // postings no longer count: the store knows them. Errors: UNAVAILABLE, DATA_LOSS; the cure of
  // either is to delete the folder and add all documents again.
  static absl::StatusOr<std::unique_ptr<FilePassageIndex>> Open(
      const std::filesystem::path& folder, const FileIndexOptions& options = {},
      std::vector<DocumentNumber> removed = {});
  // Leaves what is in memory to be added again.
  ~FilePassageIndex() override;

  // Documents are added in ascending order; a number at or below the last one is there already.
  // Call it once the document itself is durable.
  absl::Status Add(DocumentNumber document, std::span<const Fingerprint> fingerprints) override;
  // Until the index is closed; the postings go when their run is next merged.
  absl::Status Remove(DocumentNumber document) override;
  absl::StatusOr<std::vector<PostingHit>> Find(std::span<const Fingerprint> fingerprints,
                                               size_t per_hash) const override;

  // All documents up to this number are in runs on disk. 0: none.
  DocumentNumber flushed_through() const;
  // Waits until everything is on disk.
  absl::Status Flush();
  // Waits until, besides, no merge is due.
  absl::Status Settle();
  size_t run_count() const;

 private:
  using Removed = std::shared_ptr<const std::vector<DocumentNumber>>;
  struct Run {
    std::string file;
    int level = 0;  // how often merged
    std::shared_ptr<const PostingRun> postings;
  };

  FilePassageIndex(std::filesystem::path folder, const FileIndexOptions& options,
                   std::vector<DocumentNumber> removed)
      : folder_(std::move(folder)),
        options_(options),
        removed_(std::make_shared<const std::vector<DocumentNumber>>(std::move(removed))) {}

  absl::Status LoadState();
  absl::Status SaveState() REQUIRES(mutex_);
  DocumentNumber FlushedThrough() const REQUIRES(mutex_);
  void Freeze() REQUIRES(mutex_);
  // The neighbours that a merge is due for; empty when none is.
  std::vector<Run> DueForMerge() const REQUIRES(mutex_);

  // Does `work` whenever it is due, until the index is closed.
  void Repeat(const std::function<bool()>& due, const std::function<absl::Status()>& work);
  absl::Status WriteFrozen();
  absl::Status MergeOnce();

  const std::filesystem::path folder_;
  const FileIndexOptions options_;
  mutable common::Mutex mutex_;
  common::CondVar changed_;
  std::vector<Run> runs_ GUARDED_BY(mutex_);  // the oldest first
  Removed removed_ GUARDED_BY(mutex_);        // ascending; replaced as a whole
  PostingMemory recent_ GUARDED_BY(mutex_);
  std::shared_ptr<const PostingMemory> frozen_ GUARDED_BY(mutex_);  // being written
  DocumentNumber last_ GUARDED_BY(mutex_) = 0;
  uint64_t next_file_ GUARDED_BY(mutex_) = 1;
  absl::Status failure_ GUARDED_BY(mutex_);  // of the last write; tried again
  std::atomic<bool> stopping_{false};        // set under mutex_
  std::thread writing_;
  std::thread merging_;  // a merge takes long, and what is frozen has to go in the meantime
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_FILE_INDEX_H_
