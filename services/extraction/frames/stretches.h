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

// "Up 53 percent from the same period of 2023": a time that figures are only compared with.
bool IsBaseline(const Scene& scene, const TimeMention& time);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_STRETCHES_H_
