#include "services/corroboration/evaluate/truth_command.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "fmt/format.h"
#include "services/corroboration/evaluate/stance_fit.h"
#include "services/corroboration/evaluate/truth_gold.h"
#include "services/corroboration/evaluate/truth_measures.h"
#include "services/corroboration/truth/engine/stance_engine.h"
#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/table_reader.h"

namespace consilience::corroboration {
namespace {

struct CloneOrder {
  std::string source;
  int copies = 0;
};

struct Row {
  std::string method;
  TruthMeasures measures;
  double seconds = 0.0;
};

absl::Status CannotOpen(const std::string& path) {
  return absl::NotFoundError(fmt::format("{}: cannot be opened for reading", path));
}

absl::StatusOr<CloneOrder> ParseClone(const std::string& text) {
  CloneOrder order;
  if (text.empty()) return order;
  const std::size_t colon = text.rfind(':');
  const std::optional<double> copies =
      colon == std::string::npos ? std::nullopt : ParseNumber(text.substr(colon + 1));
  if (!copies || *copies < 1.0 || *copies > 10000.0) {
    return absl::InvalidArgumentError(
        fmt::format("--clone '{}' is not SOURCE:N with N from 1 to 10000, such as ua:50", text));
  }
  order.source = text.substr(0, colon);
  order.copies = static_cast<int>(*copies);
  return order;
}

// The claims without the sources left out and with the clones put in.
absl::StatusOr<TruthTable> ReadExperiment(const TruthCommandOptions& options) {
  absl::StatusOr<Kinds> kinds = ReadKindsFile(options.kinds);
  if (!kinds.ok()) return kinds.status();
  absl::StatusOr<CloneOrder> clone = ParseClone(options.clone);
  if (!clone.ok()) return clone.status();
  std::ifstream file(options.claims);
  if (!file) return CannotOpen(options.claims);
  TableBuilder builder(*std::move(kinds));
  bool cloned = clone->copies == 0;
  const auto add = [&](const ClaimLine& line) {
    const auto& out = options.without;
    if (std::find(out.begin(), out.end(), line.source) != out.end()) return absl::OkStatus();
    absl::Status status =
        builder.Add(line.object, line.attribute, line.source, line.value, line.time);
    if (line.source != clone->source) return status;
    cloned = true;
    for (int copy = 1; copy <= clone->copies && status.ok(); ++copy) {
      status = builder.Add(line.object, line.attribute, fmt::format("{}#{}", line.source, copy),
                           line.value, line.time);
    }
    return status;
  };
  if (absl::Status status = ReadClaims(file, options.claims, add); !status.ok()) return status;
  if (!cloned) {
    return absl::InvalidArgumentError(
        fmt::format("--clone: no source '{}' in {}", clone->source, options.claims));
  }
  return std::move(builder).Build();
}

absl::StatusOr<std::vector<GoldAnswer>> ReadGoldFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return CannotOpen(path);
  absl::StatusOr<std::vector<GoldAnswer>> gold = ReadGold(file, path);
  if (gold.ok() && gold->empty()) {
    return absl::InvalidArgumentError(fmt::format("{}: no gold answers", path));
  }
  return gold;
}

std::string Cell(const Measure& measure) {
  return fmt::format("{:.4f} [{:.3f}, {:.3f}]", measure.value, measure.low, measure.high);
}

void WriteTable(const std::vector<Row>& rows, const JudgedSet& judged, std::ostream& out) {
  out << fmt::format("{} gold items", judged.judged.size());
  if (judged.unanswered > 0) out << fmt::format(", {} without any claim", judged.unanswered);
  out << "; in brackets 95% bootstrap intervals\n";
  out << fmt::format("{:<17} {:<23} ", "method", judged.stance ? "accuracy" : "precision");
  if (judged.stance) out << fmt::format("{:<23} ", "auc");
  out << fmt::format("{:<23} {:<23} {:<23} {:>8}\n", "brier", "ece", "wrong at >= .9", "seconds");
  for (const Row& row : rows) {
    const TruthMeasures& m = row.measures;
    out << fmt::format("{:<17} {:<23} ", row.method, Cell(m.precision));
    if (judged.stance) out << fmt::format("{:<23} ", Cell(m.auc));
    out << fmt::format("{:<23} {:<23} {:<23} {:>8.3f}\n", Cell(m.brier), Cell(m.ece),
                       Cell(m.confident_wrong), row.seconds);
  }
}

void WriteJson(const std::vector<Row>& rows, const JudgedSet& judged, std::ostream& out) {
  const auto measure = [](const Measure& m) {
    return nlohmann::ordered_json{{"value", m.value}, {"low", m.low}, {"high", m.high}};
  };
  nlohmann::ordered_json methods = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    nlohmann::ordered_json entry = {{"method", row.method},
                                    {"precision", measure(row.measures.precision)}};
    if (judged.stance) entry["auc"] = measure(row.measures.auc);
    entry["brier"] = measure(row.measures.brier);
    entry["ece"] = measure(row.measures.ece);
    entry["wrong_at_0.9"] = measure(row.measures.confident_wrong);
    entry["seconds"] = row.seconds;
    methods.push_back(std::move(entry));
  }
  const nlohmann::ordered_json report = {{"gold", judged.judged.size()},
                                         {"unanswered", judged.unanswered},
                                         {"stance", judged.stance},
                                         {"methods", methods}};
  out << report.dump(2) << '\n';
}

