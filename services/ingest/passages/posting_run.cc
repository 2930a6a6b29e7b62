#include "services/ingest/passages/posting_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

namespace consilience::ingest {
namespace {

constexpr std::string_view kMagic = "CSLPRUN1";
constexpr size_t kHeaderBytes = 32;
constexpr size_t kHashBytes = 6;
constexpr uint32_t kHashBits = 47;
constexpr uint32_t kMostDirectoryBits = 32;
// What is written goes to the disk in pieces of this size: all of it at the end would keep waiting
// whoever else wants to be durable.
constexpr size_t kBytesPerSync = size_t{4} << 20;
static_assert(kHashMask == (uint64_t{1} << kHashBits) - 1);

static_assert(std::endian::native == std::endian::little, "runs are written as they are in memory");

template <typename Number>
Number Load(const char* at, size_t bytes = sizeof(Number)) {
  Number number = 0;
  std::memcpy(&number, at, bytes);
  return number;
}

absl::Status FileError(const std::filesystem::path& path, std::string_view action) {
  return absl::UnavailableError(fmt::format("the passage index cannot {} {}: {}", action,
                                            path.string(), std::strerror(errno)));
}

// Eight postings to a place of the directory.
uint32_t DirectoryBits(uint64_t count) {
  uint32_t bits = 0;
  while (bits < kMostDirectoryBits && (count >> bits) > 8) ++bits;
  return bits;
}

// Writes postings as they come, then the directory, then the header that they make.
class RunWriter {
 public:
  // `most` is at least as many postings as will come.
  RunWriter(const std::filesystem::path& path, uint64_t most)
      : path_(path),
        file_(std::fopen(path.c_str(), "wb")),
        digest_(XXH3_createState()),
        bits_(DirectoryBits(most)) {
    XXH3_64bits_reset(digest_);
    directory_.reserve((size_t{1} << bits_) + 1);
    const std::string blank(kHeaderBytes, '\0');
    Write(blank);
  }
  ~RunWriter() {
    XXH3_freeState(digest_);
    if (file_ != nullptr) static_cast<void>(std::fclose(file_));
  }
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;

  void Add(const HashedPosting& each) {
    char bytes[PostingRun::kPostingBytes];
    std::memcpy(bytes, &each.hash, kHashBytes);
    std::memcpy(bytes + 6, &each.posting.document, 4);
    std::memcpy(bytes + 10, &each.posting.word, 4);
    AddBytes(each.hash, bytes);
  }
  // A posting as it stands in another run.
  void AddBytes(uint64_t hash, const char* bytes) {
    BeginUpTo(hash >> (kHashBits - bits_));
    std::memcpy(buffer_ + filled_, bytes, PostingRun::kPostingBytes);
    filled_ += PostingRun::kPostingBytes;
    ++count_;
    if (filled_ == sizeof buffer_) Drain();
  }

  absl::Status Finish() {
    Drain();
    BeginUpTo(uint64_t{1} << bits_);
    const std::string_view directory(reinterpret_cast<const char*>(directory_.data()),
                                     directory_.size() * sizeof(uint32_t));
    XXH3_64bits_update(digest_, directory.data(), directory.size());
    Write(directory);
    const uint64_t digest = XXH3_64bits_digest(digest_);
    char header[kHeaderBytes] = {};
    std::memcpy(header, kMagic.data(), kMagic.size());
    std::memcpy(header + 8, &count_, 8);
    std::memcpy(header + 16, &bits_, 4);
    std::memcpy(header + 24, &digest, 8);
    failed_ = failed_ || file_ == nullptr || std::fseek(file_, 0, SEEK_SET) != 0;
    Write({header, sizeof header});
    failed_ = failed_ || std::fflush(file_) != 0 || fsync(fileno(file_)) != 0;
    return failed_ ? FileError(path_, "write") : absl::OkStatus();
  }

 private:
  // Buckets up to `bucket` begin here, if they have not begun.
  void BeginUpTo(uint64_t bucket) {
    while (directory_.size() <= bucket) directory_.push_back(static_cast<uint32_t>(count_));
  }
  void Write(std::string_view bytes) {
    failed_ = failed_ || file_ == nullptr ||
              std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size();
    unsynced_ += bytes.size();
    if (failed_ || unsynced_ < kBytesPerSync) return;
    // Begins to write and does not wait, where the file system can; Finish makes it durable.
    failed_ = std::fflush(file_) != 0;
    static_cast<void>(sync_file_range(fileno(file_), 0, 0, SYNC_FILE_RANGE_WRITE));
    unsynced_ = 0;
  }
  void Drain() {
    XXH3_64bits_update(digest_, buffer_, filled_);
    Write({buffer_, filled_});
    filled_ = 0;
  }

