// Which sources copy part of what others say, under a belief about what is true.
//
// The copy model of VLDB 2009 (scoring/dependence.h): a copier takes the other's statement with
// probability c and works for itself otherwise, so the two share errors more often than independent
// errors meet. Unlike the test of republishing it needs to know what is false, and it can mistake
// an honest minority for copiers; the engine therefore believes it only where the claims as a whole
// are likelier with it.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_COPYING_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_COPYING_H_

#include <cstddef>
#include <span>
#include <vector>

#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/statements.h"
#include "services/corroboration/truth/pair_counts.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// What is believed when copying is looked for.
struct CopyBeliefs {
  std::span<const double> right;         // of each statement: that its answer is so
  std::span<const double> accuracy;      // of the source of each claim, in the claim's attribute
  std::span<const double> false_values;  // n of each attribute
};

// n of an item: at least one for each stated value but the true one, so that the probabilities of
// its errors sum to at most 1.
double FalseValuesOf(std::size_t statements, double false_values);

// P(one copies the other) of every pair of `pairs`, from at most `options.copy_items` items, spread
// evenly over the table. Numbers that are near but not the same say nothing.
std::vector<double> FindCopying(const TruthTable& table, const StatementIndex& statements,
                                const SourcePairs& pairs, const CopyBeliefs& beliefs,
                                const EngineOptions& options);

// ln P(who copies, who agrees with whom): the prior of each copier, and that those who copy agree
// with a fuller source that they copy from, or do not. `copied` of each pair: c · P(copying).
double CopyLogLikelihood(const TruthTable& table, const StatementIndex& statements,
                         const SourcePairs& pairs, const std::vector<double>& copied,
                         const EngineOptions& options);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_COPYING_H_
