// What the truth methods have in common.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_METHODS_METHOD_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_METHODS_METHOD_H_

#include <cstdint>
#include <vector>

#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// Each is a pure function of the table and lives in the file of its name.
TruthResult Consilience(const TruthTable& table);
TruthResult Vote(const TruthTable& table);
TruthResult Accu(const TruthTable& table);
TruthResult AccuCopy(const TruthTable& table);
TruthResult TruthFinder(const TruthTable& table);
TruthResult Sums(const TruthTable& table);
TruthResult AverageLog(const TruthTable& table);
TruthResult Investment(const TruthTable& table);
TruthResult PooledInvestment(const TruthTable& table);
// PooledInvestment where each claim counts for its weight, ≥ 0, instead of 1.
TruthResult PooledInvestmentOf(const TruthTable& table, std::vector<double> claim_weights);
TruthResult TwoEstimates(const TruthTable& table);
TruthResult ThreeEstimates(const TruthTable& table);
TruthResult Cosine(const TruthTable& table);
TruthResult Crh(const TruthTable& table);

// Divides each item's belief by its sum, so that unbounded scores compare between items. An item
// without belief gets a uniform answer. Beliefs are not negative.
void NormaliseItems(const TruthTable& table, std::vector<double>* belief);

// Divides by the largest element; all zero stays as it is.
void DivideByMax(std::vector<double>* numbers);

// Number of claims of each source.
std::vector<double> ClaimCounts(const TruthTable& table);

// The largest |a − b|; the arrays have one size.
double LargestChange(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_METHODS_METHOD_H_
