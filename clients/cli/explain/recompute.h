// The score, worked out again from nothing but its explanation.
#ifndef CONSILIENCE_CLIENTS_CLI_EXPLAIN_RECOMPUTE_H_
#define CONSILIENCE_CLIENTS_CLI_EXPLAIN_RECOMPUTE_H_

#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::cli {

// Every step of the formula at the head of explanation.proto.
struct Recomputed {
  double log_weight = 0;  // C(v): prior, origins and denials
  double posterior = 0;   // P(v)
  double capped = 0;      // after the relays' limit
  double score = 0;       // after calibration
};
Recomputed Recompute(const corroboration::v1::Explanation& explanation);

// The map's value at `posterior`: linear between its points, flat beyond them; an empty map changes
// nothing.
double Calibrated(const corroboration::v1::CalibrationMap& map, double posterior);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_EXPLAIN_RECOMPUTE_H_
