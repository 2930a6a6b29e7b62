#include "services/corroboration/truth/tolerance_fit.h"

#include <algorithm>
#include <cmath>

namespace consilience::corroboration {
namespace {

constexpr double kNoiseAtMost = 0.05;
constexpr double kDefaultRelative = 0.01;
// Fewer near misses may as well be errors: they do not widen the tolerance.
constexpr std::size_t kEnoughNoise = 10;
// Below it, whole numbers that are next to each other differ by more than 1% without any noise.
constexpr double kCounted = 100.0;

// The lower median, which is always one of the numbers.
double Median(std::vector<double>* numbers) {
  const auto middle = numbers->begin() + static_cast<std::ptrdiff_t>((numbers->size() - 1) / 2);
  std::nth_element(numbers->begin(), middle, numbers->end());
  return *middle;
}

bool AreWhole(const std::vector<std::vector<double>>& items) {
  return std::all_of(items.begin(), items.end(), [](const std::vector<double>& numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double x) { return x == std::floor(x); });
  });
}

}  // namespace

KindSpec FitTolerance(std::vector<std::vector<double>> items) {
  std::vector<double> noise;
  std::size_t differing = 0;
  const bool whole = AreWhole(items);
  for (std::vector<double>& numbers : items) {
    if (numbers.size() < 3) continue;
    const double median = Median(&numbers);
    if (median == 0.0 || (whole && std::abs(median) < kCounted)) continue;
    for (const double x : numbers) {
      const double deviation = std::abs((x - median) / median);
      if (deviation == 0.0) continue;
      ++differing;
      if (deviation <= kNoiseAtMost) noise.push_back(deviation);
    }
  }
  KindSpec spec{ValueKind::kNumber, 0.0, kDefaultRelative};
  if (!noise.empty() && 3 * noise.size() >= differing) {
    const double widest = noise.size() < kEnoughNoise ? kDefaultRelative : kNoiseAtMost;
    spec.relative = std::min(widest, 2.0 * Median(&noise));
  }
  return spec;
}

}  // namespace consilience::corroboration
