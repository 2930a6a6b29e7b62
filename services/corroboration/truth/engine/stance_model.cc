#include "services/corroboration/truth/engine/stance_model.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "fmt/format.h"
#include "services/corroboration/scoring/log_math.h"
#include "services/corroboration/truth/embedded.h"
#include "services/corroboration/truth/tsv.h"
#include "services/corroboration/truth/value_kind.h"

namespace consilience::corroboration {
namespace {

constexpr std::string_view kSchema = "consilience.stance/1";

class Reader {
 public:
  absl::Status Read(const TsvLine& line) {
    if (line.fields[0].starts_with('#')) return absl::OkStatus();
    if (line.fields[0] == "weight") return ReadWeight(line);
    if (line.fields.size() != 2) return Unexpected(line);
    if (line.fields[0] == "schema") {
      if (line.fields[1] == kSchema) return absl::OkStatus();
      return absl::InvalidArgumentError(
          fmt::format("schema is '{}', not '{}'", line.fields[1], kSchema));
    }
    if (line.fields[0] == "version") {
      model_.version = line.fields[1];
    } else if (line.fields[0] == "fitted_on") {
      model_.fitted_on = line.fields[1];
    } else {
      return Unexpected(line);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<StanceModel> Finish(const std::string& file) const {
    for (std::size_t w = 0; w < kStanceWeights; ++w) {
      if (!seen_[w]) {
        return absl::InvalidArgumentError(
            fmt::format("{}: weight '{}' is missing", file, kStanceWeightNames[w]));
      }
    }
    if (model_.version.empty()) {
      return absl::InvalidArgumentError(fmt::format("{}: version is missing", file));
    }
    return model_;
  }

 private:
  static absl::Status Unexpected(const TsvLine& line) {
    return absl::InvalidArgumentError(fmt::format(
        "expected schema, version, fitted_on or weight with its values, got '{}'", line.fields[0]));
  }

  absl::Status ReadWeight(const TsvLine& line) {
    if (line.fields.size() != 3) return Unexpected(line);
    const auto name =
        std::find(kStanceWeightNames.begin(), kStanceWeightNames.end(), line.fields[1]);
    const std::optional<double> number = ParseNumber(line.fields[2]);
    if (name == kStanceWeightNames.end() || !number) {
      return absl::InvalidArgumentError(
          fmt::format("weight '{}' with value '{}' is none that the model has, or no number",
                      line.fields[1], line.fields[2]));
    }
    const auto index = static_cast<std::size_t>(name - kStanceWeightNames.begin());
    if (kStanceSigns[index] * *number < 0.0) {
      return absl::InvalidArgumentError(
          fmt::format("weight '{}' is {}, which has the wrong sign", line.fields[1], *number));
    }
    if (seen_[index]) {
      return absl::InvalidArgumentError(fmt::format("weight '{}' is given twice", line.fields[1]));
    }
    seen_.set(index);
    model_.weights[index] = *number;
    return absl::OkStatus();
  }

  StanceModel model_;
  std::bitset<kStanceWeights> seen_;
};

}  // namespace

std::array<double, kStanceWeights> StanceFeatures(const StanceCounts& counts) {
  return {1.0, std::log1p(counts.supports), std::log1p(counts.contradicts),
          std::min(1.0, counts.contradicts), std::log1p(counts.mentions)};
}

double StanceModel::Probability(const StanceCounts& counts) const {
  const std::array<double, kStanceWeights> features = StanceFeatures(counts);
  double logit = 0.0;
  for (std::size_t w = 0; w < kStanceWeights; ++w) logit += weights[w] * features[w];
  return Logistic(logit);
}

std::string StanceModel::ToText() const {
  std::string text =
      fmt::format("schema\t{}\nversion\t{}\nfitted_on\t{}\n", kSchema, version, fitted_on);
  for (std::size_t w = 0; w < kStanceWeights; ++w) {
    text += fmt::format("weight\t{}\t{:.4f}\n", kStanceWeightNames[w], weights[w]);
  }
  return text;
}

absl::StatusOr<StanceModel> ParseStanceModel(std::string_view text, const std::string& file) {
  std::istringstream in{std::string(text)};
  Reader reader;
  const absl::Status status = ForEachTsvLine(
      in, file, 1, 3, "name, value(s)", [&](const TsvLine& line) { return reader.Read(line); });
  if (!status.ok()) return status;
  return reader.Finish(file);
}

const StanceModel& ShippedStanceModel() {
  static const StanceModel* const model = [] {
    absl::StatusOr<StanceModel> parsed = ParseStanceModel(kStanceModelText, "stance_model.tsv");
    // The text is part of the program and is read by a test.
    if (!parsed.ok()) std::abort();
    return new StanceModel(*std::move(parsed));
  }();
  return *model;
}

}  // namespace consilience::corroboration
