// What ingest counts besides its calls.
#ifndef CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_METRICS_H_
#define CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/ingest/ledger/ledger.h"

namespace consilience::ingest {

// consilience_documents_total{outcome}: texts offered, by what became of them.
// consilience_pipeline_documents{state}: documents on the work list.
// consilience_pipeline_oldest_seconds: age of the oldest of them that is not out of tries.
// Thread-safe.
class IngestMetrics {
 public:
  explicit IngestMetrics(prometheus::Registry& registry);

  void Count(const absl::StatusOr<Receipt>& receipt);
  void Set(const PipelineCounts& counts, absl::Time now);

 private:
  prometheus::Family<prometheus::Counter>& documents_;
  prometheus::Family<prometheus::Gauge>& backlog_;
  prometheus::Counter& accepted_;
  prometheus::Counter& duplicate_;
  prometheus::Counter& revision_;
  prometheus::Counter& retracted_;
  prometheus::Counter& outdated_;
  prometheus::Counter& refused_;
  prometheus::Gauge& pending_;
  prometheus::Gauge& running_;
  prometheus::Gauge& retrying_;
  prometheus::Gauge& failed_;
  prometheus::Gauge& oldest_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_SERVICE_INGEST_METRICS_H_
