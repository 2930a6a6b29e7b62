// The candidates of numeric items, formed anew around what is believed.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_REGROUP_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_REGROUP_H_

#include <cstddef>
#include <vector>

#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// Counting forms a table's candidates before anything is known of the sources, so a number that
// many copies state may swallow the true one beside it. Here the most believed number is a
// candidate's center; the candidate is still represented by the most often stated of its numbers.
struct RegroupedTable {
  TruthTable table;
  std::vector<std::size_t> old_claim;  // of each claim of `table`, its index in the original
};

// `claim_belief`: how much the number that a claim states is believed; equal for claims of one
// number. `claim_independence`: I of each claim.
RegroupedTable Regroup(const TruthTable& table, const std::vector<double>& claim_belief,
                       const std::vector<double>& claim_independence);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_REGROUP_H_
