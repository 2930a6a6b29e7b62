// Text view, numbers, times and quantities over distinct articles, a stage at a time, and over
// hostile text. CONSILIENCE_BENCH_DOCS may name a JSONL file with a "text" a line; without it the
// seed articles serve.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/quantity/quantity_tagger.h"
#include "services/extraction/text/text.h"
#include "services/extraction/time/time_tagger.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

struct Stages {
  Vocabulary vocabulary;
  std::optional<TextAnalyser> text;
  std::optional<NumberReader> numbers;
  std::optional<TimeTagger> times;
  std::optional<QuantityTagger> quantities;

  Stages() {
    const std::filesystem::path rules =
        std::filesystem::path(consilience::testing::SourceFile("services/extraction/rules"));
    text.emplace(*TextAnalyser::Load(rules, vocabulary));
    numbers.emplace(*NumberReader::Load(rules, vocabulary));
    times.emplace(*TimeTagger::Load(rules, vocabulary));
    quantities.emplace(*QuantityTagger::Load(rules, vocabulary));
  }
};

const Stages& Loaded() {
  static const Stages* const stages = new Stages;
  return *stages;
}

std::vector<std::string> ReadDocuments() {
  std::vector<std::string> documents;
  if (const char* file = std::getenv("CONSILIENCE_BENCH_DOCS")) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      documents.push_back(nlohmann::json::parse(line)["text"]);
    }
    return documents;
  }
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(consilience::testing::SourceFile("seeds/articles")))) {
    std::ostringstream content;
    content << std::ifstream(entry.path()).rdbuf();
    documents.push_back(content.str());
  }
  return documents;
}

const std::vector<std::string>& Documents() {
  static const auto* const documents = new std::vector<std::string>(ReadDocuments());
  return *documents;
}

// Stages up to and with the given one: 0 text, 1 numbers, 2 times, 3 quantities.
void RunStages(const std::string& stored, int last) {
  const Stages& stages = Loaded();
  const Text text = stages.text->Analyse(stored);
  benchmark::DoNotOptimize(text.size());
  if (last < 1) return;
  std::vector<Number> numbers = stages.numbers->Read(text);
  if (last < 2) return;
  const std::vector<TimeMention> times = stages.times->Tag(text, numbers, "2016-11-22");
  if (last < 3) return;
  benchmark::DoNotOptimize(stages.quantities->Tag(text, times, numbers));
}

void BM_Articles(benchmark::State& state) {
  const auto& documents = Documents();
  Loaded();
  size_t next = 0;
  int64_t bytes = 0;
  for (auto _ : state) {
    const std::string& document = documents[next++ % documents.size()];
    RunStages(document, static_cast<int>(state.range(0)));
    bytes += static_cast<int64_t>(document.size());
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Articles)->DenseRange(0, 3);

// The time per byte must not grow with the length.
void Hostile(benchmark::State& state, const std::string& unit) {
  std::string stored;
  while (stored.size() < static_cast<size_t>(state.range(0))) stored += unit;
  for (auto _ : state) RunStages(stored, 3);
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(stored.size()));
}

#define HOSTILE(name, unit)                                         \
  void BM_##name(benchmark::State& state) { Hostile(state, unit); } \
  BENCHMARK(BM_##name)->RangeMultiplier(10)->Range(10'000, 1'000'000)
HOSTILE(NumberWords, "one hundred and two thousand ");
HOSTILE(AndHalves, "two and a half and ");
HOSTILE(Digits, "7");
HOSTILE(SpacedDigits, "123 ");
HOSTILE(Quotes, "\"'");
HOSTILE(DeepQuotes, "\u201C");
HOSTILE(Domains, "ab.");
HOSTILE(Clocks, "10 a.m. ");
HOSTILE(Weekdays, "late on Friday the week of ");
HOSTILE(Bounds, "at least more than about some ");
HOSTILE(Stops, ". ");
#undef HOSTILE

}  // namespace
}  // namespace consilience::extraction
