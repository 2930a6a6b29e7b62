// Words around a place name, and what they say of the place.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_CUES_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_CUES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "services/extraction/model/mention.h"
#include "services/extraction/place/gazetteer.h"

namespace consilience::extraction {

// Named in cues.tsv by kCueNames, in this order.
enum class Cue : int8_t {
  kNone = -1,
  kProvince,
  kCity,
  kTown,
  kNeighbourhood,
  kRegion,
  kEast,
  kWest,
  kNorth,
  kSouth,
  kNortheast,
  kNorthwest,
  kSoutheast,
  kSouthwest,
  kCentral,
  kHeld,
  kPart,
  kNear,
  kIn,
  kTitle,
  kVessel,
};

inline constexpr std::string_view kCueNames[] = {
    "province", "city",      "town",      "neighbourhood", "region",    "east",    "west", "north",
    "south",    "northeast", "northwest", "southeast",     "southwest", "central", "held", "part",
    "near",     "in",        "title",     "vessel"};

inline bool IsDirection(Cue cue) { return cue >= Cue::kEast && cue <= Cue::kCentral; }
inline bool IsKind(Cue cue) { return cue >= Cue::kProvince && cue <= Cue::kRegion; }

// The name that follows is somebody's or something's, not a place's.
inline bool IsOfAnother(Cue cue) { return cue == Cue::kTitle || cue == Cue::kVessel; }

inline std::string_view NameOf(Cue cue) { return kCueNames[static_cast<size_t>(cue)]; }

// How well a place's level fits the kind of place that the words around the name say.
bool Fits(PlaceLevel level, Cue kind);

// How likely a name means a place of this level rather than another of the same name, on an
// arbitrary scale.
int LevelPrior(PlaceLevel level);

PlacePrecision PrecisionOf(PlaceLevel level);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PLACE_PLACE_CUES_H_
