#include "clients/cli/explain/arithmetic_text.h"

#include <cmath>

#include "clients/cli/output/text_width.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

// What rounding on the way over the wire may explain.
constexpr double kSame = 1e-9;
constexpr int kTermWidth = 48;

void Term(DetailWriter& detail, std::string_view label, double value, std::string_view how = "") {
  std::string line = "  " + PaddedRight(Truncated(label, kTermWidth), kTermWidth);
  line += fmt::format(" {:>+9.4f}", value);
  if (!how.empty()) line += "  " + detail.palette().Paint(Style::kFaint, how);
  detail.Raw(line + "\n");
}

std::string Product(const api::OriginExplanation& origin) {
  std::string text = fmt::format("= {:.3f} q × {:.3f} I × {:.3f} agreement × {:.3f} ln-odds",
                                 origin.extraction_confidence(), origin.independence(),
                                 origin.agreement(), origin.log_odds());
  if (origin.interest_factor() != 0 && origin.interest_factor() != 1) {
    text += fmt::format(" × {:.3f} interest", origin.interest_factor());
  }
  return text;
}

// What the letters mean, with the parameters in force.
void WriteLegend(DetailWriter& detail, const api::Explanation& explanation) {
  const auto& parameters = explanation.parameters();
  const auto wrong = parameters.find("false_values");
  const auto cap = parameters.find("log_odds_cap");
  if (wrong == parameters.end() || cap == parameters.end()) return;
  detail.Line(
      fmt::format("ln-odds = ln(n·A / (1−A)) from 0 to {:g}, where A is the accuracy of the "
                  "witness and n = {:g} the wrong values that one may name; q how sure the "
                  "extraction is, I how independent the witness",
                  cap->second, wrong->second),
      2, "", Style::kFaint);
}

}  // namespace

void WriteArithmetic(DetailWriter& detail, const api::Explanation& explanation,
                     const Recomputed& recomputed) {
  detail.Section("The arithmetic");
  Term(detail, "prior", explanation.prior_log_odds());
  for (const auto& origin : explanation.origins()) {
    Term(detail, "+ " + origin.display_name(), origin.weight(), Product(origin));
  }
  for (const auto& denial : explanation.denials()) {
    Term(detail, "+ denial by " + denial.display_name(), denial.weight());
  }
  WriteLegend(detail, explanation);
  Term(detail, "C, the log weight of this answer", recomputed.log_weight);
  for (const auto& other : explanation.competing()) {
    Term(detail, "C of " + other.display_name(), other.log_weight());
  }
  std::string sum = fmt::format("e^{:.4f}", recomputed.log_weight);
  std::string below = sum;
  for (const auto& other : explanation.competing()) {
    below += fmt::format(" + e^{:.4f}", other.log_weight());
  }
  detail.Line(fmt::format("P = {} / ({} + {:.4g} for none of these) = {:.6f}", sum, below,
                          explanation.none_of_these(), recomputed.posterior));
  if (recomputed.capped < recomputed.posterior) {
    detail.Line(fmt::format(
        "no more than {:.4f}{}", explanation.relay_cap(),
        explanation.relay_cap_reason().empty() ? "" : ": " + explanation.relay_cap_reason()));
  }
  if (explanation.calibration().posterior_size() > 0 && recomputed.score != recomputed.capped) {
    detail.Line(fmt::format("calibrated by {}: {:.6f} → {:.6f}",
                            explanation.calibration().version(), recomputed.capped,
                            recomputed.score));
  }
  const double given = explanation.corroboration().score();
  if (std::fabs(given - recomputed.score) <= kSame) {
    detail.Line(fmt::format("= {:.6f}, as the server says", recomputed.score), 2, "", Style::kGood);
  } else {
    detail.Line(fmt::format("= {:.6f}, but the server says {:.6f}: please report this claim",
                            recomputed.score, given),
                2, "", Style::kBad);
  }
  if (!explanation.corroboration().configuration_digest().empty()) {
    detail.Line("configuration " + explanation.corroboration().configuration_digest(), 2, "",
                Style::kFaint);
  }
}

}  // namespace consilience::cli
