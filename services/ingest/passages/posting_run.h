// An immutable, sorted file of postings.
//
//   run       := header posting* directory
//   header    := "CSLPRUN1" count:u64 bits:u32 zero:u32 digest:u64    (32 bytes)
//   posting   := hash:u48 document:u32 word:u32                       (14 bytes)
//   directory := begin:u32 ^ (2^bits + 1)
//
// Numbers are little-endian. Postings ascend by (hash, document, word). The hashes that begin with
// the same `bits` bits (of 47) are postings [begin, next begin): about eight of them, so that a
// look-up touches two places of the file, whatever its size. `digest` is XXH3 of what follows the
// header. A run holds fewer than 2^32 postings.
#ifndef CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_
#define CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_

#include <atomic>
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
  HashedPosting At(uint64_t index) const;
  // A posting as it stands in the file, and its hash.
  const char* BytesAt(uint64_t index) const;
  uint64_t HashAt(uint64_t index) const;
  // The index of the first posting whose hash is not less than `hash`.
  uint64_t LowerBound(uint64_t hash) const;

  // As PostingMemory::Find.
  void Find(uint64_t hash, const std::vector<DocumentNumber>& removed, size_t most,
            std::vector<Posting>& into) const;

  // Memory is fetched while other look-ups go on: the first for many hashes, then the second for
  // all of them, then Find.
  void PrefetchDirectory(uint64_t hash) const;
  void PrefetchPostings(uint64_t hash) const;

 private:
  PostingRun(std::string_view file, uint64_t count, uint32_t bits);

  uint64_t BeginOf(uint64_t bucket) const;

  std::string_view file_;
  uint64_t count_;
  const char* directory_;
  uint32_t shift_;  // of a hash, to its bucket
};

// Writes a run and syncs it; `postings` ascend.
absl::Status WriteRun(const std::filesystem::path& path, std::span<const HashedPosting> postings);

// Merges runs into one, those of `removed` documents (sorted) left out. Every document of a run is
// before every document of the next. CANCELLED soon after `stop` was set.
absl::Status MergeRuns(const std::filesystem::path& path,
                       std::span<const std::shared_ptr<const PostingRun>> runs,
                       const std::vector<DocumentNumber>& removed, const std::atomic<bool>& stop);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PASSAGES_POSTING_RUN_H_
