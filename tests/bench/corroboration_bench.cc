// What recording a document and reading a claim cost, as the corpus grows.
//
//   build/bench/corroboration_bench [--writes|--reads] [--unrefreshed] [STORE] [DOCUMENTS…]
//
// STORE is memory, sqlite (durable, in a temporary folder), sqlite:FOLDER, which is kept and gone
// on with by the next run, or the URI of an empty PostgreSQL database; DOCUMENTS are sizes of the
// corpus at which to measure, rising; 10000 100000 when none are given. One line a size:
//
//   documents
//   grown: documents/s on the way there, recorded by 16 at once and refreshed as the service does
//   by: documents/s recorded by one, and by 16 at once (gate for PostgreSQL: 400)
//   record: p50 p99 µs of one document
//   cpu: µs of processor time for a document by one, and by 16
//   refresh: ms for 1000 documents, and ms of processor time
//
// and, unless --writes is given, p50 and p99 of each kind of read. What a refresh frees, the
// allocator sorts when the threads that had it next record: .4 s of work after one over 60000
// documents. That is part of what refreshing costs, and in "grown"; so 16 record some thousand
// documents before theirs are measured.
//
// With --unrefreshed nothing is refreshed: what recording alone costs, and a million documents in a
// quarter of the time.
//
// With --reads reading alone is measured, of a corpus where most events are told once (2.25 claims
// a document), and nothing is refreshed on the way: that would move scores, and neither how many
// claims there are nor what they rest on. What recording cost on the way from one size to the next
// is told as well.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/engine/refresh_pace.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "tests/bench/corroboration_corpus.h"
#include "tests/bench/corroboration_reads.h"
#include "tests/bench/corroboration_timing.h"

namespace consilience::corroboration::bench {
namespace {

constexpr int64_t kMeasured = 2000;
constexpr int64_t kSettling = 6000;
constexpr std::string_view kKept = "sqlite:";
// As two replicas of ingest do that work on 8 documents each.
constexpr int kWriters = 16;

// Of all threads. On a machine that does other work as well it says more than the clock.
double ProcessorMicros() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

class Bench {
 public:
  Bench(std::unique_ptr<Store> store, Corpus::Shape shape)
      : store_(std::move(store)), corpus_(shape), ids_(common::RealClock()) {
    const Engine::Parts parts{*store_,      DefaultConfiguration(), places_,
                              calibration_, common::RealClock(),    ids_};
    auto engine = Engine::Open(parts, *SourceDirectory::Parse(kDefaultSourcesTsv, "sources"));
    Require(engine.status());
    engine_ = *std::move(engine);
    next_ = Recorded();
  }

  // With a refresh whenever the service would begin one: what a round costs grows with the corpus,
  // and so does the pause after it (docs/decisions/0006).
  void GrowTo(int64_t documents, bool refresh) {
    const int64_t before = next_;
    const auto started = Clock::now();
    const double worked = ProcessorMicros();
    auto rested = started;
    while (next_ < documents) {
      RecordTogether(std::min<int64_t>(1000, documents - next_));
      if (!refresh || (Clock::now() < rested && next_ < documents)) continue;
      const auto begin = Clock::now();
      Require(engine_->Refresh().status());
      rested = Clock::now() + kPauseOverRound * (Clock::now() - begin);
    }
    const auto added = static_cast<double>(next_ - before);
    grown_ = added / Micros(Clock::now() - started) * 1e6;
    worked_ = (ProcessorMicros() - worked) / std::max(1.0, added);
  }

  void ReportWrites(bool refresh) {
    const auto begin = Clock::now();
    const double before = ProcessorMicros();
    const Quantiles record = Measure(kMeasured, [&](int64_t) { Record(); });
    const double rate = static_cast<double>(kMeasured) / Micros(Clock::now() - begin) * 1e6;
    const double worked = (ProcessorMicros() - before) / kMeasured;
    RecordTogether(kSettling);
    const double recorded = ProcessorMicros();
    const double together = RecordTogether(kMeasured);
    const double worked_together = (ProcessorMicros() - recorded) / kMeasured;
    fmt::print(
        "{:>9} grown {:>6.0f}/s  by 1 {:>6.0f}/s  by 16 {:>6.0f}/s  record {:>6.0f} {:>6.0f}  cpu "
        "{:>5.0f} {:>5.0f}",
        next_.load(), grown_, rate, together, record.p50, record.p99, worked, worked_together);
    if (refresh) ReportRefresh(2 * kMeasured + kSettling);
    fmt::print("\n");
    std::fflush(stdout);
  }

