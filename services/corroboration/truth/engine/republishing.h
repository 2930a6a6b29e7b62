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

// What two sources have in common.
struct PairEvidence {
  double items = 0.0;       // that both answer
  double contested = 0.0;   // of them, with two different statements by anybody
  double agreements = 0.0;  // of the contested, to the letter
  bool same_items = false;  // neither answers an item that the other does not
};

// P(republishing | evidence): Bayes' rule with a Beta-binomial of the agreements for either
// hypothesis, so that the rate is not presumed and a long overlap does not turn a small difference
// into certainty. Answering exactly the same items raises the prior odds, by 1 + items /
// coverage_doubling.
double RepublishingProbability(const PairEvidence& pair, const EngineOptions& options);

std::vector<PairEvidence> GatherEvidence(const TruthTable& table, const StatementIndex& statements,
                                         const SourcePairs& pairs);

// How far each pair agrees beyond the mean of all pairs, as a share of what is left: 0 at the mean
// or below, 1 for a pair that always agrees.
std::vector<double> ExcessAgreement(const std::vector<PairEvidence>& evidence);

// For every pair of `pairs`.
std::vector<double> FindRepublishing(const TruthTable& table, const StatementIndex& statements,
                                     const SourcePairs& pairs, const EngineOptions& options);

// I of every claim among the claims of its statement, in the order of the sources' claim counts,
// falling, then of their names: of a family its fullest member is the witness. Claims of
// a statement that more than kMostPairedClaims sources make stay at 1, to bound the work.
std::vector<double> ClaimIndependence(const TruthTable& table, const StatementIndex& statements,
                                      const SourcePairs& pairs,
                                      const std::vector<double>& dependent);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_REPUBLISHING_H_
