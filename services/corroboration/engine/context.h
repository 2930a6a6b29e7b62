// What scoring needs besides the assertions: configuration and what is known of sources.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_ENGINE_CONTEXT_H_
#define CONSILIENCE_SERVICES_CORROBORATION_ENGINE_CONTEXT_H_

#include <functional>
#include <string>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/independence/source_directory.h"
#include "services/corroboration/matching/place_hierarchy.h"
#include "services/corroboration/scoring/calibration.h"

namespace consilience::corroboration {

// None of it owned; all of it constant while a question is assessed.
struct Context {
  const Configuration& config;
  const SourceDirectory& directory;
  const PlaceHierarchy& places;
  const CalibrationMap& calibration;
};

// What is believed of sources while a question is assessed.
struct Beliefs {
  // A of a source in a family of claims. `source` is empty for a witness that is no source.
  std::function<double(const std::string& source, const std::string& family, SourceKind kind)>
      accuracy;
  // How far two sources depend on one another beyond what is presumed of any two, in [0, 1].
  std::function<double(const std::string& source, const std::string& other)> dependence;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_ENGINE_CONTEXT_H_
