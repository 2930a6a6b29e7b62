// Labels: a closed set of answers that come again from item to item – yes or no, one of five
// grades. There a source errs in ways of its own: it overlooks one label, or takes one for another,
// and some labels are common and some rare. Who says "yes" readily is worth little when he says it
// and much when he does not.
//
// After Dawid & Skene, Maximum likelihood estimation of observer error-rates using the EM
// algorithm (Applied Statistics 28, 1979): P(source g says u | the truth is v) = π_g[v][u], rows
// and prevalences from the beliefs, beliefs from the rows, until they settle. Few answers do not
// fill a matrix, so its rows lean on those of all sources together, moved in log-odds by how much
// better or worse than these the source is on the whole. Claims count with their independence.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_LABEL_MODEL_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_LABEL_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/statements.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// One source giving one label to one item. Items, sources and labels are numbered from 0.
struct LabelClaim {
  std::uint32_t item = 0;
  std::uint32_t source = 0;
  std::uint32_t label = 0;
  double share = 1.0;  // how much of a witness it is, in [0, 1]
};

class LabelModel {
 public:
  // `claims` by item. The options outlive the model.
  LabelModel(std::vector<LabelClaim> claims, std::size_t items, std::size_t sources,
             std::size_t labels, const EngineOptions& options);

  // Turns beliefs to begin with into those of the model: of each item, one for each label, 1 in
  // sum. The last step divides log-odds by the items' design effects, as the engine does.
  void Fit(std::vector<double>* beliefs);

  // π of a source: row by row, of each truth what it says. Valid after Fit.
  std::span<const double> confusion(std::size_t source) const {
    return {rows_.data() + source * labels_ * labels_, labels_ * labels_};
  }
  const std::vector<double>& confusions() const { return rows_; }  // of all sources
  const std::vector<double>& prevalence() const { return prevalence_; }
  double correlation() const { return correlation_; }  // of the errors about one item
  // The share of the claims of the source that is right, in expectation. Valid after Fit.
  double accuracy(std::size_t source) const { return accuracy_[source]; }

 private:
  void UpdateRows(const std::vector<double>& beliefs);
  void LeanOnAll(std::size_t source, std::span<const double> all);
  double UpdateBeliefs(std::vector<double>* beliefs) const;
  double Correlation(const std::vector<double>& beliefs) const;

  const std::vector<LabelClaim> claims_;
  const std::size_t items_;
  const std::size_t sources_;
  const std::size_t labels_;
  const EngineOptions& options_;
  std::vector<double> prevalence_;
  std::vector<double> rows_;
  std::vector<double> accuracy_;
  double correlation_ = 0.0;
};

// Which attributes of the table have labels: categories of few texts, none of which is part of
// another, over many items.
std::vector<bool> LabelAttributes(const TruthTable& table, const StatementIndex& statements,
                                  const EngineOptions& options);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_LABEL_MODEL_H_
