#include "services/corroboration/truth/score_table.h"

#include <utility>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {
namespace {

using Run = TruthResult (*)(const TruthTable&);

struct Entry {
  MethodInfo info;
  Run run;
};

const std::vector<Entry>& Registry() {
  static const auto* const entries = new std::vector<Entry>{
      {{"consilience", "independent witnesses, their accuracies and their errors", ""},
       &Consilience},
      {{"vote", "each source has one vote", ""}, &Vote},
      {{"accu", "Bayesian votes weighed by accuracy", "Dong et al., VLDB 2009"}, &Accu},
      {{"accucopy", "ACCU with copy detection", "Dong et al., VLDB 2009"}, &AccuCopy},
      {{"truthfinder", "trust and confidence with implications", "Yin et al., KDD 2007"},
       &TruthFinder},
      {{"sums", "hubs and authorities", "Pasternack and Roth, COLING 2010"}, &Sums},
      {{"averagelog", "average belief times log of claims", "Pasternack and Roth, COLING 2010"},
       &AverageLog},
      {{"investment", "trust invested in claims", "Pasternack and Roth, COLING 2010"}, &Investment},
      {{"pooledinvestment", "investment shared within the item",
        "Pasternack and Roth, COLING 2010"},
       &PooledInvestment},
      {{"2estimates", "truth and error of sources", "Galland et al., WSDM 2010"}, &TwoEstimates},
      {{"3estimates", "2-Estimates with difficulty of facts", "Galland et al., WSDM 2010"},
       &ThreeEstimates},
      {{"cosine", "cosine of votes and truths", "Galland et al., WSDM 2010"}, &Cosine},
      {{"crh", "least weighted loss", "Li et al., SIGMOD 2014"}, &Crh},
  };
  return *entries;
}

}  // namespace

const std::vector<MethodInfo>& Methods() {
  static const auto* const methods = [] {
    auto* infos = new std::vector<MethodInfo>;
    for (const Entry& entry : Registry()) infos->push_back(entry.info);
    return infos;
  }();
  return *methods;
}

absl::StatusOr<TruthResult> ScoreTable(const TruthTable& table, const TruthOptions& options) {
  std::vector<std::string> names;
  for (const Entry& entry : Registry()) {
    if (entry.info.name == options.method) {
      TruthResult result = entry.run(table);
      result.method = options.method;
      return result;
    }
    names.push_back(entry.info.name);
  }
  return absl::InvalidArgumentError(
      fmt::format("method '{}' is none of {}", options.method, fmt::join(names, ", ")));
}

}  // namespace consilience::corroboration