  const std::filesystem::path& path_;
  std::FILE* file_;
  XXH3_state_t* digest_;
  uint32_t bits_;
  std::vector<uint32_t> directory_;
  char buffer_[PostingRun::kPostingBytes * 4096];
  size_t filled_ = 0;
  size_t unsynced_ = 0;
  bool failed_ = false;
  uint64_t count_ = 0;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const PostingRun>> PostingRun::Open(
    const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileError(path, "open");
  struct stat status {};
  const bool sized = fstat(file, &status) == 0 && status.st_size >= ssize_t{kHeaderBytes};
  const size_t size = sized ? static_cast<size_t>(status.st_size) : 0;
  void* const mapped = sized ? mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
  close(file);
  if (mapped == MAP_FAILED) return FileError(path, "map");
  const std::string_view bytes(static_cast<const char*>(mapped), size);
  const auto count = Load<uint64_t>(bytes.data() + 8);
  const auto bits = Load<uint32_t>(bytes.data() + 16);
  const std::shared_ptr<const PostingRun> run(new PostingRun(bytes, count, bits));
  const std::string_view content = bytes.substr(kHeaderBytes);
  const bool whole =
      bytes.starts_with(kMagic) && bits <= kMostDirectoryBits && count < (uint64_t{1} << 32U) &&
      content.size() == count * kPostingBytes + ((size_t{1} << bits) + 1) * 4 &&
      XXH3_64bits(content.data(), content.size()) == Load<uint64_t>(bytes.data() + 24);
  if (!whole) {
    return absl::DataLossError(fmt::format(
        "{} is not a whole run of the passage index: delete the index to have it made again",
        path.string()));
  }
  return run;
}

PostingRun::PostingRun(std::string_view file, uint64_t count, uint32_t bits)
    : file_(file),
      count_(count),
      directory_(file.data() + kHeaderBytes + count * kPostingBytes),
      shift_(kHashBits - bits) {}

PostingRun::~PostingRun() { munmap(const_cast<char*>(file_.data()), file_.size()); }

const char* PostingRun::BytesAt(uint64_t index) const {
  return file_.data() + kHeaderBytes + index * kPostingBytes;
}

uint64_t PostingRun::HashAt(uint64_t index) const {
  return Load<uint64_t>(BytesAt(index), kHashBytes);
}

HashedPosting PostingRun::At(uint64_t index) const {
  const char* const at = BytesAt(index);
  return {Load<uint64_t>(at, kHashBytes), {Load<uint32_t>(at + 6), Load<uint32_t>(at + 10)}};
}

uint64_t PostingRun::BeginOf(uint64_t bucket) const {
  return Load<uint32_t>(directory_ + bucket * sizeof(uint32_t));
}

uint64_t PostingRun::LowerBound(uint64_t hash) const {
  const uint64_t bucket = hash >> shift_;
  uint64_t low = BeginOf(bucket);
  uint64_t high = BeginOf(bucket + 1);
  // The same words in thousands of documents make a bucket large.
  while (high - low > 16) {
    const uint64_t middle = low + (high - low) / 2;
    if (HashAt(middle) < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low < high && HashAt(low) < hash) ++low;
  return low;
}

void PostingRun::Find(uint64_t hash, const std::vector<DocumentNumber>& removed, size_t most,
                      std::vector<Posting>& into) const {
  for (uint64_t at = LowerBound(hash); at < count_ && into.size() < most; ++at) {
    const HashedPosting found = At(at);
    if (found.hash != hash) return;
    if (!std::binary_search(removed.begin(), removed.end(), found.posting.document)) {
      into.push_back(found.posting);
    }
  }
}

void PostingRun::PrefetchDirectory(uint64_t hash) const {
  __builtin_prefetch(directory_ + (hash >> shift_) * sizeof(uint32_t));
}

void PostingRun::PrefetchPostings(uint64_t hash) const {
  const char* const at = file_.data() + kHeaderBytes + BeginOf(hash >> shift_) * kPostingBytes;
  __builtin_prefetch(at);
  __builtin_prefetch(at + 64);
}

absl::Status WriteRun(const std::filesystem::path& path, std::span<const HashedPosting> postings) {
  RunWriter writer(path, postings.size());
  for (const HashedPosting& posting : postings) writer.Add(posting);
  return writer.Finish();
}

absl::Status MergeRuns(const std::filesystem::path& path,
                       std::span<const std::shared_ptr<const PostingRun>> runs,
                       const std::vector<DocumentNumber>& removed, const std::atomic<bool>& stop) {
  // A few runs: the smallest hash is found quicker by looking at each than with a heap. Among equal
  // hashes the first run has the smallest documents.
  constexpr uint64_t kNoMore = UINT64_MAX;
  std::vector<uint64_t> next(runs.size());
  std::vector<uint64_t> at(runs.size());
  uint64_t most = 0;
  for (size_t i = 0; i < runs.size(); ++i) {
    next[i] = runs[i]->size() > 0 ? runs[i]->HashAt(0) : kNoMore;
    most += runs[i]->size();
  }
  RunWriter writer(path, most);
  while (true) {
    const auto smallest = std::min_element(next.begin(), next.end());
    if (smallest == next.end() || *smallest == kNoMore) break;
    if (stop) return absl::CancelledError("the passage index is being closed");
    const auto i = static_cast<size_t>(smallest - next.begin());
    const bool gone = !removed.empty() && std::binary_search(removed.begin(), removed.end(),
                                                             runs[i]->At(at[i]).posting.document);
    if (!gone) writer.AddBytes(*smallest, runs[i]->BytesAt(at[i]));
    ++at[i];
    *smallest = at[i] < runs[i]->size() ? runs[i]->HashAt(at[i]) : kNoMore;
  }
  return writer.Finish();
}

}  // namespace consilience::ingest
