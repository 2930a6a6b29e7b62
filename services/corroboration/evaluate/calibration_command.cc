#include "services/corroboration/evaluate/calibration_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/status/statusor.h"
#include "services/corroboration/evaluate/engine_table.h"

namespace consilience::corroboration {
namespace {

constexpr std::size_t kFolds = 5;
constexpr std::size_t kBins = 10;

class Gauge {
 public:
  void Add(double score, bool right) {
    const double truth = right ? 1.0 : 0.0;
    squares_ += (score - truth) * (score - truth);
    const auto bin = std::min(kBins - 1, static_cast<std::size_t>(score * kBins));
    gap_[bin] += score - truth;
    count_ += 1.0;
  }

  CalibrationFit Read() const {
    if (count_ == 0.0) return {};
    CalibrationFit fit{squares_ / count_, 0.0};
    for (const double gap : gap_) fit.ece += std::abs(gap) / count_;
    return fit;
  }

 private:
  double squares_ = 0.0;
  double count_ = 0.0;
  std::array<double, kBins> gap_{};  // Σ of score − truth
};

CalibrationMap Fit(const std::vector<Outcome>& outcomes, const CalibrationOptions& options,
                   const std::string& fitted_on) {
  auto map = CalibrationMap::FromPoints(FitMonotone(outcomes, options.min_block, options.strength),
                                        options.name, fitted_on);
  return map.ok() ? *std::move(map) : CalibrationMap();
}

std::string NameOfSet(const std::string& set) {
  return std::filesystem::path(set).filename().string();
}

struct Set {
  std::string name;
  std::vector<JudgedClaim> claims;
};

CalibrationMap FitOn(const std::vector<Set>& sets, const Set* but,
                     const CalibrationOptions& options) {
  std::vector<Outcome> outcomes;
  std::string names;
  for (const Set& set : sets) {
    if (&set == but) continue;
    for (const JudgedClaim& claim : set.claims) outcomes.push_back(claim.outcome);
    names += fmt::format("{}{}", names.empty() ? "" : ", ", set.name);
  }
  return Fit(outcomes, options, fmt::format("{} claims of {}", outcomes.size(), names));
}

std::string Cell(const CalibrationFit& fit) {
  return fmt::format("{:.4f} / {:.4f}", fit.brier, fit.ece);
}

}  // namespace

CalibrationFit MeasureCalibration(const std::vector<JudgedClaim>& claims,
                                  const CalibrationMap& map) {
  Gauge gauge;
  for (const JudgedClaim& claim : claims) {
    gauge.Add(map.Apply(claim.outcome.raw), claim.outcome.right);
  }
  return gauge.Read();
}

CalibrationFit CrossValidate(const std::vector<JudgedClaim>& claims,
                             const CalibrationOptions& options) {
  Gauge gauge;
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    std::vector<Outcome> seen;
    for (const JudgedClaim& claim : claims) {
      if (claim.item % kFolds != fold) seen.push_back(claim.outcome);
    }
    const CalibrationMap map = Fit(seen, options, "");
    for (const JudgedClaim& claim : claims) {
      if (claim.item % kFolds == fold) gauge.Add(map.Apply(claim.outcome.raw), claim.outcome.right);
    }
  }
  return gauge.Read();
}

CalibrationCommand::CalibrationCommand(CLI::App* app)
    : command_(app->add_subcommand("fit-calibration",
                                   "Fit the map from probabilities to scores, and measure it")) {
  command_
      ->add_option("--set", options_.sets,
                   "FOLDER/NAME of NAME.claims.tsv, NAME.gold.tsv and NAME.kind.tsv; twice or more")
      ->required();
  command_->add_option("--name", options_.name, "Version of the map")->capture_default_str();
  command_->add_option("--write", options_.write, "File for the map that is fitted on all sets");
  command_->add_option("--min-block", options_.min_block, "Outcomes a step rests on, at least")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command_->add_option("--strength", options_.strength, "Imagined outcomes towards the identity")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
}

absl::Status CalibrationCommand::Run(std::ostream& out) const {
  if (options_.sets.size() < 2) {
    return absl::InvalidArgumentError(
        "fit-calibration: --set needs two sets or more, so that one can be held out");
  }
  std::vector<Set> sets;
  for (const std::string& set : options_.sets) {
    auto claims = JudgeSet(set);
    if (!claims.ok()) return claims.status();
    sets.push_back({NameOfSet(set), *std::move(claims)});
  }
  out << fmt::format("{:<16} {:>7}  {:<17} {:<17} {:<17}\n", "Brier / ECE", "claims", "identity",
                     "own, held out", "of other sets");
  bool better = true;
  for (const Set& set : sets) {
    const CalibrationFit identity = MeasureCalibration(set.claims, CalibrationMap());
    const CalibrationFit moved = MeasureCalibration(set.claims, FitOn(sets, &set, options_));
    better = better && moved.brier < identity.brier && moved.ece < identity.ece;
    out << fmt::format("{:<16} {:>7}  {:<17} {:<17} {:<17}\n", set.name, set.claims.size(),
                       Cell(identity), Cell(CrossValidate(set.claims, options_)), Cell(moved));
  }
  const CalibrationMap all = FitOn(sets, nullptr, options_);
  out << (better ? "The map is better on every set that it has not seen.\n"
                 : "The map is not better on every set that it has not seen: keep the identity.\n");
  if (options_.write.empty()) return absl::OkStatus();
  std::ofstream file(options_.write);
  file << all.ToText();
  if (!file.flush()) {
    return absl::UnavailableError(fmt::format("{}: cannot be written", options_.write));
  }
  return absl::OkStatus();
}

}  // namespace consilience::corroboration
