// The states of claims and questions.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_STATES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_STATES_H_

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/model/claim.h"
#include "services/corroboration/model/explanation.h"

namespace consilience::corroboration {

// The first that applies of WITHDRAWN, SUPERSEDED, CONTRADICTED, DISPUTED, CORROBORATED and
// SINGLE_ORIGIN. The explanation's counts and score must be filled in.
ClaimState StateOf(const Explanation& explanation, bool superseded, const Configuration& config);

// From the states of its claims.
QuestionState StateOf(const Question& question);

// What the claims that are neither superseded nor withdrawn span, and the best of them.
ValueRange LiveRange(const Question& question);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_STATES_H_
