#include "services/ingest/service/assembly.h"

#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/ingest/service/observed_store.h"
#include "services/ingest/store/postgres/postgres_store.h"
#include "services/ingest/store/sqlite/sqlite_store.h"

namespace consilience::ingest {
namespace {

constexpr absl::Duration kMetricsEvery = absl::Seconds(5);

PipelineOptions PipelineOf(const IngestOptions& options) {
  PipelineOptions pipeline;
  pipeline.parallel = options.parallel;
  return pipeline;
}

Limits LimitsOf(const IngestOptions& options) {
  Limits limits;
  limits.document_bytes = static_cast<size_t>(options.max_document_mib) << 20U;
  return limits;
}

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const IngestOptions& options) {
  if (options.store.embedded()) {
    auto store = SqliteStore::Open(options.data_dir);
    if (!store.ok()) return store.status();
    return std::unique_ptr<Store>(*std::move(store));
  }
  if (options.replica_gone_after < absl::Seconds(1)) {
    return common::SettingInvalid("replica-gone-after",
                                  absl::FormatDuration(options.replica_gone_after), "the settings",
                                  "must be 1s or longer");
  }
  const auto target = common::postgres::ReadTarget(options.store.store);
  if (!target.ok()) return target.status();
  auto store = PostgresStore::Open(*target, options.store.pool(), options.replica_gone_after);
  if (!store.ok()) return store.status();
  return std::unique_ptr<Store>(*std::move(store));
}

}  // namespace

void IngestOptions::AddTo(common::Settings& settings) {
  settings.Add("data-dir", data_dir, "Folder of the embedded store.");
  store.AddTo(settings);
  settings.Add("parallel", parallel, "Documents that are worked on at once.",
               common::Bounds{1, 256});
  settings.Add("call-deadline", call_deadline, "Deadline of each call to the other services.");
  settings.Add("replica-gone-after", replica_gone_after,
               "How long another replica may be silent before its claimed work is taken over; "
               "the same for all replicas.");
  settings.Add("max-document-mib", max_document_mib, "Largest document, in MiB.",
               common::Bounds{1, 512});
}

absl::StatusOr<std::unique_ptr<IngestAssembly>> IngestAssembly::Make(const IngestOptions& options,
                                                                     common::Server& server) {
  auto store = OpenStore(options);
  if (!store.ok()) return store.status();
  return std::unique_ptr<IngestAssembly>(new IngestAssembly(options, *std::move(store), server));
}

IngestAssembly::IngestAssembly(const IngestOptions& options, std::unique_ptr<Store> store,
                               common::Server& server)
    : store_(std::make_unique<ObservedStore>(std::move(store), server.Observe("ingest"))),
      clock_(common::RealClock()),
      metrics_(server.registry()),
      downstream_(options.call_deadline, server.registry()),
      ledger_(*store_, clock_),
      pipeline_(*store_, downstream_, clock_, sleeper_, PipelineOf(options)),
      commits_(ledger_, {}, [this] { pipeline_.Wake(); }),
      api_(server.calls(),
           {*store_, ledger_, commits_, pipeline_, metrics_, clock_, LimitsOf(options)}) {
  server.Add(api_, "consilience.ingest.v1.IngestService");
  server.Watch("ingest", [this] {
    return store_->Read([](Records& records) { return records.NextDue().status(); });
  });
  server.OnDrain([this] { pipeline_.Stop(); });
}

void IngestAssembly::Connect(const std::shared_ptr<grpc::Channel>& extraction,
                             const std::shared_ptr<grpc::Channel>& corroboration) {
  downstream_.Connect(extraction, corroboration);
  pipeline_.Start([this] { RefreshMetrics(); });
}

void IngestAssembly::RefreshMetrics() {
  // Counting takes as long as the work list is, and rounds follow each other quickly.
  const absl::Time now = clock_.Now();
  if (now < metrics_due_) return;
  metrics_due_ = now + kMetricsEvery;
  const auto status = store_->Read([&](Records& records) {
    const auto counts = records.Counts();
    if (counts.ok()) metrics_.Set(*counts, now);
    return counts.status();
  });
  if (!status.ok()) common::log::Warning("the work list cannot be counted", {{"error", status}});
}

}  // namespace consilience::ingest
