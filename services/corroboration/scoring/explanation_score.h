// The score of a claim as a function of its explanation and of nothing else. The engine computes
// every score this way, so an explanation can always be checked against the number it explains.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_EXPLANATION_SCORE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_EXPLANATION_SCORE_H_

#include <cstddef>

#include "services/corroboration/model/explanation.h"
#include "services/corroboration/scoring/calibration.h"

namespace consilience::corroboration {

// The product of a term's factors and its log-odds.
double TermWeight(const WitnessTerm& term);

// C(v): the prior, plus the weights of the origins, minus those of the denials.
double LogWeight(const Explanation& explanation);

// P(v) among the answers of the explanation, before relay cap and calibration.
double PosteriorOf(const Explanation& explanation);
// The same without one of its origins.
double PosteriorWithout(const Explanation& explanation, size_t origin);

// calibration(min(P, relay cap)).
double ScoreOf(const Explanation& explanation, const CalibrationMap& calibration);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_EXPLANATION_SCORE_H_
