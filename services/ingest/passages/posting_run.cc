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
#include <queue>
#include <string>

namespace consilience::ingest {
namespace {

constexpr std::string_view kMagic = "CSLPRUN1";
constexpr size_t kHeaderBytes = 32;
constexpr size_t kHashBytes = 6;

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

// Writes postings as they come, then the header that they make.
class RunWriter {
 public:
  explicit RunWriter(const std::filesystem::path& path)
      : path_(path), file_(std::fopen(path.c_str(), "wb")), digest_(XXH3_createState()) {
    XXH3_64bits_reset(digest_);
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
    std::memcpy(buffer_ + filled_, &each.hash, kHashBytes);
    std::memcpy(buffer_ + filled_ + 6, &each.posting.document, 4);
    std::memcpy(buffer_ + filled_ + 10, &each.posting.word, 4);
    filled_ += PostingRun::kPostingBytes;
    first_ = std::min(first_, each.posting.document);
    last_ = std::max(last_, each.posting.document);
    ++count_;
    if (filled_ == sizeof buffer_) Drain();
  }

  absl::Status Finish() {
    Drain();
    const uint64_t digest = XXH3_64bits_digest(digest_);
    char header[kHeaderBytes];
    std::memcpy(header, kMagic.data(), kMagic.size());
    std::memcpy(header + 8, &count_, 8);
    std::memcpy(header + 16, &first_, 4);
    std::memcpy(header + 20, &last_, 4);
    std::memcpy(header + 24, &digest, 8);
    failed_ = failed_ || file_ == nullptr || std::fseek(file_, 0, SEEK_SET) != 0;
    Write({header, sizeof header});
    failed_ = failed_ || std::fflush(file_) != 0 || fsync(fileno(file_)) != 0;
    return failed_ ? FileError(path_, "write") : absl::OkStatus();
  }

 private:
  void Write(std::string_view bytes) {
    failed_ = failed_ || file_ == nullptr ||
              std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size();
  }
  void Drain() {
    XXH3_64bits_update(digest_, buffer_, filled_);
    Write({buffer_, filled_});
    filled_ = 0;
  }

  const std::filesystem::path& path_;
  std::FILE* file_;
  XXH3_state_t* digest_;
  char buffer_[PostingRun::kPostingBytes * 4096];
  size_t filled_ = 0;
  bool failed_ = false;
  uint64_t count_ = 0;
  DocumentNumber first_ = UINT32_MAX;
  DocumentNumber last_ = 0;
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
  const std::shared_ptr<const PostingRun> run(new PostingRun(
      bytes, count, Load<uint32_t>(bytes.data() + 16), Load<uint32_t>(bytes.data() + 20)));
  const std::string_view postings = bytes.substr(kHeaderBytes);
  if (!bytes.starts_with(kMagic) || postings.size() != count * kPostingBytes ||
      XXH3_64bits(postings.data(), postings.size()) != Load<uint64_t>(bytes.data() + 24)) {
    return absl::DataLossError(fmt::format(
        "{} is not a whole run of the passage index: delete the index to have it made again",
        path.string()));
  }
  return run;
}

PostingRun::~PostingRun() { munmap(const_cast<char*>(file_.data()), file_.size()); }

uint64_t PostingRun::HashAt(uint64_t index) const {
  return Load<uint64_t>(file_.data() + kHeaderBytes + index * kPostingBytes, kHashBytes);
}

HashedPosting PostingRun::At(uint64_t index) const {
  const char* const at = file_.data() + kHeaderBytes + index * kPostingBytes;
  return {Load<uint64_t>(at, kHashBytes), {Load<uint32_t>(at + 6), Load<uint32_t>(at + 10)}};
}

uint64_t PostingRun::LowerBound(uint64_t hash) const {
  uint64_t low = 0;
  uint64_t high = count_;  // the answer is in [low, high]
  uint64_t low_hash = 0;
  uint64_t high_hash = kHashMask;
  // Interpolation while it pays, each second step a bisection so that uneven hashes cannot hurt.
  for (bool interpolate = true; high - low > 16; interpolate = !interpolate) {
    uint64_t middle = low + (high - low) / 2;
    if (interpolate && hash >= low_hash && hash <= high_hash && high_hash > low_hash) {
      const double share =
          static_cast<double>(hash - low_hash) / static_cast<double>(high_hash - low_hash);
      middle = low + static_cast<uint64_t>(share * static_cast<double>(high - low));
      middle = std::min(middle, high - 1);
    }
    const uint64_t at = HashAt(middle);
    if (at < hash) {
      low = middle + 1;
      low_hash = at;
    } else {
      high = middle;
      high_hash = at;
    }
  }
  while (low < high && HashAt(low) < hash) ++low;
  return low;
}

absl::Status WriteRun(const std::filesystem::path& path, std::span<const HashedPosting> postings) {
  RunWriter writer(path);
  for (const HashedPosting& posting : postings) writer.Add(posting);
  return writer.Finish();
}

absl::Status MergeRuns(const std::filesystem::path& path,
                       std::span<const std::shared_ptr<const PostingRun>> runs,
                       const std::vector<DocumentNumber>& removed) {
  struct Next {
    HashedPosting posting;
    size_t run = 0;
    uint64_t index = 0;
    bool operator>(const Next& other) const { return posting > other.posting; }
  };
  std::priority_queue<Next, std::vector<Next>, std::greater<>> queue;
  const auto push = [&](size_t run, uint64_t index) {
    if (index < runs[run]->size()) queue.push({runs[run]->At(index), run, index});
  };
  for (size_t i = 0; i < runs.size(); ++i) push(i, 0);
  RunWriter writer(path);
  while (!queue.empty()) {
    const Next next = queue.top();
    queue.pop();
    if (!std::binary_search(removed.begin(), removed.end(), next.posting.posting.document)) {
      writer.Add(next.posting);
    }
    push(next.run, next.index + 1);
  }
  return writer.Finish();
}

}  // namespace consilience::ingest
