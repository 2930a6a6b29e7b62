// How fast documents become durable, and how that changes as the store grows: normalised text to
// committed rows on an embedded store with synchronous=FULL, fingerprints indexed. A tenth of the
// texts are near-copies of earlier ones. Run by hand, on an otherwise idle machine:
//
//   build/bench/ingest_accept_bench [DOCUMENTS, 200000] [FOLDER, or the URI of an empty PostgreSQL]
//
// The gates are 2,000 documents/s with texts of about 4.5 kB, the cost of a document at the end at
// most 1.3 times that at the beginning, and 40 bytes of index for a fingerprint. The first tenth is
// compared with the last, for single steps meet or miss a merge. The exit code is 1 when a gate is
// missed. Over PostgreSQL the gate is 400 documents/s.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "services/common/time/clock.h"
#include "services/ingest/ledger/group_commit.h"
#include "services/ingest/ledger/ledger.h"
#include "services/ingest/store/postgres/postgres_store.h"
#include "services/ingest/store/sqlite/sqlite_store.h"

namespace consilience::ingest {
namespace {

constexpr size_t kWords = 780;
constexpr size_t kVocabulary = 30'000;
constexpr size_t kSteps = 20;

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

struct Taken {
  size_t bytes = 0;
  size_t fingerprints = 0;
};

class Intake {
 public:
  explicit Intake(std::unique_ptr<Store> store)
      : store_(std::move(store)),
        ledger_(*store_, common::RealClock()),
        commits_(std::make_unique<GroupCommit>(ledger_, GroupCommitOptions{}, [] {})) {}

  Taken Take(std::vector<std::string> texts) {
    Taken taken;
    std::vector<std::future<absl::StatusOr<Receipt>>> receipts;
    for (std::string& text : texts) {
      Arrival arrival;
      arrival.document.text = std::move(text);
      arrival.document.format = "text/plain";
      arrival.document.language = "en";
      Prepare(arrival);
      taken.bytes += arrival.document.text.size();
      taken.fingerprints += arrival.fingerprints.size();
      receipts.push_back(commits_->Submit(std::move(arrival)));
    }
    for (auto& receipt : receipts) {
      if (!receipt.get().ok()) std::abort();
    }
    return taken;
  }

 private:
  std::unique_ptr<Store> store_;
  Ledger ledger_;
  std::unique_ptr<GroupCommit> commits_;
};

uintmax_t BytesIn(const std::filesystem::path& folder) {
  uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) bytes += entry.file_size();
  return bytes;
}

// Of all threads, the making of the texts included: steady where others use the machine too.
double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

bool IsShared(const std::string& place) { return place.starts_with("postgres"); }

std::unique_ptr<Store> OpenStore(const std::string& place) {
  if (IsShared(place)) return *PostgresStore::Open(*common::postgres::ReadTarget(place));
  std::filesystem::remove_all(place);
  return *SqliteStore::Open(place);
}

int Run(size_t documents, const std::string& place) {
  constexpr size_t kBatch = 500;
  Texts texts;
  Taken all;
  std::vector<double> seconds;
  {
    Intake intake(OpenStore(place));
    const size_t step = documents / kSteps;
    fmt::print("{:>9}  {:>6}  {:>7}  {:>7}\n", "documents", "docs/s", "µs each", "µs CPU");
    for (size_t done = 0; seconds.size() < kSteps;) {
      double spent = 0;
      const double cpu = CpuSeconds();
      for (size_t in_step = 0; in_step < step; in_step += kBatch) {
        std::vector<std::string> batch(std::min(kBatch, step - in_step));
        for (std::string& text : batch) text = texts.Next();
        const auto begin = std::chrono::steady_clock::now();
        const Taken taken = intake.Take(std::move(batch));
        spent += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        all.bytes += taken.bytes;
        all.fingerprints += taken.fingerprints;
      }
      done += step;
      seconds.push_back(spent / static_cast<double>(step));
      fmt::print("{:>9}  {:>6.0f}  {:>7.0f}  {:>7.0f}\n", done, 1 / seconds.back(),
                 1e6 * seconds.back(), 1e6 * (CpuSeconds() - cpu) / static_cast<double>(step));
      static_cast<void>(std::fflush(stdout));
    }
  }
  const auto mean_of = [&](size_t first) { return (seconds[first] + seconds[first + 1]) / 2; };
  const double ratio = mean_of(kSteps - 2) / mean_of(0);
  const double slowest = *std::max_element(seconds.begin(), seconds.end());
  if (IsShared(place)) {
    fmt::print("{} bytes a text; slowest step {:.0f}/s; last tenth costs {:.2f} times the first\n",
               all.bytes / documents, 1 / slowest, ratio);
    return 1 / slowest >= 400 ? 0 : 1;
  }
  const std::filesystem::path folder = place;
  const double index_bytes =
      static_cast<double>(BytesIn(folder / "passages")) / static_cast<double>(all.fingerprints);
  fmt::print(
      "{} bytes a text; slowest step {:.0f}/s; last tenth costs {:.2f} times the first; {:.1f} "
      "bytes of index a fingerprint; store {} MB\n",
      all.bytes / documents, 1 / slowest, ratio, index_bytes,
      std::filesystem::file_size(folder / "ingest.db") / 1'000'000);
  std::filesystem::remove_all(folder);
  return 1 / slowest >= 2000 && ratio <= 1.3 && index_bytes <= 40 ? 0 : 1;
}

}  // namespace
}  // namespace consilience::ingest

int main(int argc, char** argv) {
  const size_t documents = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 200'000;
  const std::string place =
      argc > 2 ? argv[2] : std::filesystem::temp_directory_path() / "consilience-ingest-bench";
  return consilience::ingest::Run(std::max<size_t>(documents, 20), place);
}
