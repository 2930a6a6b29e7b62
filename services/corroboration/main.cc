// consilience-corroboration: scores claims by how many independent witnesses agree.
#include "services/common/server/run.h"
#include "services/corroboration/service/assembly.h"

int main(int argc, char** argv) {
  using consilience::corroboration::CorroborationAssembly;
  consilience::corroboration::CorroborationOptions options;
  return consilience::common::RunServer(
      argc, argv,
      {.program = "consilience-corroboration",
       .description = "Scores claims by how many independent witnesses agree.",
       .listen = consilience::common::kCorroborationAddress,
       .metrics_listen = "127.0.0.1:9403"},
      [&](auto& settings) { options.AddTo(settings); },
      [&](auto& server) { return CorroborationAssembly::Make(options, server); });
}
