// Sums of probabilities whose logarithms are known.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_LOG_MATH_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_LOG_MATH_H_

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace consilience::corroboration {

inline constexpr double kLogZero = -std::numeric_limits<double>::infinity();

// ln Σ e^x. An empty sum is ln 0.
inline double LogSumExp(std::span<const double> logs) {
  double top = kLogZero;
  for (const double x : logs) top = std::max(top, x);
  if (top == kLogZero) return kLogZero;
  double sum = 0.0;
  for (const double x : logs) sum += std::exp(x - top);
  return top + std::log(sum);
}

// ln(p / (1 − p)) for p in (0, 1).
inline double Logit(double p) { return std::log(p) - std::log1p(-p); }

// 1 / (1 + e^−x), without overflow at either end.
inline double Logistic(double x) {
  if (x >= 0.0) return 1.0 / (1.0 + std::exp(-x));
  const double e = std::exp(x);
  return e / (1.0 + e);
}

// Keeps a probability away from 0 and 1, where its logarithm or its odds would be infinite.
inline double AwayFromCertain(double p, double margin = 1e-9) {
  return std::clamp(p, margin, 1.0 - margin);
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_LOG_MATH_H_
