// Which sources republish others, told without knowing what is true.
//
// Two sources that agree to the letter on practically everything that is contested are one witness.
// Agreement that high needs no belief about which of their shared values are false, and so it
// cannot be led astray by a wrong one: the copy model of VLDB 2009, whose evidence is shared
// errors, takes the honest minority for copiers of each other as soon as a dependent majority is
// believed.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_REPUBLISHING_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_REPUBLISHING_H_

#include <cstdint>
#include <vector>

#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/statements.h"
#include "services/corroboration/truth/pair_counts.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// P(republishing | agreements to the letter among `items` contested items): Bayes' rule with a
// Beta-binomial for either hypothesis, so that the rate is not presumed and a long overlap does not
// turn a small difference into certainty.
double RepublishingProbability(double agreements, double items, const EngineOptions& options);

// For every pair of `pairs`. An item is contested when it has two different statements.
std::vector<double> FindRepublishing(const TruthTable& table, const StatementIndex& statements,
                                     const SourcePairs& pairs, const EngineOptions& options);

// I of every claim among the claims of its statement, in the order of the sources' claim counts,
// falling, then of their names: of a family its fullest member is the witness.
std::vector<double> ClaimIndependence(const TruthTable& table, const StatementIndex& statements,
                                      const SourcePairs& pairs,
                                      const std::vector<double>& dependent);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_REPUBLISHING_H_
