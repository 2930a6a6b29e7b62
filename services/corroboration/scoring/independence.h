// How much each of several origins of one value still adds, once the ones before it are counted.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace consilience::corroboration {

// I(g) = Π over earlier g′ of (1 − c·P(g~g′))^N(g′), where N(g′) = 1 − max over earlier g″ of
// c·P(g′~g″) is how far g′ is new itself; for `count` origins in a fixed order of theirs, so that
// arrival order does not matter. `dependent(i, j)` is P(i~j) for j < i; `copy_rate` is c.
//
// VLDB 2009 §4.2 has the product without N. With it fifty copies of g′ take away from a stranger as
// much as g′ alone, and a certain copy adds nothing whatever stands before it.
template <typename Dependent>
std::vector<double> IndependenceFactors(std::size_t count, double copy_rate, Dependent dependent) {
  std::vector<double> factors(count, 1.0);
  std::vector<double> novelty(count, 1.0);
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double copied = copy_rate * dependent(i, j);
      if (copied <= 0.0) continue;
      if (copied >= 1.0) {
        factors[i] = novelty[i] = 0.0;
        break;
      }
      novelty[i] = std::min(novelty[i], 1.0 - copied);
      if (novelty[j] > 0.0) factors[i] *= std::pow(1.0 - copied, novelty[j]);
    }
  }
  return factors;
}

struct RelayModel {
  double shared_risk = 0.3;  // ρ: how much the origins behind one outlet share its risk, in [0, 1)
  double fidelity = 0.95;    // no score rests higher than the one relay it came through
};

// What the k-th origin (k ≥ 1) that reaches us only through the same relay counts: (1 − ρ)^(k − 1).
inline double RelayFactor(int k, const RelayModel& model) {
  return std::pow(1.0 - model.shared_risk, k - 1);
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_
