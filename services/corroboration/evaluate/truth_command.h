// `consilience-evaluate truth` and `consilience-evaluate fit-stance`.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_COMMAND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_COMMAND_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace consilience::corroboration {

struct TruthCommandOptions {
  std::string claims;
  std::string gold;
  std::string kinds;
  std::vector<std::string> without;  // sources that are left out
  std::vector<std::string> methods;  // all when empty
  std::string clone;                 // "SOURCE:N": N exact copies of the source are added
  int resamples = 1000;
  std::uint32_t seed = 1;
  bool json = false;
  double ridge = 0.3;  // of fit-stance
};

// Adds both subcommands to the program. They write into this object, which outlives the parsing.
class TruthCommand {
 public:
  explicit TruthCommand(CLI::App* app);

  // Whether one of them was asked for.
  bool chosen() const;

  // Results to `out`; an error names file, line and way out.
  absl::Status Run(std::ostream& out) const;

 private:
  TruthCommandOptions options_;
  CLI::App* measure_;
  CLI::App* fit_;
};

// One table: a row a method with precision (and AUC when all gold is stances), Brier, ECE and the
// share wrong at ≥ .9, each with its 95% bootstrap interval, and seconds.
absl::Status EvaluateTruth(const TruthCommandOptions& options, std::ostream& out);

// Fits the stance model on the gold and writes it in the format that it is built in from.
absl::Status FitStance(const TruthCommandOptions& options, std::ostream& out);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_TRUTH_COMMAND_H_
