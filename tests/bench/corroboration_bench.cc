// What recording a document and reading a claim cost, as the corpus grows.
//
//   build/bench/corroboration_bench [--writes] [STORE] [DOCUMENTS…]
//
// STORE is memory, sqlite (durable, in a temporary folder) or the URI of an empty PostgreSQL
// database; DOCUMENTS are sizes of the corpus at which to measure, rising; 10000 100000 when none
// are given. One line a size:
//
//   documents
//   grown: documents/s on the way there, recorded by 16 at once and refreshed as the service does
//   by: documents/s recorded by one, and by 16 at once (gate for PostgreSQL: 400)
//   record: p50 p99 µs of one document
//   cpu: µs of processor time for a document by one, and by 16
//   refresh: ms for 1000 documents, and ms of processor time
//   get, explain, list (page of 50): p50 p99 µs, unless --writes is given
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
#include <thread>
#include <vector>

#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/corroboration/config/default_configuration.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/service/handlers.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "tests/bench/corroboration_corpus.h"

namespace consilience::corroboration::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int64_t kMeasured = 2000;
constexpr int kReads = 1000;
// As two replicas of ingest do that work on 8 documents each.
constexpr int kWriters = 16;
// The pause after a round, in rounds.
constexpr int kPauses = 4;

double Micros(Clock::duration elapsed) {
  return std::chrono::duration<double, std::micro>(elapsed).count();
}

struct Quantiles {
  double p50 = 0.0;
  double p99 = 0.0;
};

// Of all threads. On a machine that does other work as well it says more than the clock.
double ProcessorMicros() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

template <typename Work>
Quantiles Measure(int64_t times, Work work) {
  std::vector<double> micros;
  for (int64_t i = 0; i < times; ++i) {
    const auto begin = Clock::now();
    work(i);
    micros.push_back(Micros(Clock::now() - begin));
  }
  std::sort(micros.begin(), micros.end());
  return {micros[micros.size() / 2], micros[micros.size() * 99 / 100]};
}

void Require(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}\n", status.ToString());
  std::exit(1);
}

class Bench {
 public:
  explicit Bench(std::unique_ptr<Store> store)
      : store_(std::move(store)), ids_(common::RealClock()) {
    const Engine::Parts parts{*store_,      DefaultConfiguration(), places_,
                              calibration_, common::RealClock(),    ids_};
    auto engine = Engine::Open(parts, *SourceDirectory::Parse(kDefaultSourcesTsv, "sources"));
    Require(engine.status());
    engine_ = *std::move(engine);
  }

  // With a refresh whenever the service would begin one: what a round costs grows with the corpus,
  // and so does the pause after it (docs/decisions/0006).
  void GrowTo(int64_t documents) {
    const int64_t before = next_;
    const auto started = Clock::now();
    auto rested = started;
    while (next_ < documents) {
      RecordTogether(std::min<int64_t>(1000, documents - next_));
      if (Clock::now() < rested && next_ < documents) continue;
      const auto begin = Clock::now();
      Require(engine_->Refresh().status());
      rested = Clock::now() + kPauses * (Clock::now() - begin);
    }
    grown_ = static_cast<double>(next_ - before) / Micros(Clock::now() - started) * 1e6;
  }

  void Report(bool reads) {
    const auto begin = Clock::now();
    const double before = ProcessorMicros();
    const Quantiles record = Measure(kMeasured, [&](int64_t) { Record(); });
    const double rate = static_cast<double>(kMeasured) / Micros(Clock::now() - begin) * 1e6;
    const double worked = (ProcessorMicros() - before) / kMeasured;
    const auto refresh = Clock::now();
    const double unrefreshed = ProcessorMicros();
    Require(engine_->Refresh().status());
    const double refreshed = Micros(Clock::now() - refresh) / kMeasured;
    const double recorded = ProcessorMicros();
    const double together = RecordTogether(kMeasured);
    fmt::print(
        "{:>9} grown {:>6.0f}/s  by 1 {:>6.0f}/s  by 16 {:>6.0f}/s  record {:>6.0f} {:>6.0f}  cpu "
        "{:>5.0f} {:>5.0f}  refresh {:>7.1f} cpu {:>6.1f} ms",
        next_.load(), grown_, rate, together, record.p50, record.p99, worked,
        (ProcessorMicros() - recorded) / kMeasured, refreshed,
        (recorded - unrefreshed) / kMeasured);
    Require(engine_->Refresh().status());
    std::fflush(stdout);
    if (reads) ReportReads();
    fmt::print("\n");
  }

