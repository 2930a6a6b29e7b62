#include "services/extraction/program.h"

#include "services/common/server/run.h"
#include "services/extraction/service/assembly.h"

namespace consilience::extraction {

int RunProgram(int argc, char** argv) {
  ExtractionOptions options;
  return common::RunServer(
      argc, argv,
      {.program = "consilience-extraction",
       .description = "Finds what a text asserts and on whose word.",
       .listen = common::kExtractionAddress,
       .metrics_listen = "127.0.0.1:9402"},
      [&](auto& settings) { options.AddTo(settings); },
      [&](auto& server) { return ExtractionAssembly::Make(options, server); });
}

}  // namespace consilience::extraction
