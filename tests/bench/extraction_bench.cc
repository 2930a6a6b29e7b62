// Extraction on one core: the whole, each stage, and hostile text.
//
// The articles are those of seeds/articles, or the "text" and "date" of the JSONL file that
// CONSILIENCE_BENCH_CORPUS names; every iteration takes the next one. Counters: bytes/s and
// documents/s.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "services/extraction/attribution/attribution.h"
#include "services/extraction/extractor.h"
#include "services/extraction/frames/frame_finder.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/frames/units.h"
#include "services/extraction/json/analysis_json.h"
#include "services/extraction/place/place_finder.h"
#include "services/extraction/population/people_finder.h"
#include "services/extraction/quantity/quantity_tagger.h"
#include "services/extraction/time/time_tagger.h"
#include "tests/support/paths.h"

namespace consilience::extraction {
namespace {

struct Article {
  std::string text;
  std::string date;
};

std::filesystem::path Source() { return consilience::testing::SourceFile(""); }
std::filesystem::path RulesPath() { return Source() / "services/extraction/rules"; }

std::vector<Article> ReadArticles() {
  std::vector<Article> articles;
  if (const char* corpus = std::getenv("CONSILIENCE_BENCH_CORPUS"); corpus != nullptr) {
    std::ifstream in(corpus);
    for (std::string line; std::getline(in, line);) {
      const auto json = nlohmann::json::parse(line);
      const auto date = json.find("date");
      articles.push_back({json.at("text").get<std::string>(),
                          date != json.end() && date->is_string() ? date->get<std::string>() : ""});
    }
  } else {
    for (const auto& entry : std::filesystem::directory_iterator(Source() / "seeds/articles")) {
      std::ostringstream content;
      content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      articles.push_back({content.str(), "2016-11-22"});
    }
  }
  return articles;
}

const std::vector<Article>& Articles() {
  static const std::vector<Article> articles = ReadArticles();
  return articles;
}

template <typename Loaded>
Loaded OrDie(absl::StatusOr<Loaded> loaded) {
  if (!loaded.ok()) {
    std::cerr << loaded.status() << '\n';
    std::exit(1);
  }
  return *std::move(loaded);
}

const Extractor& Whole() {
  static const Extractor extractor = OrDie(Extractor::Load(RulesPath()));
  return extractor;
}

// Calls stage(article) for one article after the other and counts what went through.
template <typename Stage>
void RunOverArticles(benchmark::State& state, const Stage& stage) {
  size_t next = 0;
  int64_t bytes = 0;
  for (auto _ : state) {
    const Article& article = Articles()[next];
    next = (next + 1) % Articles().size();
    bytes += static_cast<int64_t>(article.text.size());
    stage(article);
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}

void BM_Load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Extractor::Load(RulesPath()));
}
BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

// Also counts the time that 99 of 100 articles stay below, in milliseconds.
void BM_Extract(benchmark::State& state) {
  Whole();
  std::vector<double> milliseconds;
  RunOverArticles(state, [&](const Article& article) {
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(Whole().Extract({article.text, article.date, ""}));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    milliseconds.push_back(took.count());
  });
  const auto p99 =
      milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() * 99 / 100);
  std::nth_element(milliseconds.begin(), p99, milliseconds.end());
  state.counters["p99_ms"] = *p99;
}
BENCHMARK(BM_Extract);

void BM_ExtractToJson(benchmark::State& state) {
  Whole();
  RunOverArticles(state, [](const Article& article) {
    benchmark::DoNotOptimize(
        ToJson("1", article.text, Whole().Extract({article.text, article.date, ""})));
  });
}
BENCHMARK(BM_ExtractToJson);

// The stages, as the extractor has them.
struct Stages {
  Vocabulary vocabulary;
  TextAnalyser text = OrDie(TextAnalyser::Load(RulesPath(), vocabulary));
  NumberReader numbers = OrDie(NumberReader::Load(RulesPath(), vocabulary));
  TimeTagger times = OrDie(TimeTagger::Load(RulesPath(), vocabulary));
  QuantityTagger quantities = OrDie(QuantityTagger::Load(RulesPath(), vocabulary));
  Gazetteer gazetteer = OrDie(Gazetteer::Load(RulesPath(), vocabulary));
  PlaceFinder places = OrDie(PlaceFinder::Load(RulesPath(), gazetteer, vocabulary));
  PopulationLexicon population = OrDie(PopulationLexicon::Load(RulesPath(), vocabulary));
  RulePacks packs = LoadPacks();
  PeopleFinder people{population, packs.classes()};
  UnitBuilder units{population, packs};
  FrameFinder frames{packs};
  AttributionFinder attributions = OrDie(AttributionFinder::Load(RulesPath(), vocabulary));

  RulePacks LoadPacks() {
    RulePacks loaded;
    for (const char* pack : {"grammar", "conflict", "general"}) {
      if (!loaded.Load(RulesPath() / pack, vocabulary).ok()) std::exit(1);
    }
    if (!loaded.Build(vocabulary).ok()) std::exit(1);
    return loaded;
  }
};

const Stages& AllStages() {
  static const Stages* stages = new Stages;
  return *stages;
}

// What the stages before made of each article; texts point into Articles().
struct Prepared {
  Text text;
  std::vector<Number> numbers;
  std::vector<TimeMention> times;
  std::vector<Quantity> quantities;
  std::vector<FoundPlace> places;
};

