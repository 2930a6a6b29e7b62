// The main function that all servers share: settings, assembly, serving until a signal.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_RUN_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_RUN_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "services/common/config/settings.h"
#include "services/common/server/server.h"

namespace consilience::common {

struct ProgramInfo {
  std::string program;
  std::string description;
  std::string listen;
  std::string metrics_listen;
};

// Reads the settings; what is to be done next.
struct Startup {
  ServerOptions options;
  int exit_code = -1;  // the program is done already, with this; -1 when it is to serve
};
Startup ReadSettings(int argc, const char* const* argv, const ProgramInfo& info,
                     const std::function<void(Settings&)>& add_settings);

// Says on stderr, as one line, why the program cannot start. 1, its exit code.
int FailToStart(const ProgramInfo& info, const absl::Status& status);

// `add_settings(settings)` registers what the service itself can be told; `assemble(server)` gives
// a StatusOr of a pointer to what must live as long as the server serves. The exit code: 0 after a
// drain, 1 when it cannot start, 2 when a setting is wrong.
template <typename Assemble>
int RunServer(int argc, const char* const* argv, const ProgramInfo& info,
              const std::function<void(Settings&)>& add_settings, Assemble assemble) {
  Startup startup = ReadSettings(argc, argv, info, add_settings);
  if (startup.exit_code >= 0) return startup.exit_code;
  Server server(info.program, std::move(startup.options));
  auto assembly = assemble(server);
  if (!assembly.ok()) return FailToStart(info, assembly.status());
  if (const absl::Status status = server.Start(); !status.ok()) return FailToStart(info, status);
  server.ServeUntilSignal();
  return 0;
}

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_RUN_H_
