// The extraction service put together, for its own process and for the one that hosts all services.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ASSEMBLY_H_
#define CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ASSEMBLY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/common/config/settings.h"
#include "services/common/server/server.h"
#include "services/extraction/service/extraction_api.h"

namespace consilience::extraction {

struct ExtractionOptions {
  std::string rules;  // folder of the shipped rules; empty looks beside the program
  std::string packs;  // folder of the user's own packs; empty for none
  int max_text_mib = 10;

  void AddTo(common::Settings& settings);
};

class ExtractionAssembly {
 public:
  // Loads the rules and adds the service to `server`, which must not outlive the result's use of
  // it. Errors name file, line and rule.
  static absl::StatusOr<std::unique_ptr<ExtractionAssembly>> Make(const ExtractionOptions& options,
                                                                  common::Server& server);

 private:
  ExtractionAssembly(std::unique_ptr<LiveExtractor> live, const ExtractionLimits& limits,
                     common::Server& server);

  std::unique_ptr<LiveExtractor> live_;
  Handlers handlers_;
  ExtractionApi api_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_SERVICE_ASSEMBLY_H_
