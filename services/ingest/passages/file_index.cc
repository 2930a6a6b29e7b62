#include "services/ingest/passages/file_index.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

namespace consilience::ingest {
namespace {

namespace fs = std::filesystem;
using common::MutexLock;

// The state is a small text file, replaced as a whole:
//   passage-index 1
//   next NUMBER            of the next file
//   last DOCUMENT          the last document that is in the runs
//   run LEVEL FILE         for each run, the oldest first
//   removed DOCUMENT       for each document whose postings no longer count
constexpr char kState[] = "STATE";
constexpr char kVersionLine[] = "passage-index 1";

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
    const fs::path& folder, const FileIndexOptions& options) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Unavailable(folder, error.message());
  std::unique_ptr<FilePassageIndex> index(new FilePassageIndex(folder, options));
  if (absl::Status status = index->LoadState(); !status.ok()) return status;
  return index;
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
    } else if (key == "removed") {
      DocumentNumber document = 0;
      fields >> document;
      removed_.push_back(document);
    } else if (key == "run") {
      Run run;
      fields >> run.level >> run.file;
      absl::StatusOr<RunPointer> postings = PostingRun::Open(folder_ / run.file);
      if (!postings.ok()) return postings.status();
      run.postings = *std::move(postings);
      runs_.push_back(std::move(run));
    }
  }
  // Files of a flush or merge that was cut short.
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename();
    const bool known =
        std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) { return run.file == name; });
    if (name.ends_with(".run") && !known) fs::remove(entry.path(), error);
  }
  return absl::OkStatus();
}

absl::Status FilePassageIndex::SaveState() {
  std::string state = fmt::format("{}\nnext {}\n", kVersionLine, next_file_);
  const DocumentNumber flushed = runs_.empty() ? 0 : last_;
  // What is in memory is not in the runs.
  const DocumentNumber last = held_.size() > 1 ? held_[1].posting.posting.document - 1 : flushed;
  state += fmt::format("last {}\n", last);
  for (const Run& run : runs_) state += fmt::format("run {} {}\n", run.level, run.file);
  for (const DocumentNumber document : removed_) state += fmt::format("removed {}\n", document);
  return ReplaceFile(folder_ / kState, state);
}

absl::Status FilePassageIndex::Add(DocumentNumber document,
                                   std::span<const Fingerprint> fingerprints) {
  const MutexLock lock(mutex_);
  if (document <= last_) return absl::OkStatus();
  last_ = document;
  if (held_.empty()) held_.emplace_back();  // place 0 ends lists
  for (const Fingerprint& fingerprint : fingerprints) {
    const auto place = static_cast<uint32_t>(held_.size());
    held_.push_back({{fingerprint.hash, {document, fingerprint.word}}, 0});
    const auto [chain, is_new] = chains_.try_emplace(fingerprint.hash, Chain{place, place});
    if (is_new) continue;
    held_[chain->second.last].next = place;
    chain->second.last = place;
  }
  return held_.size() > options_.memory_postings ? FlushLocked() : absl::OkStatus();
}

absl::Status FilePassageIndex::Flush() {
  const MutexLock lock(mutex_);
  return FlushLocked();
}

absl::Status FilePassageIndex::FlushLocked() {
  if (held_.size() <= 1) return absl::OkStatus();
  std::vector<HashedPosting> postings;
  postings.reserve(held_.size());
  for (size_t i = 1; i < held_.size(); ++i) {
    if (!IsRemoved(held_[i].posting.posting.document)) postings.push_back(held_[i].posting);
  }
  std::sort(postings.begin(), postings.end());
  Run run{fmt::format("{:08}.run", next_file_), 0, nullptr};
  if (absl::Status status = WriteRun(folder_ / run.file, postings); !status.ok()) return status;
  absl::StatusOr<RunPointer> opened = PostingRun::Open(folder_ / run.file);
  if (!opened.ok()) return opened.status();
  run.postings = *std::move(opened);
  ++next_file_;
  runs_.push_back(std::move(run));
  held_.clear();
  chains_.clear();
  return SaveState();
}

absl::Status FilePassageIndex::Remove(DocumentNumber document) {
  const MutexLock lock(mutex_);
  const auto at = std::lower_bound(removed_.begin(), removed_.end(), document);
  if (at != removed_.end() && *at == document) return absl::OkStatus();
  removed_.insert(at, document);
  return SaveState();
}

bool FilePassageIndex::IsRemoved(DocumentNumber document) const {
  return std::binary_search(removed_.begin(), removed_.end(), document);
}

