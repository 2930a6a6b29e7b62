// A score on the scales that analysts exchange.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_SCALES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_SCALES_H_

#include <cmath>

namespace consilience::corroboration {

// Admiralty credibility of information: 1 confirmed … 5 improbable, 6 cannot be judged. The cuts
// are those of STIX 2.1 appendix A (80, 60, 40, 20 of 100). `1 confirmed` needs two effective
// origins: "confirmed by other sources" is what the grade says. `judged` is false when nobody
// speaks to the claim.
inline int AdmiraltyCredibility(double score, double effective_origins, bool judged) {
  if (!judged) return 6;
  if (score >= 0.8) return effective_origins >= 2.0 ? 1 : 2;
  if (score >= 0.6) return 2;
  if (score >= 0.4) return 3;
  if (score >= 0.2) return 4;
  return 5;
}

// STIX 2.1 confidence, 0–100.
inline int StixConfidence(double score) { return static_cast<int>(std::lround(100.0 * score)); }

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_SCALES_H_
