// The posterior over the competing answers to one question.
//
//   C(v) = prior(v) + Σ_g q_g · I(g) · clamp(ln(n·A_g / (1 − A_g)), 0, cap) + denials
//   P(v) = e^C(v) / (Σ_v′ e^C(v′) + none-of-these mass)
//
// Of origin g: A_g is its accuracy, in (0, 1); q_g how well its words are read and fit v, in [0,
// 1]; I(g) its independence, relay factor included, in [0, 1].
//
// The vote count ln(n·A / (1 − A)) and the form of P are those of VLDB 2009 §4.1.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_POSTERIOR_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_POSTERIOR_H_

#include <span>
#include <vector>

namespace consilience::corroboration {

// clamp(ln(n·A / (1 − A)), 0, cap): what one fully independent origin adds to the log-odds. Never
// negative, so an added supporter never lowers a score.
double OriginWeight(double accuracy, double false_values, double cap);

// The same without the kink at 0: ln(1 + (n·A / (1 − A))^s) / s with sharpness s = 3. Where sources
// are estimated together, a kink at 0 makes "everybody is useless" a state that estimation cannot
// leave.
double SmoothOriginWeight(double accuracy, double false_values, double cap);

// ln of the mass of the answers that nobody gave: of the n + 1 conceivable answers those that are
// not among the `stated` ones, each with C = 0; at least `floor` answers, so that certainty is
// never reached.
double NoneOfTheseLogMass(double false_values, double stated, double floor);

// P(v) for every C(v) in `scores`. The sum is below 1 by the none-of-these mass; kLogZero as
// `none_log_mass` leaves no such mass. Scores must be finite.
std::vector<double> PosteriorOver(std::span<const double> scores, double none_log_mass);

// The same in place.
void PosteriorInPlace(std::span<double> scores, double none_log_mass);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_POSTERIOR_H_
