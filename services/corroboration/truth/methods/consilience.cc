// Ours, the default.
#include "services/corroboration/truth/engine/claim_engine.h"
#include "services/corroboration/truth/engine/stance_engine.h"
#include "services/corroboration/truth/methods/method.h"

namespace consilience::corroboration {

TruthResult Consilience(const TruthTable& table) {
  const EngineOptions options;
  TruthResult result = ClaimEngine(table, options).Run();
  ScoreStances(CandidateTable(table, result), ShippedStanceModel(), options, &result);
  return result;
}

}  // namespace consilience::corroboration
