// The tunables, the sources known in advance and the calibration, from files or as they are
// compiled in.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_CONFIG_FILES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_CONFIG_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/corroboration/config/configuration.h"
#include "services/corroboration/independence/source_directory.h"
#include "services/corroboration/scoring/calibration.h"

namespace consilience::corroboration {

// An empty path stands for what is compiled in. Errors name the file, and line or key.
absl::StatusOr<Configuration> ReadTuning(const std::string& path);
absl::StatusOr<SourceDirectory> ReadSources(const std::string& path);
absl::StatusOr<CalibrationMap> ReadCalibration(const std::string& path);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_CONFIG_FILES_H_
