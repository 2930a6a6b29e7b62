// `consilience-evaluate fit-calibration`: the map from the model's probabilities to scores, fitted
// on tables whose truth is known, and whether it is worth having.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_CALIBRATION_COMMAND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_CALIBRATION_COMMAND_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/corroboration/scoring/calibration.h"

namespace consilience::corroboration {

struct CalibrationOptions {
  // FOLDER/NAME of NAME.claims.tsv, NAME.gold.tsv and NAME.kind.tsv; two or more.
  std::vector<std::string> sets;
  std::string name = "isotonic";  // version of the map
  std::string write;              // file for the map of all sets; empty: it is only measured
  int min_block = 25;             // outcomes a step of the map rests on, at least
  double strength = 25.0;         // imagined outcomes that pull each step towards the identity
};

// A claim of a gold item as the engine scored it, before any calibration.
struct JudgedClaim {
  Outcome outcome;
  std::size_t item = 0;  // claims of one item are drawn and held out together
};

struct CalibrationFit {
  double brier = 0.0;
  double ece = 0.0;  // 10 equal bins
};

CalibrationFit MeasureCalibration(const std::vector<JudgedClaim>& claims,
                                  const CalibrationMap& map);

// Each claim scored by a map that was fitted on the other four fifths of the items.
CalibrationFit CrossValidate(const std::vector<JudgedClaim>& claims,
                             const CalibrationOptions& options);

class CalibrationCommand {
 public:
  // Adds the subcommand. It writes into this object, which outlives the parsing.
  explicit CalibrationCommand(CLI::App* app);

  bool chosen() const { return command_->parsed(); }
  // A row a set: identity, map fitted on the set itself (held out by items), map fitted on all
  // other sets. The verdict is for the map only if it has the lower Brier score and the lower ECE
  // on every set that it has not seen.
  absl::Status Run(std::ostream& out) const;

 private:
  CalibrationOptions options_;
  CLI::App* command_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_CALIBRATION_COMMAND_H_
