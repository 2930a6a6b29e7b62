#include "services/extraction/evaluate/casualties.h"
#include "services/extraction/evaluate/measure.h"
#include "services/extraction/evaluate/muc.h"
#include "services/extraction/evaluate/passages.h"
#include "services/extraction/evaluate/seeds.h"

namespace consilience::extraction {

std::vector<Measure> AllMeasures() {
  return {CasualtiesMeasure(), MucMeasure(), PassagesMeasure(), SeedsMeasure()};
}

}  // namespace consilience::extraction