 private:
  void ReportReads() {
    const std::vector<std::string> claims = SomeClaims();
    const Quantiles get = Measure(kReads, [&](int64_t i) { Get(claims[Pick(i, claims)]); });
    const Quantiles explain = Measure(kReads, [&](int64_t i) { Explain(claims[Pick(i, claims)]); });
    const Quantiles list = Measure(kReads / 10, [&](int64_t i) { List(i, ""); });
    const Quantiles filtered =
        Measure(kReads / 10, [&](int64_t i) { List(i, "state = DISPUTED AND kind = CASUALTY"); });
    const Quantiles placed = Measure(kReads / 10, [&](int64_t i) {
      List(i, fmt::format("place = \"Place {}\"", i * 37 % 4000));
    });
    fmt::print(
        "  get {:>5.0f} {:>6.0f}  explain {:>5.0f} {:>6.0f}  list {:>6.0f} {:>7.0f}  by state "
        "{:>6.0f} {:>7.0f}  by place {:>6.0f} {:>7.0f}",
        get.p50, get.p99, explain.p50, explain.p99, list.p50, list.p99, filtered.p50, filtered.p99,
        placed.p50, placed.p99);
    std::fflush(stdout);
  }

  void Record() { Require(engine_->Record(Corpus::Document(next_++)).status()); }

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

  static size_t Pick(int64_t i, const std::vector<std::string>& claims) {
    return static_cast<size_t>(i * 7919) % claims.size();
  }

  // Of documents from all over the corpus.
  std::vector<std::string> SomeClaims() {
    std::vector<std::string> claims;
    for (int64_t i = 0; i < kReads; ++i) {
      const auto questions =
          store_->QuestionsOfDocument(Corpus::Document(i * next_ / kReads).document.id);
      Require(questions.status());
      for (const QuestionPtr& question : *questions) {
        for (const ClaimRow& row : question->claims) claims.push_back("claims/" + row.id);
      }
    }
    return claims;
  }

  void Get(const std::string& name) {
    v1::GetClaimRequest request;
    request.set_name(name);
    v1::Claim response;
    Require(GetClaim(*engine_, request, response));
  }
  void Explain(const std::string& name) {
    v1::ExplainClaimRequest request;
    request.set_name(name);
    v1::Explanation response;
    Require(ExplainClaim(*engine_, request, response));
  }
  // The first page, and the second of every other call.
  void List(int64_t i, const std::string& filter) {
    v1::ListClaimsRequest request;
    request.set_filter(filter);
    request.set_page_size(50);
    request.set_order_by(i % 3 == 0 ? "update_time desc" : "score desc");
    v1::ListClaimsResponse response;
    Require(ListClaims(*engine_, request, response));
  }

  std::unique_ptr<Store> store_;
  common::UuidV7Generator ids_;
  PlaceHierarchy places_;
  CalibrationMap calibration_;
  std::unique_ptr<Engine> engine_;
  std::atomic<int64_t> next_ = 0;
  double grown_ = 0.0;  // documents a second, refreshes included
};

}  // namespace

int Main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool reads = std::erase(arguments, "--writes") == 0;
  const std::string kind = arguments.empty() ? "memory" : arguments.front();
  std::vector<int64_t> sizes;
  for (size_t i = 1; i < arguments.size(); ++i) sizes.push_back(std::atoll(arguments[i].c_str()));
  if (sizes.empty()) sizes = {10'000, 100'000};
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / fmt::format("corroboration-bench-{}", ::getpid());
  std::unique_ptr<Store> store = std::make_unique<MemoryStore>();
  if (kind == "sqlite") {
    std::filesystem::create_directories(folder);
    auto opened = SqliteStore::Open((folder / "corroboration.db").string());
    Require(opened.status());
    store = *std::move(opened);
  }
  if (kind.starts_with("postgres")) {
    const auto target = common::postgres::ReadTarget(kind);
    Require(target.status());
    auto opened = PostgresStore::Open(*target);
    Require(opened.status());
    store = *std::move(opened);
  }
  {
    Bench bench(std::move(store));
    for (const int64_t size : sizes) {
      bench.GrowTo(size);
      bench.Report(reads);
    }
  }
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace consilience::corroboration::bench

int main(int argc, char** argv) { return consilience::corroboration::bench::Main(argc, argv); }
