// An immutable, sorted file of postings.
//
//   run     := header posting*
//   header  := "CSLPRUN1" count:u64 first:u32 last:u32 digest:u64      (32 bytes)
//   posting := hash:u48 document:u32 word:u32                          (14 bytes)
//
// Numbers are little-endian. Postings ascend by (hash, document, word); `first` and `last` are the
// least and greatest document number in it; `digest` is XXH3 of the postings. Hashes are spread
// evenly, so a posting is found by interpolation in a few steps, whatever the size of the run.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/passages/passage_index.h"

namespace consilience::ingest {

struct HashedPosting {
  uint64_t hash = 0;
  Posting posting;

  friend auto operator<=>(const HashedPosting&, const HashedPosting&) = default;
};

// A run, mapped into memory. Immutable, so safe to share between threads.
class PostingRun {
 public:
  static constexpr size_t kPostingBytes = 14;

  // Errors: cannot be read, or not a whole run (DATA_LOSS).
  static absl::StatusOr<std::shared_ptr<const PostingRun>> Open(const std::filesystem::path& path);
  ~PostingRun();
  PostingRun(const PostingRun&) = delete;
  PostingRun& operator=(const PostingRun&) = delete;

  uint64_t size() const { return count_; }
  DocumentNumber first_document() const { return first_; }
  DocumentNumber last_document() const { return last_; }
  HashedPosting At(uint64_t index) const;
  uint64_t HashAt(uint64_t index) const;
  // The index of the first posting whose hash is not less than `hash`.
  uint64_t LowerBound(uint64_t hash) const;

 private:
  PostingRun(std::string_view file, uint64_t count, DocumentNumber first, DocumentNumber last)
      : file_(file), count_(count), first_(first), last_(last) {}

  std::string_view file_;
  uint64_t count_;
  DocumentNumber first_;
  DocumentNumber last_;
};

// Writes a run and syncs it; `postings` ascend.
absl::Status WriteRun(const std::filesystem::path& path, std::span<const HashedPosting> postings);

// Merges runs into one, those of `removed` documents (sorted) left out.
absl::Status MergeRuns(const std::filesystem::path& path,
                       std::span<const std::shared_ptr<const PostingRun>> runs,
                       const std::vector<DocumentNumber>& removed);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_
