#include "services/extraction/place/place_cues.h"

namespace consilience::extraction {

bool Fits(PlaceLevel level, Cue kind) {
  switch (kind) {
    case Cue::kProvince:
      return level == PlaceLevel::kProvince;
    case Cue::kCity:
      return level == PlaceLevel::kCity || level == PlaceLevel::kTown;
    case Cue::kTown:
      return level == PlaceLevel::kTown || level == PlaceLevel::kCity ||
             level == PlaceLevel::kNeighbourhood;
    case Cue::kNeighbourhood:
      return level == PlaceLevel::kNeighbourhood;
    default:
      return level == PlaceLevel::kRegion;
  }
}

int LevelPrior(PlaceLevel level) {
  switch (level) {
    case PlaceLevel::kCountry:
      return 30;
    case PlaceLevel::kCity:
      return 20;
    case PlaceLevel::kTown:
      return 14;
    case PlaceLevel::kProvince:
      return 10;
    case PlaceLevel::kRegion:
      return 9;
    case PlaceLevel::kNeighbourhood:
      return 8;
    case PlaceLevel::kSubprovince:
      return 4;
  }
  return 0;
}

PlacePrecision PrecisionOf(PlaceLevel level) {
  const bool wide = level == PlaceLevel::kCountry || level == PlaceLevel::kProvince ||
                    level == PlaceLevel::kSubprovince || level == PlaceLevel::kRegion;
  return wide ? PlacePrecision::kRegion : PlacePrecision::kExact;
}

}  // namespace consilience::extraction
