#include "services/corroboration/scoring/quantity_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace consilience::corroboration {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A bound of zero still needs a scale to decay with; one unit (or one, for a measure) serves.
double ScaleOf(double share, double bound, double step) {
  return std::max(share * std::abs(bound), step > 0.0 ? step : 1.0);
}

}  // namespace

QuantityKernel::QuantityKernel(const QuantityWords& words, const KernelOptions& options)
    : low_(words.lower.value_or(-kInfinity)), high_(words.upper.value_or(kInfinity)) {
  if (words.lower_open && words.lower) low_ += options.step;
  if (words.upper_open && words.upper) high_ -= options.step;
  if (low_ > high_) low_ = high_ = (low_ + high_) / 2.0;

  if (words.lower && !words.upper && words.vague) {
    // "dozens" is any number up to where one would say "a hundred".
    high_ = std::max(low_, options.vague_reach * *words.lower);
    below_ = above_ = Fall::kExponential;
    below_scale_ = ScaleOf(options.vague_share, low_, options.step);
    above_scale_ = ScaleOf(options.vague_share, high_, options.step);
  } else if (words.lower && !words.upper) {
    // "at least X": all the plausibility is at X, less and less of it far above.
    above_ = Fall::kExponential;
    above_scale_ = ScaleOf(options.bound_share, *words.lower, options.step);
    high_ = low_;
  } else if (words.upper && !words.lower) {
    below_ = Fall::kExponential;
    below_scale_ = ScaleOf(words.approximate ? options.approx_share : options.bound_share,
                           *words.upper, options.step);
    low_ = high_;
  } else if (words.vague) {
    below_ = above_ = Fall::kExponential;
    below_scale_ = ScaleOf(options.vague_share, low_, options.step);
    above_scale_ = ScaleOf(options.vague_share, high_, options.step);
  } else if (words.approximate) {
    below_ = above_ = Fall::kGaussian;
    below_scale_ = ScaleOf(options.approx_share, low_, options.step);
    above_scale_ = ScaleOf(options.approx_share, high_, options.step);
  } else if (words.lower && words.upper) {
    low_ -= std::max(options.absolute, options.relative * std::abs(low_));
    high_ += std::max(options.absolute, options.relative * std::abs(high_));
  }
}

double QuantityKernel::FallOff(Fall fall, double distance, double scale) {
  switch (fall) {
    case Fall::kCliff:
      return 0.0;
    case Fall::kExponential:
      return std::exp(-distance / scale);
    case Fall::kGaussian:
      return std::exp(-0.5 * (distance / scale) * (distance / scale));
  }
  return 0.0;
}

double QuantityKernel::At(double x) const {
  if (x < low_) return FallOff(below_, low_ - x, below_scale_);
  if (x > high_) return FallOff(above_, x - high_, above_scale_);
  return 1.0;
}

double Consistency(const QuantityKernel& a, const QuantityKernel& b) {
  const QuantityKernel& left = a.plateau_high() <= b.plateau_high() ? a : b;
  const QuantityKernel& right = &left == &a ? b : a;
  if (left.plateau_high() >= right.plateau_low()) return 1.0;
  // Between the plateaus the left kernel only falls and the right one only rises: bisect for where
  // they cross. Sixty halvings exhaust a double.
  double from = left.plateau_high();
  double to = right.plateau_low();
  const auto height = [&](double x) { return std::min(left.At(x), right.At(x)); };
  double best = std::max(height(from), height(to));
  for (int i = 0; i < 60; ++i) {
    const double middle = from + (to - from) / 2.0;
    best = std::max(best, height(middle));
    (left.At(middle) > right.At(middle) ? from : to) = middle;
  }
  return best;
}

bool Compete(const QuantityKernel& a, const QuantityKernel& b, const KernelOptions& options) {
  return Consistency(a, b) <= options.agree_above;
}

}  // namespace consilience::corroboration
