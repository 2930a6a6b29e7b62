#include "services/ingest/passages/file_index.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "services/common/log/log.h"

namespace consilience::ingest {
namespace {

namespace fs = std::filesystem;
using common::MutexLock;

// The state is a small text file, replaced as a whole:
//   passage-index 1
//   next NUMBER            of the next file
//   last DOCUMENT          the last document that is in the runs
//   run LEVEL FILE         for each run, the oldest first
constexpr char kState[] = "STATE";
constexpr char kVersionLine[] = "passage-index 1";
// After the disk refused a write.
constexpr absl::Duration kRetryAfter = absl::Seconds(5);

absl::Status Unavailable(const fs::path& path, std::string_view problem) {
  return absl::UnavailableError(
      fmt::format("the passage index cannot write {}: {}", path.string(), problem));
}

absl::Status SyncFolder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  return synced ? absl::OkStatus() : Unavailable(folder, "the folder cannot be synced");
}

absl::Status ReplaceFile(const fs::path& path, const std::string& content) {
  const fs::path fresh = path.string() + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 &&
                       write(file, content.data(), content.size()) == std::ssize(content) &&
                       fsync(file) == 0;
  if (file >= 0) close(file);
  if (!written) return Unavailable(fresh, "it cannot be written");
  std::error_code error;
  fs::rename(fresh, path, error);
  if (error) return Unavailable(path, error.message());
  return SyncFolder(path.parent_path());
}

}  // namespace

absl::StatusOr<std::unique_ptr<FilePassageIndex>> FilePassageIndex::Open(
    const fs::path& folder, const FileIndexOptions& options, std::vector<DocumentNumber> removed) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Unavailable(folder, error.message());
  std::unique_ptr<FilePassageIndex> index(
      new FilePassageIndex(folder, options, std::move(removed)));
  if (absl::Status status = index->LoadState(); !status.ok()) return status;
  FilePassageIndex* const raw = index.get();
  index->writing_ = std::thread([raw] {
    raw->Repeat([raw]() NO_THREAD_SAFETY_ANALYSIS { return raw->frozen_ != nullptr; },
                [raw] { return raw->WriteFrozen(); });
  });
  index->merging_ = std::thread([raw] {
    raw->Repeat([raw]() NO_THREAD_SAFETY_ANALYSIS { return !raw->DueForMerge().empty(); },
                [raw] { return raw->MergeOnce(); });
  });
  return index;
}

FilePassageIndex::~FilePassageIndex() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    changed_.NotifyAll();
  }
  if (writing_.joinable()) writing_.join();
  if (merging_.joinable()) merging_.join();
}

absl::Status FilePassageIndex::LoadState() {
  const MutexLock lock(mutex_);
  std::ifstream state(folder_ / kState);
  if (!state) return absl::OkStatus();
  std::string line;
  std::getline(state, line);
  if (line != kVersionLine) {
    return absl::DataLossError(
        fmt::format("{} is not the state of a passage index", (folder_ / kState).string()));
  }
  while (std::getline(state, line)) {
    std::istringstream fields(line);
    std::string key;
    fields >> key;
    if (key == "last") {
      fields >> last_;
    } else if (key == "next") {
      fields >> next_file_;
    } else if (key == "run") {
      Run run;
      fields >> run.level >> run.file;
      auto postings = PostingRun::Open(folder_ / run.file);
      if (!postings.ok()) return postings.status();
      run.postings = *std::move(postings);
      runs_.push_back(std::move(run));
    }
  }
  // Files of a write or merge that was cut short.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename();
    const bool known =
        std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) { return run.file == name; });
    if (name.ends_with(".run") && !known) fs::remove(entry.path(), error);
  }
  return absl::OkStatus();
}

DocumentNumber FilePassageIndex::FlushedThrough() const {
  if (frozen_ != nullptr) return frozen_->first() - 1;
  return recent_.size() > 0 ? recent_.first() - 1 : last_;
}

