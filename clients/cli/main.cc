#include <malloc.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "clients/cli/interrupt.h"
#include "clients/cli/run.h"

int main(int argc, char** argv) {
  consilience::cli::HandleSignals();
  // gRPC reads the errno of connect() after it has allocated. glibc, before it makes the ninth
  // arena, looks for the number of processors under /sys; where that is hidden, as in some
  // containers, its ENOENT would stand in the place of EINPROGRESS. A limit of our own saves it the
  // look.
  mallopt(M_ARENA_MAX, 8);
  // gRPC would write its own lines beside ours; whoever wants them sets it.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  consilience::cli::Context context(consilience::cli::ProcessEnvironment);
  return consilience::cli::Run(context, std::vector<std::string>(argv + 1, argv + argc));
}
