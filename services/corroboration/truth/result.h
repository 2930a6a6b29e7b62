// What a truth method says about a table.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_RESULT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_RESULT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// Two sources that seem to depend on one another; first < second (indexes into
// TruthTable::sources).
struct Dependence {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  double probability = 0.0;  // that either copies the other, or both a third
  double same_true = 0.0;    // expected numbers over the items that both answer
  double same_false = 0.0;
  double different = 0.0;
};

// How each source mistakes one label for another, where an attribute's answers are labels
// (engine/label_model.h). Then P(v) of an item is proportional to
//   prevalence(v) · (Π_g π_g(v, what g says)^I(g))^(1 / effect),
// over all labels, with the design effect of the item's witnesses under the correlation below.
struct LabelErrors {
  std::vector<std::uint32_t> labels;   // indexes into TruthTable::texts; empty where there are none
  std::vector<double> prevalence;      // of each label
  std::vector<std::uint32_t> sources;  // those that speak of the attribute
  std::vector<double> confusion;  // π: of each of these sources, row by row, P(it says u | v is so)
};

// How the sources of an attribute err, as fitted from the table.
struct ErrorModel {
  double false_values = 1.0;  // n: on how many values errors fall, as it matters for decisions
  double exact_share = 1.0;  // e: share of right statements that give the very number of the answer
  double correlation = 0.0;  // ρ: of the errors of independent sources about one item
  LabelErrors labels;
};

struct TruthResult {
  std::string method;
  std::shared_ptr<const TruthTable> regrouped;  // the table with the method's own candidates; null
                                                // when it kept those of the table that it was
                                                // given. All arrays below are about this table.
  std::vector<double>
      probability;  // of each TruthTable::values, in [0, 1]; of an item at most 1 in sum
  std::vector<double>
      accuracy;  // of each source, in [0, 1]: a trust on the method's own scale; for the
                 // methods that have probabilities, the share of its claims that is right
  std::vector<Dependence> dependence;     // empty for methods that look for none; by first, second
  std::vector<double> effective_origins;  // of each value, Σ I(g); empty likewise
  std::vector<double> independence;       // I(g) of each claim; empty likewise
  std::vector<double> claim_accuracy;  // A(g) in its attribute, of each claim; of our engine only
  std::vector<ErrorModel> errors;      // of each attribute; of our engine only
  int rounds = 0;                      // of the iteration
};

// The table whose candidates the result is about.
inline const TruthTable& CandidateTable(const TruthTable& given, const TruthResult& result) {
  return result.regrouped ? *result.regrouped : given;
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_RESULT_H_
