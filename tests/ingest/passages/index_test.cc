// Every passage index keeps the same contract; the one of files also survives being opened again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>

#include "services/ingest/passages/file_index.h"
#include "services/ingest/passages/memory_index.h"

namespace consilience::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string path = (fs::temp_directory_path() / "passage-index-XXXXXX").string();
    path_ = mkdtemp(path.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::unique_ptr<FilePassageIndex> Open(const Folder& folder, FileIndexOptions options = {},
                                       std::vector<DocumentNumber> removed = {}) {
  auto index = FilePassageIndex::Open(folder.path(), options, std::move(removed));
  EXPECT_TRUE(index.ok()) << index.status();
  return *std::move(index);
}

void KeepsTheContract(PassageIndex& index) {
  const std::vector<Fingerprint> one = {{7, 0}, {9, 3}, {7, 8}};
  const std::vector<Fingerprint> two = {{9, 1}};
  ASSERT_TRUE(index.Add(1, one).ok());
  ASSERT_TRUE(index.Add(2, two).ok());
  ASSERT_TRUE(index.Add(2, one).ok());  // there already
  const std::vector<Fingerprint> asked = {{9, 0}, {8, 1}, {7, 2}};
  EXPECT_THAT(*index.Find(asked, 9), ElementsAre(PostingHit{0, {1, 3}}, PostingHit{0, {2, 1}},
                                                 PostingHit{2, {1, 0}}, PostingHit{2, {1, 8}}));
  EXPECT_THAT(*index.Find(asked, 1), ElementsAre(PostingHit{0, {1, 3}}, PostingHit{2, {1, 0}}));
  EXPECT_THAT(*index.Find({}, 1), IsEmpty());
  ASSERT_TRUE(index.Remove(1).ok());
  ASSERT_TRUE(index.Remove(1).ok());
  ASSERT_TRUE(index.Remove(77).ok());
  EXPECT_THAT(*index.Find(asked, 9), ElementsAre(PostingHit{0, {2, 1}}));
}

TEST(PassageIndex, MemoryKeepsTheContract) {
  MemoryPassageIndex index;
  KeepsTheContract(index);
}

TEST(PassageIndex, FilesKeepTheContract) {
  const Folder folder;
  KeepsTheContract(*Open(folder));
}

std::vector<Fingerprint> RandomFingerprints(std::mt19937_64& random, size_t count) {
  std::vector<Fingerprint> fingerprints;
  for (size_t i = 0; i < count; ++i) {
    // Some hashes are common, most are spread over all values.
    const uint64_t hash = random() % 4 == 0 ? random() % 50 : random() & kHashMask;
    fingerprints.push_back({hash, static_cast<uint32_t>(i * 3)});
  }
  return fingerprints;
}

// Whatever is flushed, merged, removed and opened again, both give the same answers.
TEST(PassageIndex, FilesAnswerAsMemoryDoes) {
  std::mt19937_64 random(3);
  const Folder folder;
  const FileIndexOptions options{.memory_postings = 500, .fan_in = 3};
  std::unique_ptr<FilePassageIndex> files = Open(folder, options);
  MemoryPassageIndex memory;
  std::set<DocumentNumber> removed;
  std::vector<std::vector<Fingerprint>> documents(1);
  for (DocumentNumber number = 1; number <= 400; ++number) {
    documents.push_back(RandomFingerprints(random, 1 + random() % 40));
    ASSERT_TRUE(files->Add(number, documents.back()).ok());
    ASSERT_TRUE(memory.Add(number, documents.back()).ok());
    if (random() % 10 == 0) {
      ASSERT_TRUE(files->Settle().ok());
    }
    if (random() % 20 == 0) {
      const auto gone = static_cast<DocumentNumber>(1 + random() % number);
      ASSERT_TRUE(files->Remove(gone).ok());
      ASSERT_TRUE(memory.Remove(gone).ok());
      removed.insert(gone);
    }
    if (random() % 50 == 0) {
      files.reset();
      files = Open(folder, options, {removed.begin(), removed.end()});
      for (DocumentNumber again = files->flushed_through() + 1; again <= number; ++again) {
        ASSERT_TRUE(files->Add(again, documents[again]).ok());
      }
    }
    const auto& asked = documents[1 + random() % number];
    ASSERT_EQ(*files->Find(asked, 8), *memory.Find(asked, 8)) << "after document " << number;
    ASSERT_EQ(*files->Find(asked, 1000), *memory.Find(asked, 1000)) << "after document " << number;
  }
  ASSERT_TRUE(files->Settle().ok());
  EXPECT_EQ(files->flushed_through(), 400U);
  EXPECT_LT(files->run_count(), 12U);
}

TEST(FileIndex, TakesLessThanFifteenBytesAFingerprint) {
  std::mt19937_64 random(4);
  const Folder folder;
  const auto index = Open(folder);
  size_t count = 0;
  for (DocumentNumber number = 1; number <= 300; ++number) {
    count += 167;
    ASSERT_TRUE(index->Add(number, RandomFingerprints(random, 167)).ok());
  }
  ASSERT_TRUE(index->Settle().ok());
  size_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(folder.path())) bytes += entry.file_size();
  EXPECT_LT(bytes, count * 15);
}

TEST(FileIndex, ADamagedRunIsSaidToBeOne) {
  const Folder folder;
  {
    const auto index = Open(folder);
    ASSERT_TRUE(index->Add(1, std::vector<Fingerprint>{{1, 2}, {3, 4}}).ok());
    ASSERT_TRUE(index->Settle().ok());
  }
  std::fstream file(folder.path() / "00000001.run",
                    std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(40);
  file.put('x');
  file.close();
  EXPECT_EQ(FilePassageIndex::Open(folder.path()).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace consilience::ingest