absl::Status FilePassageIndex::SaveState() {
  std::string state =
      fmt::format("{}\nnext {}\nlast {}\n", kVersionLine, next_file_, FlushedThrough());
  for (const Run& run : runs_) state += fmt::format("run {} {}\n", run.level, run.file);
  return ReplaceFile(folder_ / kState, state);
}

absl::Status FilePassageIndex::Add(DocumentNumber document,
                                   std::span<const Fingerprint> fingerprints) {
  MutexLock lock(mutex_);
  if (document <= last_) return absl::OkStatus();
  // A disk that refuses is not waited for: memory grows, and nothing is lost that the documents
  // do not give back.
  changed_.Wait(lock, [this]() NO_THREAD_SAFETY_ANALYSIS {
    return recent_.size() < options_.memory_postings || frozen_ == nullptr || !failure_.ok();
  });
  last_ = document;
  recent_.Add(document, fingerprints);
  if (recent_.size() >= options_.memory_postings && frozen_ == nullptr) Freeze();
  return absl::OkStatus();
}

void FilePassageIndex::Freeze() {
  frozen_ = std::make_shared<const PostingMemory>(std::exchange(recent_, PostingMemory()));
  changed_.NotifyAll();
}

absl::Status FilePassageIndex::Remove(DocumentNumber document) {
  const MutexLock lock(mutex_);
  const auto at = std::lower_bound(removed_->begin(), removed_->end(), document);
  if (at != removed_->end() && *at == document) return absl::OkStatus();
  std::vector<DocumentNumber> removed = *removed_;
  removed.insert(removed.begin() + (at - removed_->begin()), document);
  removed_ = std::make_shared<const std::vector<DocumentNumber>>(std::move(removed));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PostingHit>> FilePassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  // What is on disk and what is being written does not change, so it is searched without the
  // lock. Runs hold ascending, separate ranges of documents, so what they give is in order.
  std::vector<std::shared_ptr<const PostingRun>> runs;
  std::shared_ptr<const PostingMemory> frozen;
  Removed removed;
  std::vector<std::vector<Posting>> recent(fingerprints.size());
  {
    const MutexLock lock(mutex_);
    for (const Run& run : runs_) runs.push_back(run.postings);
    frozen = frozen_;
    removed = removed_;
    for (size_t i = 0; i < fingerprints.size(); ++i) {
      recent_.Find(fingerprints[i].hash, *removed, per_hash, recent[i]);
    }
  }
  std::vector<std::vector<Posting>> found(fingerprints.size());
  for (const auto& run : runs) {
    for (const Fingerprint& each : fingerprints) run->PrefetchDirectory(each.hash);
    for (const Fingerprint& each : fingerprints) run->PrefetchPostings(each.hash);
    for (size_t i = 0; i < fingerprints.size(); ++i) {
      run->Find(fingerprints[i].hash, *removed, per_hash, found[i]);
    }
  }
  std::vector<PostingHit> hits;
  for (uint32_t i = 0; i < fingerprints.size(); ++i) {
    if (frozen != nullptr) frozen->Find(fingerprints[i].hash, *removed, per_hash, found[i]);
    for (const Posting& posting : recent[i]) {
      if (found[i].size() < per_hash) found[i].push_back(posting);
    }
    for (const Posting& posting : found[i]) hits.push_back({i, posting});
  }
  return hits;
}

DocumentNumber FilePassageIndex::flushed_through() const {
  const MutexLock lock(mutex_);
  return FlushedThrough();
}

size_t FilePassageIndex::run_count() const {
  const MutexLock lock(mutex_);
  return runs_.size();
}

absl::Status FilePassageIndex::Flush() {
  MutexLock lock(mutex_);
  while (true) {
    if (frozen_ == nullptr && recent_.size() > 0) Freeze();
    changed_.Wait(
        lock, [this]() NO_THREAD_SAFETY_ANALYSIS { return !failure_.ok() || frozen_ == nullptr; });
    if (!failure_.ok() || recent_.size() == 0) return failure_;
  }
}

