// Stretches of time that take more than one expression to tell.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_STRETCHES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_STRETCHES_H_

#include <optional>
#include <string>

#include "services/extraction/frames/scene.h"

namespace consilience::extraction {

// The stretch that `time` is an end or a part of: "from January to June", "the first three months
// of 2024". `published`, ISO 8601 or empty, is what "of the year" goes by. Nothing for a time that
// stands by itself.
std::optional<DayRange> StretchOf(const Scene& scene, const TimeMention& time,
                                  const std::string& published);

// "They died in the deadliest attack since 2014": a time that says how rare something is, not when
// it was. What stands before the token `verb` is left out: "the first attack killed 12 since May".
bool IsOfRecord(const Scene& scene, const TimeMention& time, size_t verb);

// "Since 2014, when a raid killed 40", "since the 2010 quake, which left 500 dead": whether the
// verb at token `verb` tells what happened at the time that follows "since".
bool OpensOwnClause(const Scene& scene, const TimeMention& time, size_t verb);

// The days that a time names, without those since: of "since 2014" the year.
DayRange OwnDays(const TimeMention& time);

// "Up 53 percent from the same period of 2023": a time that figures are only compared with.
bool IsBaseline(const Scene& scene, const TimeMention& time);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_STRETCHES_H_
