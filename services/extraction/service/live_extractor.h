// The extractor in force, which a reload replaces while calls go on with the one they began with.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_LIVE_EXTRACTOR_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_LIVE_EXTRACTOR_H_

#include <filesystem>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "services/common/sync/mutex.h"
#include "services/extraction/extractor.h"

namespace consilience::extraction {

// Thread-safe.
class LiveExtractor {
 public:
  // Loads the shipped rules and each pack in `pack_root`, a folder of packs; empty for none.
  static absl::StatusOr<std::unique_ptr<LiveExtractor>> Load(
      const std::filesystem::path& rules, const std::filesystem::path& pack_root);

  std::shared_ptr<const Extractor> Current() const;
  // Loads everything again. On an error the rules in force stay.
  absl::Status Reload();

 private:
  LiveExtractor(std::filesystem::path rules, std::filesystem::path pack_root)
      : rules_(std::move(rules)), pack_root_(std::move(pack_root)) {}

  const std::filesystem::path rules_;
  const std::filesystem::path pack_root_;
  mutable common::Mutex mutex_;
  std::shared_ptr<const Extractor> current_ GUARDED_BY(mutex_);
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_LIVE_EXTRACTOR_H_
