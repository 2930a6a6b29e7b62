// consilience-extraction: finds what a text asserts and on whose word.
#include "services/common/server/run.h"
#include "services/extraction/service/assembly.h"

int main(int argc, char** argv) {
  using consilience::extraction::ExtractionAssembly;
  consilience::extraction::ExtractionOptions options;
  return consilience::common::RunServer(
      argc, argv,
      {.program = "consilience-extraction",
       .description = "Finds what a text asserts and on whose word.",
       .listen = consilience::common::kExtractionAddress,
       .metrics_listen = "127.0.0.1:9402"},
      [&](auto& settings) { options.AddTo(settings); },
      [&](auto& server) { return ExtractionAssembly::Make(options, server); });
}
