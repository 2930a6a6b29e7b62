// Tables of known structure, drawn with a seed.
#ifndef CONSILIENCE_TESTS_CORROBORATION_TRUTH_SYNTHETIC_H_
#define CONSILIENCE_TESTS_CORROBORATION_TRUTH_SYNTHETIC_H_

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "services/corroboration/evaluate/truth_gold.h"
#include "tests/corroboration/truth/tables.h"

namespace consilience::corroboration {

struct World {
  std::vector<Said> claims;
  std::vector<GoldAnswer> gold;
};

// Draws that are the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}
  double Unit() { return static_cast<double>(random_()) / 4294967296.0; }
  double Between(double low, double high) { return low + (high - low) * Unit(); }
  int Below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  bool Chance(double p) { return Unit() < p; }

 private:
  std::mt19937 random_;
};

struct CrowdShape {
  int sources = 20;
  int items = 300;
  int values = 20;
  double least_accuracy = 0.5;
  double most_accuracy = 0.95;
  double coverage = 0.5;
  double popular_false = 0.0;  // share of the errors that fall on one and the same value
};

inline World IndependentSources(const CrowdShape& shape, std::uint32_t seed) {
  Dice dice(seed);
  World world;
  std::vector<double> accuracy;
  for (int s = 0; s < shape.sources; ++s) {
    accuracy.push_back(dice.Between(shape.least_accuracy, shape.most_accuracy));
  }
  for (int o = 0; o < shape.items; ++o) {
    const std::string object = Name("o", o);
    const int truth = dice.Below(shape.values);
    world.gold.push_back({object, "a", Name("v", truth)});
    for (int s = 0; s < shape.sources; ++s) {
      if (!dice.Chance(shape.coverage)) continue;
      int value = truth;
      if (!dice.Chance(accuracy[static_cast<std::size_t>(s)])) {
        const int step = dice.Chance(shape.popular_false) ? 0 : dice.Below(shape.values - 1);
        value = (truth + 1 + step) % shape.values;
      }
      world.claims.push_back({object, Name("s", s), Name("v", value)});
    }
  }
  return world;
}

// Adds `copies` sources that repeat every claim of `source`.
inline void AddCopies(const std::string& source, int copies, World* world) {
  const std::size_t count = world->claims.size();
  for (std::size_t c = 0; c < count; ++c) {
    if (world->claims[c].source != source) continue;
    for (int k = 0; k < copies; ++k) {
      Said copy = world->claims[c];
      copy.source += fmt::format("#{}", k);
      world->claims.push_back(copy);
    }
  }
}

// Adds `copiers` sources that take over most of what one hidden source says of every object, and
// change the rest. The hidden source is right with probability `accuracy`.
inline void AddPartialCopiers(int copiers, double changed, double accuracy, std::uint32_t seed,
                              World* world) {
  Dice dice(seed);
  for (const GoldAnswer& gold : world->gold) {
    const auto wrong = [&] { return Name("v", dice.Below(20)); };
    const std::string hidden = dice.Chance(accuracy) ? gold.value : wrong();
    for (int c = 0; c < copiers; ++c) {
      world->claims.push_back({gold.object, Name("c", c), dice.Chance(changed) ? wrong() : hidden});
    }
  }
}

// Numbers with relative noise and gross errors.
inline World NoisyNumbers(int sources, int items, double noise, double exact, std::uint32_t seed) {
  Dice dice(seed);
  World world;
  std::vector<double> gross;
  for (int s = 0; s < sources; ++s) gross.push_back(dice.Between(0.05, 0.5));
  for (int o = 0; o < items; ++o) {
    const std::string object = Name("o", o);
    const int truth = 100 + dice.Below(100000);
    world.gold.push_back({object, "a", std::to_string(truth)});
    for (int s = 0; s < sources; ++s) {
      if (!dice.Chance(0.5)) continue;
      double value = truth;
      if (dice.Chance(gross[static_cast<std::size_t>(s)])) {
        value *= dice.Between(0.2, 3.0);
      } else if (!dice.Chance(exact)) {
        value *= 1.0 + noise * dice.Between(-1.0, 1.0);
      }
      world.claims.push_back({object, Name("s", s), std::to_string(std::lround(value))});
    }
  }
  return world;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_TESTS_CORROBORATION_TRUTH_SYNTHETIC_H_
