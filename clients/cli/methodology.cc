#include "clients/cli/methodology.h"

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/config/files.h"

namespace consilience::cli {
namespace {

std::vector<corroboration::MethodologySection> InWords() {
  const auto sources = corroboration::ReadSources("");
  const auto calibration = corroboration::ReadCalibration("");
  if (!sources.ok() || !calibration.ok()) return {};
  auto sections = corroboration::Methodology(corroboration::DefaultConfiguration(), sources->All(),
                                             *calibration);
  for (auto& section : sections) section.table = {};
  std::erase_if(sections, [](const auto& section) { return section.paragraphs.empty(); });
  return sections;
}

}  // namespace

const std::vector<corroboration::MethodologySection>& MethodologyInWords() {
  static const auto* const kSections =
      new std::vector<corroboration::MethodologySection>(InWords());
  return *kSections;
}

const std::string& MethodologyDigest() { return corroboration::DefaultConfiguration().digest; }

}  // namespace consilience::cli
