// Measures of extraction against a gold file, one subcommand of consilience-evaluate each.
//
// A measure lives in a file of its own with a function that returns its Measure; all are listed in
// measures.cc.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MEASURE_H_
#define CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MEASURE_H_

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::extraction {

struct MeasureOptions {
  std::filesystem::path gold;   // a JSONL file, or what the measure says
  std::filesystem::path rules;  // the directory of rule packs
  bool errors = false;          // also list what was missed and what was wrong
};

// The first cell of every row names it: "value"; "all", "NumberModel" …
struct Report {
  std::vector<std::string> columns;
  std::vector<std::vector<nlohmann::json>> rows;
  std::vector<std::string> errors;  // a line each, with context
};

struct Measure {
  std::string name;  // of the subcommand
  std::string help;
  std::function<absl::StatusOr<Report>(const MeasureOptions&)> run;
};

// Every measure there is, in alphabetical order.
std::vector<Measure> AllMeasures();

// The lines of a JSONL file. Errors name file, line and what is wrong.
absl::StatusOr<std::vector<nlohmann::json>> ReadJsonLines(const std::filesystem::path& file);

// Counts from which precision, recall and F1 follow.
struct Score {
  size_t right = 0;
  size_t found = 0;
  size_t wanted = 0;

  double precision() const { return found == 0 ? 0 : Ratio(right, found); }
  double recall() const { return wanted == 0 ? 0 : Ratio(right, wanted); }
  double f1() const { return found + wanted == 0 ? 0 : Ratio(2 * right, found + wanted); }

 private:
  static double Ratio(size_t a, size_t b) {
    return static_cast<double>(a) / static_cast<double>(b);
  }
};

// A row {name, precision, recall, F1, right, found, wanted}, the ratios in percent, for
// kScoreColumns.
std::vector<nlohmann::json> ScoreRow(std::string_view name, const Score& score);
inline const std::vector<std::string> kScoreColumns = {"measure", "precision", "recall", "f1",
                                                       "right",   "found",     "wanted"};

// "…words before [text] words after…" on one line, for error listings.
std::string InContext(std::string_view text, size_t begin, size_t end);

std::string FormatTable(const Report& report);
nlohmann::json ReportToJson(const Report& report);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_EVALUATE_MEASURE_H_