  void ReportReads(bool grown) {
    if (grown) {
      fmt::print("recorded by 16 {:>6.0f}/s  cpu {:>5.0f} µs a document\n", grown_, worked_);
    }
    bench::ReportReads(*engine_, next_);
  }

 private:
  // Documents that an earlier run recorded.
  int64_t Recorded() {
    const auto has = [&](int64_t number) {
      const auto row = store_->FindDocument(Corpus::IdOf(number));
      Require(row.status());
      return row->has_value();
    };
    int64_t none = 1;
    while (has(none - 1)) none *= 2;
    int64_t some = none / 2;
    while (none - some > 1) {
      const int64_t middle = (none + some) / 2;
      (has(middle - 1) ? some : none) = middle;
    }
    return some;
  }

  void ReportRefresh(int64_t recorded) {
    const auto begin = Clock::now();
    const double before = ProcessorMicros();
    Require(engine_->Refresh().status());
    const auto documents = static_cast<double>(recorded);
    fmt::print("  refresh {:>7.1f} cpu {:>6.1f} ms", Micros(Clock::now() - begin) / documents,
               (ProcessorMicros() - before) / documents);
  }

  void Record() { Require(engine_->Record(corpus_.Document(next_++)).status()); }

  // Documents a second.
  double RecordTogether(int64_t documents) {
    const auto begin = Clock::now();
    std::atomic<int64_t> left = documents;
    std::vector<std::thread> writers;
    writers.reserve(kWriters);
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([&] {
        while (left-- > 0) Record();
      });
    }
    for (std::thread& writer : writers) writer.join();
    return static_cast<double>(documents) / Micros(Clock::now() - begin) * 1e6;
  }

  std::unique_ptr<Store> store_;
  const Corpus corpus_;
  common::UuidV7Generator ids_;
  PlaceHierarchy places_;
  CalibrationMap calibration_;
  std::unique_ptr<Engine> engine_;
  std::atomic<int64_t> next_ = 0;
  double grown_ = 0.0;   // documents a second, refreshes included
  double worked_ = 0.0;  // processor time of a document, likewise
};

std::unique_ptr<Store> OpenSqlite(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  auto store = SqliteStore::Open((folder / "corroboration.db").string());
  Require(store.status());
  return *std::move(store);
}

std::unique_ptr<Store> OpenPostgres(const std::string& uri) {
  const auto target = common::postgres::ReadTarget(uri);
  Require(target.status());
  auto store = PostgresStore::Open(*target);
  Require(store.status());
  return *std::move(store);
}

std::unique_ptr<Store> OpenStore(const std::string& kind, const std::filesystem::path& folder) {
  if (kind == "sqlite") return OpenSqlite(folder);
  if (kind.starts_with(kKept)) return OpenSqlite(kind.substr(kKept.size()));
  if (kind.starts_with("postgres")) return OpenPostgres(kind);
  return std::make_unique<MemoryStore>();
}

}  // namespace

int Main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool reads = std::erase(arguments, "--writes") == 0;
  const bool writes = std::erase(arguments, "--reads") == 0;
  const bool refresh = std::erase(arguments, "--unrefreshed") == 0 && writes;
  const std::string kind = arguments.empty() ? "memory" : arguments.front();
  std::vector<int64_t> sizes;
  for (size_t i = 1; i < arguments.size(); ++i) sizes.push_back(std::atoll(arguments[i].c_str()));
  if (sizes.empty()) sizes = {10'000, 100'000};
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("corroboration-bench-{}", ::getpid());
  {
    Bench bench(OpenStore(kind, folder),
                writes ? Corpus::Shape::kTold : Corpus::Shape::kMostlyOnce);
    for (const int64_t size : sizes) {
      bench.GrowTo(size, refresh);
      if (writes) bench.ReportWrites(refresh);
      if (reads) bench.ReportReads(/*grown=*/!writes);
    }
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace consilience::corroboration::bench

int main(int argc, char** argv) { return consilience::corroboration::bench::Main(argc, argv); }