std::vector<std::string> ChosenMethods(const TruthCommandOptions& options) {
  if (!options.methods.empty()) return options.methods;
  std::vector<std::string> names;
  for (const MethodInfo& method : Methods()) names.push_back(method.name);
  return names;
}

void AddInputs(CLI::App* command, TruthCommandOptions* options) {
  command->add_option("--claims", options->claims, "Claims: object, attribute, source, value, time")
      ->required();
  command->add_option("--gold", options->gold, "Gold: object, attribute, true value")->required();
  command->add_option("--kinds", options->kinds, "Kinds: attribute, kind");
  command->add_option("--without", options->without, "Sources to leave out")->delimiter(',');
}

}  // namespace

absl::Status EvaluateTruth(const TruthCommandOptions& options, std::ostream& out) {
  absl::StatusOr<std::vector<GoldAnswer>> gold = ReadGoldFile(options.gold);
  if (!gold.ok()) return gold.status();
  absl::StatusOr<TruthTable> table = ReadExperiment(options);
  if (!table.ok()) return table.status();
  std::vector<Row> rows;
  JudgedSet last;
  for (const std::string& method : ChosenMethods(options)) {
    const auto begin = std::chrono::steady_clock::now();
    absl::StatusOr<TruthResult> result = ScoreTable(*table, {.method = method});
    if (!result.ok()) return result.status();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    absl::StatusOr<JudgedSet> judged = Judge(*table, *result, *gold);
    if (!judged.ok()) return judged.status();
    rows.push_back({method,
                    MeasureTruth(judged->judged, judged->stance, options.resamples, options.seed),
                    took.count()});
    last = *std::move(judged);
  }
  if (options.json) {
    WriteJson(rows, last, out);
  } else {
    WriteTable(rows, last, out);
  }
  return absl::OkStatus();
}

absl::Status FitStance(const TruthCommandOptions& options, std::ostream& out) {
  absl::StatusOr<std::vector<GoldAnswer>> gold = ReadGoldFile(options.gold);
  if (!gold.ok()) return gold.status();
  absl::StatusOr<TruthTable> table = ReadExperiment(options);
  if (!table.ok()) return table.status();
  absl::StatusOr<TruthResult> result = ScoreTable(*table, {});
  if (!result.ok()) return result.status();
  const TruthTable& answered = CandidateTable(*table, *result);
  std::vector<KnownRumour> rumours;
  for (const GoldAnswer& answer : *gold) {
    const std::optional<std::size_t> item = FindItem(answered, answer);
    if (!item || answered.spec_of(*item).kind != ValueKind::kStance) continue;
    rumours.push_back({CountStances(answered, *result, *item), answer.value == "true"});
  }
  if (rumours.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("{}: no gold answer is about a stance in {}", options.gold, options.claims));
  }
  StanceModel model;
  model.weights = FitStanceWeights(rumours, options.ridge);
  model.version = ShippedStanceModel().version;
  model.fitted_on =
      fmt::format("{} rumours of {}, ridge {}", rumours.size(),
                  std::filesystem::path(options.gold).filename().string(), options.ridge);
  out << model.ToText();
  return absl::OkStatus();
}

TruthCommand::TruthCommand(CLI::App* app)
    : measure_(app->add_subcommand("truth", "Truth methods against gold answers")),
      fit_(app->add_subcommand("fit-stance", "Fit the stance model on gold rumours")) {
  AddInputs(measure_, &options_);
  measure_->add_option("--method", options_.methods, "Methods to measure; default all")
      ->delimiter(',');
  measure_->add_option("--clone", options_.clone, "SOURCE:N adds N copies of a source");
  measure_->add_option("--resamples", options_.resamples, "Bootstrap samples")
      ->capture_default_str();
  measure_->add_option("--seed", options_.seed, "Of the bootstrap")->capture_default_str();
  measure_->add_flag("--json", options_.json, "Print JSON");
  AddInputs(fit_, &options_);
  fit_->add_option("--ridge", options_.ridge, "Penalty on the weights")->capture_default_str();
}

bool TruthCommand::chosen() const { return measure_->parsed() || fit_->parsed(); }

absl::Status TruthCommand::Run(std::ostream& out) const {
  return fit_->parsed() ? FitStance(options_, out) : EvaluateTruth(options_, out);
}

}  // namespace consilience::corroboration
