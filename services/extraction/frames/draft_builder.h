// From the frames of a sentence to drafts of assertions: numbers, people, parts, parties, polarity
// and modality.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_BUILDER_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_BUILDER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/frame_finder.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/frames/units.h"
#include "services/extraction/population/population_lexicon.h"

namespace consilience::extraction {

// Thread-safe. What it is made from must outlive it.
class DraftBuilder {
 public:
  DraftBuilder(const PopulationLexicon& lexicon, const ClassTable& classes);

  // Appends the drafts of one sentence.
  void Build(const Scene& scene, const UnitRow& row, std::span<const People> people,
             const std::vector<Frame>& frames, uint32_t sentence, std::vector<Draft>& drafts) const;

 private:
  friend class SentenceDrafts;

  const PopulationLexicon& lexicon_;
  ClassId not_;
  ClassId modal_;
  ClassId if_;
  ClassId plan_;
  ClassId allege_;
  ClassId suspect_;
  ClassId by_;
  ClassId in_;
  ClassId including_;
  ClassId be_;
  ClassId have_;
  ClassId no_;
  ClassId who_;
  ClassId det_;
  ClassId of_;
  ClassId dead_;  // "bodies", "murdered priests"
  ClassId old_;   // "from", "compared with": an old figure or a step follows
  ClassId compared_;
  ClassId arms_matter_;  // "stockpile", "ban": arms are spoken of and not used
  ClassId put_;
  ClassId poll_;
  ClassId owner_;       // "its"
  ClassId inhabitant_;  // "residents"
  ClassId lost_;
  ClassId say_;
  ClassId barely_;  // "nearly": what follows has not happened
  ClassSet participle_;
  ClassSet finite_;  // verbs without an object: "died"
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_DRAFT_BUILDER_H_
