#include "services/corroboration/evaluate/truth_measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>

namespace consilience::corroboration {
namespace {

constexpr std::size_t kBins = 10;

enum Index : std::size_t { kPrecision, kAuc, kBrier, kEce, kConfidentWrong, kMeasures };
using Numbers = std::array<double, kMeasures>;

// Mann–Whitney with ties counted half. `judged` sorted by probability.
double Auc(const std::vector<Judged>& judged) {
  double rights = 0.0;
  double wrongs = 0.0;
  double above = 0.0;  // pairs (right, wrong) in the right order
  for (std::size_t begin = 0; begin < judged.size();) {
    double tied_right = 0.0;
    double tied_wrong = 0.0;
    std::size_t end = begin;
    for (; end < judged.size() && judged[end].probability == judged[begin].probability; ++end) {
      (judged[end].right ? tied_right : tied_wrong) += 1.0;
    }
    above += tied_right * (wrongs + 0.5 * tied_wrong);
    rights += tied_right;
    wrongs += tied_wrong;
    begin = end;
  }
  return rights > 0.0 && wrongs > 0.0 ? above / (rights * wrongs) : 0.0;
}

struct Bin {
  double probability = 0.0;
  double right = 0.0;
};

Numbers Compute(std::vector<Judged> judged, bool stance) {
  Numbers numbers{};
  if (judged.empty()) return numbers;
  std::array<Bin, kBins> bins{};
  double confident = 0.0;
  double confident_wrong = 0.0;
  for (const auto [probability, right] : judged) {
    const double truth = right ? 1.0 : 0.0;
    const bool answer = stance ? probability >= 0.5 : true;
    numbers[kPrecision] += answer == right ? 1.0 : 0.0;
    numbers[kBrier] += (probability - truth) * (probability - truth);
    Bin& bin = bins[std::min(kBins - 1, static_cast<std::size_t>(probability * kBins))];
    bin.probability += probability;
    bin.right += truth;
    const double certainty = stance ? std::max(probability, 1.0 - probability) : probability;
    if (certainty >= 0.9) {
      confident += 1.0;
      confident_wrong += answer == right ? 0.0 : 1.0;
    }
  }
  for (const Bin& bin : bins) numbers[kEce] += std::abs(bin.probability - bin.right);
  const auto count = static_cast<double>(judged.size());
  for (const Index index : {kPrecision, kBrier, kEce}) numbers[index] /= count;
  if (confident > 0.0) numbers[kConfidentWrong] = confident_wrong / confident;
  if (stance) {
    std::sort(judged.begin(), judged.end(),
              [](const Judged& a, const Judged& b) { return a.probability < b.probability; });
    numbers[kAuc] = Auc(judged);
  }
  return numbers;
}

}  // namespace

TruthMeasures MeasureTruth(std::span<const Judged> judged, bool stance, int resamples,
                           std::uint32_t seed) {
  const Numbers whole = Compute({judged.begin(), judged.end()}, stance);
  std::array<std::vector<double>, kMeasures> samples;
  std::mt19937 random(seed);
  for (int r = 0; r < resamples && !judged.empty(); ++r) {
    std::vector<Judged> sample(judged.size());
    // The remainder, not a distribution: those differ between standard libraries.
    for (Judged& one : sample) one = judged[random() % judged.size()];
    const Numbers numbers = Compute(std::move(sample), stance);
    for (std::size_t m = 0; m < kMeasures; ++m) samples[m].push_back(numbers[m]);
  }
  const auto measure = [&](Index index) {
    std::vector<double>& sorted = samples[index];
    if (sorted.empty()) return Measure{whole[index], whole[index], whole[index]};
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double share) {
      return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
    };
    return Measure{whole[index], at(0.025), at(0.975)};
  };
  return {measure(kPrecision), measure(kAuc), measure(kBrier), measure(kEce),
          measure(kConfidentWrong)};
}

}  // namespace consilience::corroboration
