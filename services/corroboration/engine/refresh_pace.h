// How often scores that are due again are looked at.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_REFRESH_PACE_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_REFRESH_PACE_H_

namespace consilience::corroboration {

// The pause after a round of a refresh, in rounds. Re-scoring holds writers up. What many questions
// rest on is learned of with every document, so without pauses a large store would do nothing else;
// during a pause the lessons add up to one round.
inline constexpr int kPauseOverRound = 4;

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_REFRESH_PACE_H_
