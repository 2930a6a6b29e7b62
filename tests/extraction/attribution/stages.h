// The stages that attribution stands on, loaded once for a test program.
#ifndef CONSILIENCE_TESTS_EXTRACTION_ATTRIBUTION_STAGES_H_
#define CONSILIENCE_TESTS_EXTRACTION_ATTRIBUTION_STAGES_H_

#include <stdexcept>
#include <string>

#include "services/extraction/attribution/attribution.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction::testing {

struct Stages {
  Vocabulary vocabulary;
  TextAnalyser text;
  AttributionFinder finder;

  Stages()
      : text(Checked(TextAnalyser::Load(RulesPath(), vocabulary))),
        finder(Checked(AttributionFinder::Load(RulesPath(), vocabulary))) {}

  template <typename T>
  static T Checked(absl::StatusOr<T> loaded) {
    if (!loaded.ok()) throw std::runtime_error(std::string(loaded.status().message()));
    return *std::move(loaded);
  }
};

inline const Stages& SharedStages() {
  static const Stages stages;
  return stages;
}

}  // namespace consilience::extraction::testing

#endif  // CONSILIENCE_TESTS_EXTRACTION_ATTRIBUTION_STAGES_H_
