// What is told of claims and of scoring them again.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_SCORING_METRICS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_SCORING_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/corroboration/model/claim.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// Belongs to one thread.
class ScoringMetrics {
 public:
  explicit ScoringMetrics(prometheus::Registry& registry);

  // So many questions were scored again, which took that long.
  void Rescored(int questions, absl::Duration took);
  // Counts claims by state, and those that wait for a reviewer, when that is due: it reads all
  // claims, so it takes at most a fiftieth of the time.
  absl::Status Count(Store& store, absl::Time now);

 private:
  absl::Status CountAll(Store& store);

  prometheus::Counter& rescored_;
  prometheus::Histogram& seconds_;
  prometheus::Gauge& review_queue_;
  std::map<ClaimState, prometheus::Gauge*> claims_;
  absl::Time due_ = absl::InfinitePast();
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_SCORING_METRICS_H_
