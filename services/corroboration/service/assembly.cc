#include "services/corroboration/service/assembly.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"
#include "services/corroboration/config/files.h"
#include "services/corroboration/engine/refresh_pace.h"
#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/postgres_store.h"
#include "services/corroboration/store/sqlite_store.h"
#include "services/extraction/pack/rules_path.h"

namespace consilience::corroboration {
namespace {

constexpr absl::Duration kShortestLease = absl::Seconds(2);

absl::StatusOr<std::unique_ptr<Store>> OpenShared(const common::postgres::StoreOptions& options) {
  const auto target = common::postgres::ReadTarget(options.store);
  if (!target.ok()) return target.status();
  auto store = PostgresStore::Open(*target, options.pool());
  if (!store.ok()) return store.status();
  return std::unique_ptr<Store>(*std::move(store));
}

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const CorroborationOptions& options) {
  if (!options.store.embedded()) return OpenShared(options.store);
  const std::string& data_dir = options.data_dir;
  if (data_dir == ":memory:") return std::make_unique<MemoryStore>();
  std::error_code error;
  std::filesystem::create_directories(data_dir, error);
  if (error) return common::StoreUnavailable(data_dir, error.message());
  auto store = SqliteStore::Open((std::filesystem::path(data_dir) / "corroboration.db").string());
  if (!store.ok()) return store.status();
  return std::unique_ptr<Store>(*std::move(store));
}

}  // namespace

void CorroborationOptions::AddTo(common::Settings& settings) {
  settings.Add("data-dir", data_dir, "Folder of the embedded store; :memory: keeps nothing.");
  store.AddTo(settings);
  settings.Add("rules", rules, "Folder of the shipped rules; empty looks beside the program.");
  settings.Add("tuning", tuning, "File of tunables; empty for those compiled in.");
  settings.Add("sources", sources,
               "File of sources known in advance; empty for those compiled in.");
  settings.Add("calibration", calibration,
               "File of the map from probabilities to scores; empty for the one compiled in.");
  settings.Add("refresh-every", refresh_every,
               "How long a score may lag behind what was learned of its sources, while re-scoring "
               "takes less than a fifth of it.");
}

CorroborationAssembly::CorroborationAssembly(extraction::Extractor extractor, PlaceHierarchy places,
                                             Configuration config, CalibrationMap calibration)
    : extractor_(std::move(extractor)),
      places_(std::move(places)),
      config_(std::move(config)),
      calibration_(std::move(calibration)),
      ids_(common::RealClock()) {}

absl::StatusOr<std::unique_ptr<CorroborationAssembly>> CorroborationAssembly::Make(
    const CorroborationOptions& options, common::Server& server) {
  const auto rules = extraction::FindRules(options.rules);
  if (!rules.ok()) return rules.status();
  auto extractor = extraction::Extractor::Load(*rules);
  if (!extractor.ok()) return extractor.status();
  auto places = PlaceHierarchy::Load(*rules / "places" / "places.tsv");
  if (!places.ok()) return places.status();
  auto config = ReadTuning(options.tuning);
  if (!config.ok()) return config.status();
  auto known = ReadSources(options.sources);
  if (!known.ok()) return known.status();
  auto calibration = ReadCalibration(options.calibration);
  if (!calibration.ok()) return calibration.status();
  std::unique_ptr<CorroborationAssembly> assembly(new CorroborationAssembly(
      *std::move(extractor), *std::move(places), *std::move(config), *std::move(calibration)));
  if (absl::Status status = assembly->Start(options, *std::move(known), server); !status.ok()) {
    return status;
  }
  return assembly;
}

absl::Status CorroborationAssembly::Start(const CorroborationOptions& options,
                                          SourceDirectory known, common::Server& server) {
  auto store = OpenStore(options);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  store_->Observe(server.Observe("corroboration"));
  metrics_ = std::make_unique<ScoringMetrics>(server.registry());
  auto engine = Engine::Open({*store_, config_, places_, calibration_, common::RealClock(), ids_},
                             std::move(known));
  if (!engine.ok()) return engine.status();
  engine_ = *std::move(engine);
  claims_api_ = std::make_unique<CorroborationApi>(server.calls(), *engine_, extractor_);
  sources_api_ = std::make_unique<SourceApi>(server.calls(), *engine_);
  server.Add(*claims_api_, "consilience.corroboration.v1.CorroborationService");
  server.Add(*sources_api_, "consilience.corroboration.v1.SourceService");
  server.Watch("corroboration", [this] { return store_->SourcesVersion().status(); });
  refresher_ = std::thread([this, every = options.refresh_every] { RefreshUntilStopped(every); });
  return absl::OkStatus();
}

void CorroborationAssembly::RefreshUntilStopped(absl::Duration every) {
  bool failed = false;  // the last time: said once, not twice a second
  absl::Duration pause = every;
  while (true) {
    {
      common::MutexLock lock(mutex_);
      const auto stopped = [this]() NO_THREAD_SAFETY_ANALYSIS { return stop_; };
      if (stopped_.WaitFor(lock, pause, stopped)) return;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto written = RefreshOnce(std::max(kShortestLease, 4 * pause));
    const auto took = absl::FromChrono(std::chrono::steady_clock::now() - begin);
    pause = std::max(every, kPauseOverRound * took);
    if (!written.ok()) {
      if (!failed) {
        common::log::Error("scores could not be refreshed", {{"status", written.status()}});
      }
    } else if (*written > 0) {
      common::log::Info("scores refreshed", {{"questions", *written}});
      metrics_->Rescored(*written, took);
    }
    failed = !written.ok();
    const absl::Status counted = metrics_->Count(*store_, common::RealClock().Now());
    if (!counted.ok()) common::log::Warning("claims cannot be counted", {{"status", counted}});
  }
}

absl::StatusOr<int> CorroborationAssembly::RefreshOnce(absl::Duration lease) {
  if (absl::Status status = engine_->SyncSources(); !status.ok()) return status;
  // Of several replicas one refreshes; when it is gone another takes over after that long.
  const auto ours = store_->HoldLease("refresh", lease);
  if (!ours.ok()) return ours.status();
  return *ours ? engine_->RefreshOneRound() : 0;
}

CorroborationAssembly::~CorroborationAssembly() {
  if (!refresher_.joinable()) return;
  {
    common::MutexLock lock(mutex_);
    stop_ = true;
    stopped_.NotifyAll();
  }
  refresher_.join();
}

}  // namespace consilience::corroboration
