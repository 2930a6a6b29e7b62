// Gives assertions what their own words leave out: when and where.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_

#include <string>
#include <vector>

#include "services/extraction/frames/draft.h"
#include "services/extraction/frames/scene.h"
#include "services/extraction/frames/scene_places.h"

namespace consilience::extraction {

// Classes of words that times are read by.
struct TimeClasses {
  ClassId begin = 0;     // verbs that say when something began
  ClassId compared = 0;  // "up from": an old figure and its time follow
  ClassId have = 0;
  ClassId elsewhere = 0;  // "separately": the sentence is about something else
  ClassId rise = 0;       // "raising", "bringing to"
};

// Sets the window of each draft: the nearest time of its clause that is the event's and not the
// report's, else the window of the assertion of its kind before it in the paragraph; a state ("are
// trapped") holds on the publication date. `published` is ISO 8601 or empty.
void ResolveTimes(const Scene& scene, const TimeClasses& classes,
                  const std::vector<AttributionMention>& attributions, const std::string& published,
                  std::vector<Draft>& drafts);

// Gives a count of victims that says nothing of when, and is the first of its kind in its
// paragraph, the day of the event that was told of before it in the same place, where no other time
// stands between.
void InheritEventDays(const Scene& scene, const TimeClasses& classes, const std::string& published,
                      std::vector<Draft>& drafts);

// Lets a state that was over when the text was written end the day before its end: the day named
// with "until", that of a change which the text tells of, or else that of the report.
void EndPastStates(const Scene& scene, const std::string& published, std::vector<Draft>& drafts);

// Sets the place of each draft from its own words. One that names none inherits a place, with the
// reason: from its sentence, its paragraph, the dateline, or what the text is mostly about, in that
// order; never from a paragraph that happens to stand before it. Attributions must be joined.
void ResolvePlaces(const Scene& scene, const ScenePlaces& places, const PlaceSources& sources,
                   const std::vector<AttributionMention>& attributions, std::vector<Draft>& drafts);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_CONTEXT_H_
