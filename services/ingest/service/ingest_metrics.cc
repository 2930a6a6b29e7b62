#include "services/ingest/service/ingest_metrics.h"

namespace consilience::ingest {

IngestMetrics::IngestMetrics(prometheus::Registry& registry)
    : documents_(prometheus::BuildCounter()
                     .Name("consilience_documents_total")
                     .Help("Texts offered, by what became of them.")
                     .Register(registry)),
      backlog_(prometheus::BuildGauge()
                   .Name("consilience_pipeline_documents")
                   .Help("Documents on the work list, by state.")
                   .Register(registry)),
      accepted_(documents_.Add({{"outcome", "accepted"}})),
      duplicate_(documents_.Add({{"outcome", "duplicate"}})),
      revision_(documents_.Add({{"outcome", "revision"}})),
      retracted_(documents_.Add({{"outcome", "retracted"}})),
      outdated_(documents_.Add({{"outcome", "outdated"}})),
      refused_(documents_.Add({{"outcome", "refused"}})),
      pending_(backlog_.Add({{"state", "pending"}})),
      running_(backlog_.Add({{"state", "running"}})),
      retrying_(backlog_.Add({{"state", "retrying"}})),
      failed_(backlog_.Add({{"state", "failed"}})),
      oldest_(prometheus::BuildGauge()
                  .Name("consilience_pipeline_oldest_seconds")
                  .Help("Age of the oldest document on the work list that is still tried.")
                  .Register(registry)
                  .Add({})) {}

void IngestMetrics::Count(const absl::StatusOr<Receipt>& receipt) {
  if (!receipt.ok()) return refused_.Increment();
  switch (receipt->outcome) {
    case Outcome::kAccepted:
      return accepted_.Increment();
    case Outcome::kDuplicate:
      return duplicate_.Increment();
    case Outcome::kRevision:
      return revision_.Increment();
    case Outcome::kRetracted:
      return retracted_.Increment();
    case Outcome::kOutdated:
      return outdated_.Increment();
    case Outcome::kNotHeld:
    case Outcome::kValidated:
      return;  // nothing happened
  }
}

void IngestMetrics::Set(const PipelineCounts& counts, absl::Time now) {
  pending_.Set(static_cast<double>(counts.pending));
  running_.Set(static_cast<double>(counts.running));
  retrying_.Set(static_cast<double>(counts.retrying));
  failed_.Set(static_cast<double>(counts.failed));
  const bool idle = counts.oldest == absl::InfiniteFuture();
  oldest_.Set(idle ? 0 : absl::ToDoubleSeconds(now - counts.oldest));
}

}  // namespace consilience::ingest
