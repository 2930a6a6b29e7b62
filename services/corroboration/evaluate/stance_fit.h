// The weights of the stance model, from rumours whose truth is known.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_STANCE_FIT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_STANCE_FIT_H_

#include <array>
#include <span>

#include "services/corroboration/truth/engine/stance_model.h"

namespace consilience::corroboration {

struct KnownRumour {
  StanceCounts counts;
  bool is_true = false;
};

// Logistic regression with an L2 penalty of `ridge` / 2 on every weight but the bias, by projected
// gradient ascent: a weight that would take the wrong sign stays at 0. Deterministic.
std::array<double, kStanceWeights> FitStanceWeights(std::span<const KnownRumour> rumours,
                                                    double ridge);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_EVALUATE_STANCE_FIT_H_
