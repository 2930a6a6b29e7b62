// Our engine for stances.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_ENGINE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_ENGINE_H_

#include <cstddef>

#include "services/corroboration/truth/engine/options.h"
#include "services/corroboration/truth/engine/stance_model.h"
#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// What an item's sources amount to, with the independence that `result` gives each claim. A source
// that only mentions counts 1.
StanceCounts CountStances(const TruthTable& table, const TruthResult& result, std::size_t item);

// Fills in the probabilities of the stance items, and the accuracies of the sources that take
// stances: the share of their claims, of any kind, that is right.
void ScoreStances(const TruthTable& table, const StanceModel& model, const EngineOptions& options,
                  TruthResult* result);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_STANCE_ENGINE_H_
