// The corroboration and source services put together, for their own process and for the one that
// hosts all services.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_ASSEMBLY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_ASSEMBLY_H_

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/server/server.h"
#include "services/common/store/postgres/store_options.h"
#include "services/common/sync/mutex.h"
#include "services/common/time/ids.h"
#include "services/corroboration/engine/engine.h"
#include "services/corroboration/service/api.h"
#include "services/corroboration/service/scoring_metrics.h"
#include "services/extraction/extractor.h"

namespace consilience::corroboration {

struct CorroborationOptions {
  std::string data_dir = "data/corroboration";  // ":memory:" keeps nothing
  common::postgres::StoreOptions store;
  std::string rules;        // folder of the shipped rules (places); empty looks beside the program
  std::string tuning;       // file that replaces the compiled-in rules/corroboration.json
  std::string sources;      // file that replaces the compiled-in rules/sources.tsv
  std::string calibration;  // file that replaces the compiled-in rules/calibration.tsv
  // How long a score may lag behind what was learned of its sources; five times what re-scoring
  // takes where that is longer.
  absl::Duration refresh_every = absl::Milliseconds(500);

  // For a process of its own.
  void AddTo(common::Settings& settings);
};

class CorroborationAssembly {
 public:
  // Opens the store and adds the services to `server`, which must not outlive the result's use of
  // it. Errors name file, line and rule.
  static absl::StatusOr<std::unique_ptr<CorroborationAssembly>> Make(
      const CorroborationOptions& options, common::Server& server);
  // Waits for a refresh under way.
  ~CorroborationAssembly();

  Engine& engine() { return *engine_; }

 private:
  CorroborationAssembly(extraction::Extractor extractor, PlaceHierarchy places,
                        Configuration config, CalibrationMap calibration);

  absl::Status Start(const CorroborationOptions& options, SourceDirectory known,
                     common::Server& server);
  void RefreshUntilStopped(absl::Duration every);
  absl::StatusOr<int> RefreshOnce(absl::Duration lease);

  const extraction::Extractor extractor_;
  const PlaceHierarchy places_;
  const Configuration config_;
  const CalibrationMap calibration_;
  common::UuidV7Generator ids_;
  std::unique_ptr<ScoringMetrics> metrics_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<CorroborationApi> claims_api_;
  std::unique_ptr<SourceApi> sources_api_;
  common::Mutex mutex_;
  common::CondVar stopped_;
  bool stop_ GUARDED_BY(mutex_) = false;
  std::thread refresher_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_ASSEMBLY_H_
