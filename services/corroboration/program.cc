#include "services/corroboration/program.h"

#include "services/common/server/run.h"
#include "services/corroboration/service/assembly.h"

namespace consilience::corroboration {

int RunProgram(int argc, char** argv) {
  CorroborationOptions options;
  return common::RunServer(
      argc, argv,
      {.program = "consilience-corroboration",
       .description = "Scores claims by how many independent witnesses agree.",
       .listen = common::kCorroborationAddress,
       .metrics_listen = "127.0.0.1:9403"},
      [&](auto& settings) { options.AddTo(settings); },
      [&](auto& server) { return CorroborationAssembly::Make(options, server); });
}

}  // namespace consilience::corroboration
