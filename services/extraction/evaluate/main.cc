// consilience-evaluate: how well extraction and scoring do, measured against files of gold.

#include <CLI/CLI.hpp>
#include <iostream>

#include "services/corroboration/evaluate/calibration_command.h"
#include "services/corroboration/evaluate/origins_command.h"
#include "services/corroboration/evaluate/relations_command.h"
#include "services/corroboration/evaluate/truth_command.h"
#include "services/extraction/evaluate/measure.h"

namespace {

using consilience::extraction::Measure;
using consilience::extraction::MeasureOptions;

int Run(const Measure& measure, const MeasureOptions& options, bool as_json) {
  const auto report = measure.run(options);
  if (!report.ok()) {
    std::cerr << "consilience-evaluate " << measure.name << ": " << report.status().message()
              << '\n';
    return 1;
  }
  if (as_json) {
    std::cout << ReportToJson(*report).dump() << '\n';
    return 0;
  }
  for (const std::string& error : report->errors) std::cout << error << '\n';
  std::cout << FormatTable(*report);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures extraction and scoring against gold.", "consilience-evaluate");
  app.require_subcommand(1);
  MeasureOptions options;
  options.rules = CONSILIENCE_RULES_DIR;
  bool as_json = false;
  const std::vector<Measure> measures = consilience::extraction::AllMeasures();
  for (const Measure& measure : measures) {
    CLI::App* command = app.add_subcommand(measure.name, measure.help);
    command->add_option("--gold", options.gold, "The gold annotations")->required();
    command->add_option("--rules", options.rules, "The directory of rule packs")
        ->check(CLI::ExistingDirectory);
    command->add_flag("--json", as_json, "Print JSON");
    command->add_flag("--errors", options.errors, "List what was missed and what was wrong");
  }
  const consilience::corroboration::TruthCommand truth(&app);
  const consilience::corroboration::RelationsCommand relations(&app, CONSILIENCE_RULES_DIR);
  const consilience::corroboration::OriginsCommand origins(&app, CONSILIENCE_RULES_DIR);
  const consilience::corroboration::CalibrationCommand calibration(&app);
  CLI11_PARSE(app, argc, argv);
  if (calibration.chosen()) {
    const absl::Status status = calibration.Run(std::cout);
    if (!status.ok()) std::cerr << "consilience-evaluate: " << status.message() << '\n';
    return status.ok() ? 0 : 1;
  }
  if (truth.chosen()) {
    const absl::Status status = truth.Run(std::cout);
    if (!status.ok()) std::cerr << "consilience-evaluate: " << status.message() << '\n';
    return status.ok() ? 0 : 1;
  }
  if (relations.chosen()) {
    const absl::Status status = relations.Run(std::cout);
    if (!status.ok()) std::cerr << "consilience-evaluate: " << status.message() << '\n';
    return status.ok() ? 0 : 1;
  }
  if (origins.chosen()) {
    const absl::Status status = origins.Run(std::cout);
    if (!status.ok()) std::cerr << "consilience-evaluate: " << status.message() << '\n';
    return status.ok() ? 0 : 1;
  }
  for (const Measure& measure : measures) {
    if (app.got_subcommand(measure.name)) return Run(measure, options, as_json);
  }
  return 2;
}
