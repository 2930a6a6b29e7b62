// consilience-fit-cues: fits rules/attribution/cue_weights.tsv to annotated attributions.
//
//   consilience-fit-cues GOLD.jsonl RULES_DIR > cue_weights.tsv
//
// A candidate is a cue when its head lies in a gold cue. Logistic regression, AdaGrad, an L2
// penalty spread over the candidates that a fact holds for; a fact must hold for three candidates.
// Only sums of weights leave this program, never a word of the texts beyond single lemmas. The same
// input gives the same output.
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/extraction/evaluate/attribution_gold.h"
#include "services/extraction/evaluate/measure.h"

namespace consilience::extraction {
namespace {

constexpr int kEpochs = 25;
constexpr double kRate = 0.15;
constexpr double kPenalty = 3e-6;
constexpr int kMinCount = 3;
constexpr double kMinWeight = 0.03;  // smaller ones change no decision

struct Example {
  std::vector<uint32_t> facts;
  bool cue = false;
};

class Fitter {
 public:
  void Add(std::span<const CueFact> facts, bool cue) {
    Example example;
    example.cue = cue;
    for (const CueFact& fact : facts) {
      const auto [known, is_new] = index_.emplace(fact.key(), static_cast<uint32_t>(facts_.size()));
      if (is_new) {
        facts_.push_back(fact);
        counts_.push_back(0);
      }
      ++counts_[known->second];
      example.facts.push_back(known->second);
    }
    examples_.push_back(std::move(example));
  }

  void Fit() {
    weights_.assign(facts_.size(), 0.0);
    std::vector<double> squares(facts_.size(), 1e-6);
    std::mt19937 random(1);
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
      for (size_t i = examples_.size(); i > 1; --i) {
        std::swap(examples_[i - 1], examples_[random() % i]);
      }
      for (const Example& example : examples_) Step(example, squares);
    }
  }

  std::vector<std::string> Rows(const Vocabulary& vocabulary) const {
    std::vector<std::string> rows;
    for (size_t i = 0; i < facts_.size(); ++i) {
      if (counts_[i] < kMinCount || std::abs(weights_[i]) < kMinWeight) continue;
      const CueFact& fact = facts_[i];
      const std::string word(fact.word == kNoWord ? "" : vocabulary.Word(fact.word));
      if (word.empty() && NeedsWord(fact.kind)) continue;
      const std::string value = fact.kind == FactKind::kLemmaNext
                                    ? std::string(vocabulary.Word(fact.value))
                                    : std::to_string(fact.value);
      rows.push_back(
          fmt::format("{}\t{}\t{}\t{:.2f}", FactKindName(fact.kind), word, value, weights_[i]));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

 private:
  static bool NeedsWord(FactKind kind) {
    return kind == FactKind::kLemma || kind == FactKind::kLemmaContent ||
           kind == FactKind::kLemmaNext || kind == FactKind::kLemmaForm ||
           kind == FactKind::kLemmaSubject || kind == FactKind::kNext;
  }

  void Step(const Example& example, std::vector<double>& squares) {
    double score = 0.0;
    for (const uint32_t fact : example.facts) {
      if (counts_[fact] >= kMinCount) score += weights_[fact];
    }
    const double error = (example.cue ? 1.0 : 0.0) - 1.0 / (1.0 + std::exp(-score));
    for (const uint32_t fact : example.facts) {
      if (counts_[fact] < kMinCount) continue;
      const double share = static_cast<double>(examples_.size()) / counts_[fact];
      const double gradient = error - kPenalty * share * weights_[fact];
      squares[fact] += gradient * gradient;
      weights_[fact] += kRate * gradient / std::sqrt(squares[fact]);
    }
  }

  std::unordered_map<uint64_t, uint32_t> index_;
  std::vector<CueFact> facts_;
  std::vector<int> counts_;
  std::vector<double> weights_;
  std::vector<Example> examples_;
};

void AddDocument(const nlohmann::json& document, const AttributionStages& stages, Fitter& fitter) {
  const std::string text = document.at("text").get<std::string>();
  const std::vector<size_t> offsets = CodePointOffsets(text);
  std::vector<bool> in_cue(text.size() + 1);
  const auto& gold = document.at("gold").at("annotations").at(0).at("attributions");
  for (const nlohmann::json& attribution : gold) {
    for (const Span& span : ReadSpans(attribution.at("cue"), offsets)) {
      std::fill(in_cue.begin() + static_cast<std::ptrdiff_t>(span.begin),
                in_cue.begin() + static_cast<std::ptrdiff_t>(span.end), true);
    }
  }
  const Text analysed = stages.text->Analyse(text);
  const Syntax syntax(analysed, stages.finder->words());
  const CueCandidates candidates = stages.finder->Candidates(syntax);
  for (const CueCandidate& candidate : candidates.all) {
    fitter.Add(candidates.FactsOf(candidate), in_cue[analysed[candidate.head].span.begin]);
  }
}

absl::Status Run(const std::filesystem::path& gold, const std::filesystem::path& rules) {
  const auto documents = ReadJsonLines(gold);
  if (!documents.ok()) return documents.status();
  const auto stages = AttributionStages::Load(rules);
  if (!stages.ok()) return stages.status();
  Fitter fitter;
  for (const nlohmann::json& document : *documents) AddDocument(document, *stages, fitter);
  fitter.Fit();
  std::cout << "#schema attribution.cue_weights 1\nfact\tword\tvalue\tweight\n";
  for (const std::string& row : fitter.Rows(*stages->vocabulary)) std::cout << row << '\n';
  return absl::OkStatus();
}

}  // namespace
}  // namespace consilience::extraction

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: consilience-fit-cues GOLD.jsonl RULES_DIR > cue_weights.tsv\n";
    return 2;
  }
  const absl::Status status = consilience::extraction::Run(argv[1], argv[2]);
  if (!status.ok()) std::cerr << "consilience-fit-cues: " << status.message() << '\n';
  return status.ok() ? 0 : 1;
}
