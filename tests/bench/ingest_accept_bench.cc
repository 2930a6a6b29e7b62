// How fast documents become durable: normalised text to committed rows, fingerprints indexed, on
// an embedded store with synchronous=FULL. A tenth of the texts are near-copies of earlier ones.
//
// The gate is 2,000 documents/s (items_per_second) on two cores with texts of about 4.5 kB; the
// argument is how many documents the store holds already, in thousands, so that the growth of the
// cost is seen as well.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "services/common/time/clock.h"
#include "services/ingest/ledger/group_commit.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/store/sqlite/sqlite_store.h"

namespace consilience::ingest {
namespace {

constexpr size_t kWords = 750;
constexpr size_t kVocabulary = 30'000;

// Prose as an index sees it: words of a skewed vocabulary, in sentences.
class Texts {
 public:
  std::string Next() {
    if (!last_.empty() && random_() % 10 == 0) {
      std::string copy = last_;
      copy.insert(copy.size() / 2, Word());
      return copy;
    }
    last_.clear();
    for (size_t i = 0; i < kWords; ++i) last_ += Word() + (i % 20 == 19 ? ". " : " ");
    return last_;
  }

 private:
  std::string Word() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    auto n = static_cast<uint64_t>(u * u * u * kVocabulary);
    std::string word;
    do {
      word += static_cast<char>('a' + n % 26);
      n /= 26;
    } while (n > 0);
    return word + "ed";
  }

  std::mt19937_64 random_{20161122};
  std::string last_;
};

class Intake {
 public:
  Intake() {
    std::filesystem::remove_all(folder_);
    store_ = *SqliteStore::Open(folder_);
    ledger_ = std::make_unique<Ledger>(*store_, common::RealClock());
    commits_ = std::make_unique<GroupCommit>(*ledger_, GroupCommitOptions{}, [] {});
  }
  ~Intake() {
    commits_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Take(std::vector<std::string> texts) {
    std::vector<std::future<absl::StatusOr<Receipt>>> receipts;
    for (std::string& text : texts) {
      Arrival arrival;
      arrival.document.text = std::move(text);
      arrival.document.format = "text/plain";
      arrival.document.language = "en";
      receipts.push_back(commits_->Submit(std::move(arrival)));
    }
    for (auto& receipt : receipts) {
      if (!receipt.get().ok()) std::abort();
    }
  }

 private:
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / "consilience-ingest-bench";
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<GroupCommit> commits_;
};

std::vector<std::string> Make(Texts& texts, size_t count) {
  std::vector<std::string> made(count);
  for (std::string& text : made) text = texts.Next();
  return made;
}

void BM_Accept(benchmark::State& state) {
  constexpr size_t kBatch = 1000;
  Texts texts;
  Intake intake;
  for (int64_t i = 0; i < state.range(0); ++i) intake.Take(Make(texts, kBatch));
  for (auto _ : state) {
    state.PauseTiming();
    auto batch = Make(texts, kBatch);
    state.ResumeTiming();
    intake.Take(std::move(batch));
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kBatch));
}
BENCHMARK(BM_Accept)->Arg(0)->Arg(20)->Arg(100)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace consilience::ingest
