// The methodology page: how scores are made, told from the configuration in force, so that what is
// published about the method is the method.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_CONFIG_METHODOLOGY_H_
#define CONSILIENCE_SERVICES_CORROBORATION_CONFIG_METHODOLOGY_H_

#include <string>
#include <vector>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/model/source.h"
#include "services/corroboration/scoring/calibration.h"

namespace consilience::corroboration {

struct MethodologyTable {
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;  // as many cells as heads
};

struct MethodologySection {
  std::string title;
  std::vector<std::string> paragraphs;
  MethodologyTable table;  // without rows when there is none
};

// In the order of the page: what a score is, sources, evaluation of reports, corroboration rules,
// parameters, calibration, known limits.
std::vector<MethodologySection> Methodology(const Configuration& config,
                                            const std::vector<Source>& sources,
                                            const CalibrationMap& calibration);

// The page in Markdown, or as one HTML document without scripts or outside resources.
std::string MethodologyMarkdown(const std::vector<MethodologySection>& sections);
std::string MethodologyHtml(const std::vector<MethodologySection>& sections);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_CONFIG_METHODOLOGY_H_
