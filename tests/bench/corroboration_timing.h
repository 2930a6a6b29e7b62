#ifndef CONSILIENCE_TESTS_BENCH_CORROBORATION_TIMING_H_
#define CONSILIENCE_TESTS_BENCH_CORROBORATION_TIMING_H_

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "absl/status/status.h"

namespace consilience::corroboration::bench {

using Clock = std::chrono::steady_clock;

inline double Micros(Clock::duration elapsed) {
  return std::chrono::duration<double, std::micro>(elapsed).count();
}

// Of microseconds.
struct Quantiles {
  double p50 = 0.0;
  double p99 = 0.0;
};

// Fewer times where they take too long.
template <typename Work>
Quantiles Measure(int64_t times, Work work) {
  const auto end = Clock::now() + std::chrono::seconds(20);
  std::vector<double> micros;
  for (int64_t i = 0; i < times; ++i) {
    const auto begin = Clock::now();
    if (i > 0 && begin > end) break;
    work(i);
    micros.push_back(Micros(Clock::now() - begin));
  }
  std::sort(micros.begin(), micros.end());
  return {micros[micros.size() / 2], micros[micros.size() * 99 / 100]};
}

inline void Require(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}\n", status.ToString());
  std::exit(1);
}

}  // namespace consilience::corroboration::bench

#endif  // CONSILIENCE_TESTS_BENCH_CORROBORATION_TIMING_H_
