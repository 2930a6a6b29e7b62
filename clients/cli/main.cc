#include <cstdlib>
#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/interrupt.h"
#include "clients/cli/run.h"

int main(int argc, char** argv) {
  consilience::cli::HandleSignals();
  // gRPC would write its own lines beside ours; whoever wants them sets it.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  consilience::cli::Context context(consilience::cli::ProcessEnvironment);
  return consilience::cli::Run(context, std::vector<std::string>(argv + 1, argv + argc));
}
