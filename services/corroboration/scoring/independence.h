// How much each of several origins of one value still adds, once the ones before it are counted.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace consilience::corroboration {

// I(g) = Π over earlier g′ of (1 − c·P(g~g′)·I(g′)), for `count` origins in a fixed order of
// theirs, so that arrival order does not matter. `dependent(i, j)` is P(i~j) for j < i; `copy_rate`
// is c.
//
// VLDB 2009 §4.2 has the product without I(g′). With it, what an origin takes away from the later
// ones is no more than what it was itself allowed to add: fifty copies of g′ take away as much as
// g′ alone.
template <typename Dependent>
std::vector<double> IndependenceFactors(std::size_t count, double copy_rate, Dependent dependent) {
  std::vector<double> factors(count, 1.0);
  for (std::size_t i = 1; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      factors[i] *= 1.0 - copy_rate * dependent(i, j) * factors[j];
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

// Σ I(g): the number of independent witnesses that these amount to.
inline double EffectiveOrigins(std::span<const double> independence) {
  double sum = 0.0;
  for (const double factor : independence) sum += factor;
  return sum;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_INDEPENDENCE_H_
