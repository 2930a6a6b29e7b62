#include "services/common/server/run.h"

#include <cstdio>

namespace consilience::common {

Startup ReadSettings(int argc, const char* const* argv, const ProgramInfo& info,
                     const std::function<void(Settings&)>& add_settings) {
  Startup startup;
  startup.options.listen = info.listen;
  startup.options.metrics_listen = info.metrics_listen;
  Settings settings(info.program, info.description);
  startup.options.AddTo(settings);
  add_settings(settings);
  const auto parsed = settings.Parse(argc, argv);
  if (!parsed.ok()) {
    FailToStart(info, parsed.status());
    startup.exit_code = 2;
  } else if (parsed->exit) {
    std::fputs(parsed->output.c_str(), stdout);
    startup.exit_code = 0;
  } else {
    startup.options.passed_over = parsed->passed_over;
  }
  return startup;
}

int FailToStart(const ProgramInfo& info, const absl::Status& status) {
  const std::string message(status.message());
  std::fprintf(stderr, "%s: %s\n", info.program.c_str(), message.c_str());
  return 1;
}

}  // namespace consilience::common
