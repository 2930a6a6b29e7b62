// What one core does of an article's way in: reading, fingerprinting, finding reuse.
//
// The articles are the seeds, brought to 4.5 kB each, every copy with words of its own so that no
// two share a fingerprint by construction.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "services/common/text/utf8.h"
#include "services/ingest/passages/file_index.h"
#include "services/ingest/passages/memory_index.h"
#include "services/ingest/passages/passages.h"
#include "services/ingest/readers/json.h"
#include "services/ingest/readers/language.h"
#include "services/ingest/readers/reader.h"
#include "tests/support/paths.h"

namespace consilience::ingest {
namespace {

constexpr size_t kArticleBytes = 4500;

std::vector<std::string> LoadSeeds() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(consilience::testing::SourceFile("seeds/articles"))) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> articles;
  for (const auto& path : files) {
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    while (text.size() < kArticleBytes) text += "\n\n" + text;
    articles.emplace_back(common::PrefixOnBoundary(text, kArticleBytes));
  }
  return articles;
}

const std::vector<std::string>& Seeds() {
  static const auto* const seeds = new std::vector<std::string>(LoadSeeds());
  return *seeds;
}

// The seed with every fourth word made its own.
std::string Variant(size_t number) {
  std::string text = Seeds()[number % Seeds().size()];
  size_t words = 0;
  for (size_t at = 0; (at = text.find(' ', at + 1)) != std::string::npos;) {
    if (++words % 4 == 0) text.insert(at, std::to_string(number));
  }
  return std::string(common::PrefixOnBoundary(text, kArticleBytes));
}

ReadOptions Options() {
  ReadOptions options;
  options.dates.today = "2026-01-01";
  return options;
}

void ReadText(benchmark::State& state) {
  const ReadOptions options = Options();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ReadDocumentFrom(Seeds()[i++ % Seeds().size()], {.label = "a.txt"}, options));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ReadText);

std::string Escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return result;
}

void ReadJsonLine(benchmark::State& state) {
  const ReadOptions options = Options();
  std::vector<std::string> lines;
  for (const std::string& seed : Seeds()) {
    lines.push_back(
        R"({"id": "1", "date": "2016-11-22", "source": "nna", "title": "T", "text": ")" +
        Escaped(seed) + "\"}\n");
  }
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ReadDocumentFrom(lines[i++ % lines.size()], {.label = "a.jsonl"}, options));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ReadJsonLine);

void ReadHtml(benchmark::State& state) {
  const ReadOptions options = Options();
  std::vector<std::string> pages;
  for (const std::string& seed : Seeds()) {
    std::string page = "<!DOCTYPE html><html><head><title>T</title></head><body><article><p>";
    for (const char c : seed) page += c == '\n' ? std::string("</p><p>") : std::string(1, c);
    pages.push_back(page + "</p></article></body></html>");
  }
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ReadDocumentFrom(pages[i++ % pages.size()], {.label = "a.html"}, options));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ReadHtml);

void Language(benchmark::State& state) {
  size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(TellLanguage(Seeds()[i++ % Seeds().size()], ""));
}
BENCHMARK(Language);

void Fingerprints(benchmark::State& state) {
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Winnow(FindWords(Seeds()[i++ % Seeds().size()])));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Fingerprints);

void ReadAndFingerprint(benchmark::State& state) {
  const ReadOptions options = Options();
  size_t i = 0;
  for (auto _ : state) {
    const auto document =
        ReadDocumentFrom(Seeds()[i++ % Seeds().size()], {.label = "a.txt"}, options);
    benchmark::DoNotOptimize(Winnow(FindWords(document->text)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ReadAndFingerprint);

// One article against an index of so many others, of which every tenth is a near-copy of another.
void FindReuse(benchmark::State& state) {
  MemoryPassageIndex index;
  std::vector<IndexedDocument> documents;
  for (size_t i = 0; i < static_cast<size_t>(state.range(0)); ++i) {
    const size_t original = i % 10 == 9 ? i - 1 : i;
    documents.push_back({static_cast<DocumentNumber>(i), Variant(original), "house", "2016-11-22"});
    index.Add(documents.back().number, Winnow(FindWords(documents.back().text))).IgnoreError();
  }
  const DocumentLookup lookup = [&](DocumentNumber number) -> absl::StatusOr<IndexedDocument> {
    return documents[number];
  };
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(FindPassages(documents[i++ % documents.size()], index, lookup));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(FindReuse)->Arg(1000)->Arg(10000);

// Finding the fingerprints of one article and adding them, with so many thousand articles in the
// index of files. Fingerprints are spread as hashes are; one in ten articles repeats another's.
void FileIndexFindAndAdd(benchmark::State& state) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "passage-bench";
  std::filesystem::remove_all(folder);
  const auto opened = FilePassageIndex::Open(folder);
  FilePassageIndex& index = **opened;
  std::vector<Fingerprint> fingerprints(167);
  DocumentNumber number = 0;
  const auto next = [&]() -> const std::vector<Fingerprint>& {
    ++number;
    std::mt19937_64 random(number % 10 == 9 ? number - 1 : number);
    for (uint32_t i = 0; i < fingerprints.size(); ++i) {
      fingerprints[i] = {random() & kHashMask, i * 4};
    }
    return fingerprints;
  };
  while (number < static_cast<DocumentNumber>(state.range(0)) * 1000) {
    index.Add(number, next()).IgnoreError();
    if (number % 10'000 == 0) index.Settle().IgnoreError();
  }
  for (auto _ : state) {
    const std::vector<Fingerprint>& asked = next();
    benchmark::DoNotOptimize(index.Find(asked, 64));
    index.Add(number, asked).IgnoreError();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["runs"] = static_cast<double>(index.run_count());
  std::filesystem::remove_all(folder);
}
BENCHMARK(FileIndexFindAndAdd)->Arg(10)->Arg(100)->Arg(1000)->Iterations(20'000);

}  // namespace
}  // namespace consilience::ingest
