// A table of the size of a month of flights: 38 sources, of which families of six, four, three and
// three republish one another, 206 thousand items of six attributes, 2.8 million claims.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/table_reader.h"
#include "services/corroboration/truth/writers.h"

namespace consilience::corroboration {
namespace {

constexpr int kObjects = 34400;
constexpr int kAttributes = 6;
constexpr int kSources = 38;
constexpr double kCoverage = 0.36;

// Source → the one whose word it repeats.
int OriginOf(int source) {
  for (const auto& [first, size] :
       {std::pair(0, 6), std::pair(6, 4), std::pair(10, 3), std::pair(13, 3)}) {
    if (source >= first && source < first + size) return first;
  }
  return source;
}

const std::string& ClaimsText() {
  static const std::string* const text = [] {
    std::mt19937 random(7);
    const auto chance = [&](double p) { return static_cast<double>(random()) < p * 4294967296.0; };
    auto* out = new std::string;
    for (int o = 0; o < kObjects; ++o) {
      for (int a = 0; a < kAttributes; ++a) {
        const int truth = static_cast<int>(random() % 1440);
        std::vector<int> said(kSources, -1);
        for (int s = 0; s < kSources; ++s) {
          const int origin = OriginOf(s);
          if (origin != s) {
            said[static_cast<std::size_t>(s)] = said[static_cast<std::size_t>(origin)];
          } else if (chance(kCoverage)) {
            said[static_cast<std::size_t>(s)] =
                chance(0.85) ? truth : (truth + 5 + static_cast<int>(random() % 60)) % 1440;
          }
          if (said[static_cast<std::size_t>(s)] < 0) continue;
          fmt::format_to(std::back_inserter(*out), "flight-{}\tattribute-{}\tsource-{}\t{}\t\n", o,
                         a, s, said[static_cast<std::size_t>(s)]);
        }
      }
    }
    return out;
  }();
  return *text;
}

TruthTable ReadAll() {
  Kinds kinds;
  for (int a = 0; a < kAttributes; ++a) {
    kinds[fmt::format("attribute-{}", a)] = {ValueKind::kTime, 10.0, 0.0};
  }
  std::istringstream in(ClaimsText());
  TableBuilder builder(std::move(kinds));
  if (!ReadClaims(in, "claims", &builder).ok()) std::abort();
  return std::move(builder).Build();
}

void BM_Read(benchmark::State& state) {
  for (auto _ : state) {
    const TruthTable table = ReadAll();
    state.counters["claims"] = static_cast<double>(table.claims.size());
  }
}
BENCHMARK(BM_Read)->Unit(benchmark::kMillisecond)->Iterations(1);

void BM_Score(benchmark::State& state, const std::string& method) {
  const TruthTable table = ReadAll();
  for (auto _ : state) {
    benchmark::DoNotOptimize(ScoreTable(table, {.method = method}));
  }
}
BENCHMARK_CAPTURE(BM_Score, consilience, "consilience")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);
BENCHMARK_CAPTURE(BM_Score, accucopy, "accucopy")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(BM_Score, pooledinvestment, "pooledinvestment")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

void BM_Write(benchmark::State& state) {
  const TruthTable table = ReadAll();
  const absl::StatusOr<TruthResult> result = ScoreTable(table, {.method = "vote"});
  for (auto _ : state) {
    std::ostringstream out;
    WriteTsv(table, *result, out);
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(BM_Write)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace consilience::corroboration