Prepared Prepare(const Article& article) {
  const Stages& stages = AllStages();
  Text text = stages.text.Analyse(article.text);
  std::vector<Number> numbers = stages.numbers.Read(text);
  std::vector<TimeMention> times = stages.times.Tag(text, numbers, article.date);
  std::vector<Quantity> quantities = stages.quantities.Tag(text, times, numbers);
  std::vector<FoundPlace> places = stages.places.Find(text);
  return {std::move(text), std::move(numbers), std::move(times), std::move(quantities),
          std::move(places)};
}

template <typename Stage>
void RunPrepared(benchmark::State& state, const Stage& stage) {
  static const std::vector<Prepared>* prepared = [] {
    auto* all = new std::vector<Prepared>;
    for (const Article& article : Articles()) all->push_back(Prepare(article));
    return all;
  }();
  size_t next = 0;
  int64_t bytes = 0;
  for (auto _ : state) {
    const Prepared& article = (*prepared)[next];
    next = (next + 1) % prepared->size();
    bytes += static_cast<int64_t>(article.text.stored().size());
    stage(article);
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}

Scene SceneOf(const Prepared& article) {
  return {article.text, AllStages().packs.words(), article.quantities, article.times,
          article.places};
}

void BM_Text(benchmark::State& state) {
  RunOverArticles(state, [](const Article& article) {
    benchmark::DoNotOptimize(AllStages().text.Analyse(article.text));
  });
}
BENCHMARK(BM_Text);

void BM_Quantities(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    std::vector<Number> numbers = AllStages().numbers.Read(article.text);
    benchmark::DoNotOptimize(AllStages().quantities.Tag(article.text, article.times, numbers));
  });
}
BENCHMARK(BM_Quantities);

void BM_Times(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    benchmark::DoNotOptimize(AllStages().times.Tag(article.text, article.numbers, "2016-11-22"));
  });
}
BENCHMARK(BM_Times);

void BM_Places(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    benchmark::DoNotOptimize(AllStages().places.Find(article.text));
  });
}
BENCHMARK(BM_Places);

void BM_Attributions(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    benchmark::DoNotOptimize(AllStages().attributions.Find(article.text));
  });
}
BENCHMARK(BM_Attributions);

void BM_People(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    benchmark::DoNotOptimize(AllStages().people.Find(SceneOf(article)));
  });
}
BENCHMARK(BM_People);

void BM_Frames(benchmark::State& state) {
  RunPrepared(state, [](const Prepared& article) {
    const Scene scene = SceneOf(article);
    const std::vector<People> people = AllStages().people.Find(scene);
    UnitRow row;
    size_t next_people = 0;
    for (const Sentence& sentence : article.text.sentences()) {
      AllStages().units.Build(scene, sentence, people, next_people, row);
      benchmark::DoNotOptimize(AllStages().frames.Find(row, people, {}));
    }
  });
}
BENCHMARK(BM_Frames);

// Text made to be slow. Bytes per second must stay the same as the text grows.
void RunHostile(benchmark::State& state, std::string_view unit) {
  std::string text;
  while (text.size() < static_cast<size_t>(state.range(0))) text += unit;
  Whole();
  for (auto _ : state) benchmark::DoNotOptimize(Whole().Extract({text, "2016-11-22", ""}));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}

// Prose as long as they are, to compare with.
void BM_LongProse(benchmark::State& state) {
  std::string prose;
  for (const Article& article : Articles()) prose += article.text + "\n\n";
  RunHostile(state, prose);
}
BENCHMARK(BM_LongProse)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_NumberWords(benchmark::State& state) { RunHostile(state, "one hundred and two thousand "); }
BENCHMARK(BM_NumberWords)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Digits(benchmark::State& state) { RunHostile(state, "1234567890"); }
BENCHMARK(BM_Digits)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_KilledPeople(benchmark::State& state) { RunHostile(state, "five people killed, "); }
BENCHMARK(BM_KilledPeople)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Quotes(benchmark::State& state) { RunHostile(state, "he said “"); }
BENCHMARK(BM_Quotes)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Names(benchmark::State& state) { RunHostile(state, "Aleppo Hama Jackson "); }
BENCHMARK(BM_Names)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Clock(benchmark::State& state) { RunHostile(state, "10 a.m. "); }
BENCHMARK(BM_Clock)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_ShortNumbers(benchmark::State& state) { RunHostile(state, "123 "); }
BENCHMARK(BM_ShortNumbers)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_GluedStops(benchmark::State& state) { RunHostile(state, "ab."); }
BENCHMARK(BM_GluedStops)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_QuoteMarks(benchmark::State& state) { RunHostile(state, "\""); }
BENCHMARK(BM_QuoteMarks)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Saying(benchmark::State& state) { RunHostile(state, "he said that "); }
BENCHMARK(BM_Saying)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Others(benchmark::State& state) {
  RunHostile(state, "and another 5 people were injured, ");
}
BENCHMARK(BM_Others)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

void BM_Days(benchmark::State& state) {
  RunHostile(state, "Another 5 people were injured in Homs. On Monday 6 were hurt.\n\n");
}
BENCHMARK(BM_Days)->Range(10'000, 1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace consilience::extraction