absl::Status FilePassageIndex::Settle() {
  if (auto flushed = Flush(); !flushed.ok()) return flushed;
  MutexLock lock(mutex_);
  changed_.Wait(
      lock, [this]() NO_THREAD_SAFETY_ANALYSIS { return !failure_.ok() || DueForMerge().empty(); });
  return failure_;
}

std::vector<FilePassageIndex::Run> FilePassageIndex::DueForMerge() const {
  // The newest neighbours of one level; older runs are never of a lower level.
  for (size_t end = runs_.size(); end >= options_.fan_in; --end) {
    const size_t begin = end - options_.fan_in;
    if (runs_[begin].level == runs_[end - 1].level) {
      return {runs_.begin() + static_cast<ptrdiff_t>(begin),
              runs_.begin() + static_cast<ptrdiff_t>(end)};
    }
  }
  return {};
}

void FilePassageIndex::Repeat(const std::function<bool()>& due,
                              const std::function<absl::Status()>& work) {
  while (true) {
    {
      MutexLock lock(mutex_);
      changed_.Wait(lock, [&]() NO_THREAD_SAFETY_ANALYSIS { return stopping_ || due(); });
      if (stopping_) return;
    }
    const absl::Status done = work();
    if (stopping_) return;
    if (!done.ok()) common::log::Error("the passage index cannot be written", {{"error", done}});
    MutexLock lock(mutex_);
    failure_ = done;
    changed_.NotifyAll();
    if (!done.ok()) {
      changed_.WaitFor(lock, kRetryAfter,
                       [this]() NO_THREAD_SAFETY_ANALYSIS { return stopping_.load(); });
    }
  }
}

absl::Status FilePassageIndex::WriteFrozen() {
  std::shared_ptr<const PostingMemory> frozen;
  Removed removed;
  Run run;
  {
    const MutexLock lock(mutex_);
    frozen = frozen_;
    removed = removed_;
    run.file = fmt::format("{:08}.run", next_file_++);
  }
  auto status = WriteRun(folder_ / run.file, frozen->Sorted(*removed));
  if (!status.ok()) return status;
  auto opened = PostingRun::Open(folder_ / run.file);
  if (!opened.ok()) return opened.status();
  run.postings = *std::move(opened);
  const MutexLock lock(mutex_);
  runs_.push_back(std::move(run));
  frozen_ = nullptr;
  return SaveState();
}

absl::Status FilePassageIndex::MergeOnce() {
  std::vector<Run> due;
  Removed removed;
  Run merged;
  {
    const MutexLock lock(mutex_);
    due = DueForMerge();
    removed = removed_;
    merged = {fmt::format("{:08}.run", next_file_++), due.front().level + 1, nullptr};
  }
  std::vector<std::shared_ptr<const PostingRun>> sources;
  sources.reserve(due.size());
  for (const Run& run : due) sources.push_back(run.postings);
  auto status = MergeRuns(folder_ / merged.file, sources, *removed, stopping_);
  if (!status.ok()) return status;
  auto opened = PostingRun::Open(folder_ / merged.file);
  if (!opened.ok()) return opened.status();
  merged.postings = *std::move(opened);
  {
    const MutexLock lock(mutex_);
    const auto first = std::find_if(runs_.begin(), runs_.end(),
                                    [&](const Run& run) { return run.file == due.front().file; });
    *first = std::move(merged);
    runs_.erase(first + 1, first + static_cast<ptrdiff_t>(due.size()));
    status = SaveState();
  }
  // Readers that still hold a merged run keep its mapping; the name can go.
  std::error_code ignored;
  for (const Run& run : due) fs::remove(folder_ / run.file, ignored);
  return status;
}

}  // namespace consilience::ingest
