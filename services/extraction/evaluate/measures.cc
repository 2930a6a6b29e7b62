#include "services/extraction/evaluate/attribution.h"
#include "services/extraction/evaluate/casualties.h"
#include "services/extraction/evaluate/measure.h"
#include "services/extraction/evaluate/muc.h"
#include "services/extraction/evaluate/numbers.h"
#include "services/extraction/evaluate/passages.h"
#include "services/extraction/evaluate/seeds.h"
#include "services/extraction/evaluate/timex.h"

namespace consilience::extraction {

std::vector<Measure> AllMeasures() {
  std::vector<Measure> measures;
  measures.push_back(AttributionMeasure());
  measures.push_back(CasualtiesMeasure());
  measures.push_back(MucMeasure());
  measures.push_back(NumbersMeasure());
  measures.push_back(PassagesMeasure());
  measures.push_back(SeedsMeasure());
  measures.push_back(TimexMeasure());
  measures.push_back(WireMeasure());
  return measures;
}

}  // namespace consilience::extraction
