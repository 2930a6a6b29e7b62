#include "services/corroboration/config/files.h"

#include <fstream>
#include <sstream>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/config/default_configuration.h"

namespace consilience::corroboration {
namespace {

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return common::FileUnreadable(path, "it does not exist or may not be read");
  return text.str();
}

}  // namespace

absl::StatusOr<Configuration> ReadTuning(const std::string& path) {
  if (path.empty()) return DefaultConfiguration();
  const auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  return ParseConfiguration(*text, path);
}

absl::StatusOr<SourceDirectory> ReadSources(const std::string& path) {
  if (path.empty()) return SourceDirectory::Parse(kDefaultSourcesTsv, "rules/sources.tsv");
  const auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  return SourceDirectory::Parse(*text, path);
}

absl::StatusOr<CalibrationMap> ReadCalibration(const std::string& path) {
  if (path.empty()) return CalibrationMap::Parse(kDefaultCalibrationTsv, "rules/calibration.tsv");
  const auto text = ReadFile(path);
  if (!text.ok()) return text.status();
  return CalibrationMap::Parse(*text, path);
}

}  // namespace consilience::corroboration