void FilePassageIndex::FindInMemory(const Fingerprint& fingerprint, size_t per_hash,
                                    std::vector<Posting>& postings) const {
  const auto chain = chains_.find(fingerprint.hash);
  if (chain == chains_.end()) return;
  for (uint32_t place = chain->second.first; place != 0 && postings.size() < per_hash;
       place = held_[place].next) {
    const Posting& posting = held_[place].posting.posting;
    if (!IsRemoved(posting.document)) postings.push_back(posting);
  }
}

absl::StatusOr<std::vector<PostingHit>> FilePassageIndex::Find(
    std::span<const Fingerprint> fingerprints, size_t per_hash) const {
  // The runs are immutable, so they are searched without the lock; runs hold ascending, separate
  // ranges of documents, so what they give is in order.
  std::vector<RunPointer> runs;
  std::vector<DocumentNumber> removed;
  std::vector<std::vector<Posting>> recent(fingerprints.size());
  {
    const MutexLock lock(mutex_);
    for (const Run& run : runs_) runs.push_back(run.postings);
    removed = removed_;
    for (size_t i = 0; i < fingerprints.size(); ++i) {
      FindInMemory(fingerprints[i], per_hash, recent[i]);
    }
  }
  std::vector<PostingHit> hits;
  std::vector<size_t> counts(fingerprints.size());
  const auto take = [&](size_t i, const Posting& posting) {
    hits.push_back({static_cast<uint32_t>(i), posting});
    ++counts[i];
  };
  for (const RunPointer& run : runs) {
    for (const Fingerprint& each : fingerprints) run->PrefetchDirectory(each.hash);
    for (const Fingerprint& each : fingerprints) run->PrefetchPostings(each.hash);
    for (size_t i = 0; i < fingerprints.size(); ++i) {
      const uint64_t hash = fingerprints[i].hash;
      for (uint64_t at = run->LowerBound(hash); counts[i] < per_hash && at < run->size(); ++at) {
        const HashedPosting found = run->At(at);
        if (found.hash != hash) break;
        if (!std::binary_search(removed.begin(), removed.end(), found.posting.document)) {
          take(i, found.posting);
        }
      }
    }
  }
  for (size_t i = 0; i < fingerprints.size(); ++i) {
    for (const Posting& posting : recent[i]) {
      if (counts[i] < per_hash) take(i, posting);
    }
  }
  std::stable_sort(hits.begin(), hits.end(), [](const PostingHit& a, const PostingHit& b) {
    return a.fingerprint < b.fingerprint;
  });
  return hits;
}

DocumentNumber FilePassageIndex::flushed_through() const {
  const MutexLock lock(mutex_);
  return held_.size() > 1 ? held_[1].posting.posting.document - 1 : last_;
}

size_t FilePassageIndex::run_count() const {
  const MutexLock lock(mutex_);
  return runs_.size();
}

absl::Status FilePassageIndex::Compact() {
  for (;;) {
    std::vector<Run> due;
    std::vector<DocumentNumber> removed;
    Run merged;
    {
      const MutexLock lock(mutex_);
      // The newest `fan_in` neighbours of one level; older runs are never of a lower level.
      for (size_t end = runs_.size(); end >= options_.fan_in && due.empty(); --end) {
        const size_t begin = end - options_.fan_in;
        if (runs_[begin].level == runs_[end - 1].level) {
          due.assign(runs_.begin() + static_cast<ptrdiff_t>(begin),
                     runs_.begin() + static_cast<ptrdiff_t>(end));
        }
      }
      if (due.empty()) return absl::OkStatus();
      removed = removed_;
      merged = {fmt::format("{:08}.run", next_file_++), due.front().level + 1, nullptr};
    }
    std::vector<RunPointer> sources;
    for (const Run& run : due) sources.push_back(run.postings);
    if (absl::Status status = MergeRuns(folder_ / merged.file, sources, removed); !status.ok()) {
      return status;
    }
    absl::StatusOr<RunPointer> opened = PostingRun::Open(folder_ / merged.file);
    if (!opened.ok()) return opened.status();
    merged.postings = *std::move(opened);
    {
      const MutexLock lock(mutex_);
      const auto first = std::find_if(runs_.begin(), runs_.end(),
                                      [&](const Run& run) { return run.file == due.front().file; });
      *first = std::move(merged);
      runs_.erase(first + 1, first + static_cast<ptrdiff_t>(due.size()));
      if (absl::Status status = SaveState(); !status.ok()) return status;
    }
    // Readers that still hold a merged run keep its mapping; the name can go.
    std::error_code ignored;
    for (const Run& run : due) fs::remove(folder_ / run.file, ignored);
  }
}

}  // namespace consilience::ingest
