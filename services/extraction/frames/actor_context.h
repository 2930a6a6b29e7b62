// Finds out who acts where a sentence says it by a pronoun, by a noun, or not at all.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ACTOR_CONTEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ACTOR_CONTEXT_H_

#include <string>
#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/pack/class_set.h"
#include "services/extraction/population/population_lexicon.h"

namespace consilience::extraction {

// What actors are read by; must outlive the call.
struct ActorSources {
  const PopulationLexicon* lexicon = nullptr;
  ClassId have = 0;
  ClassId modal = 0;
  ClassId adverb = 0;
  ClassId advance = 0;  // "advance", "push": nouns that do what those behind them do
};

// For assertions of control without an actor: "they" and "its forces" are the speaker's side
// ("Rebels said they had retaken the town"); "the advance captured" is by who was last said to
// advance; a capture told again is by who was said to have made it. "The army" is that of
// `country`, a gazetteer id, where a party is known for it. Drafts must be in the order of the
// text, with attributions, places and times.
void ResolveActors(const Scene& scene, const ActorSources& sources, const std::string& country,
                   const std::vector<AttributionMention>& attributions, std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_ACTOR_CONTEXT_H_
