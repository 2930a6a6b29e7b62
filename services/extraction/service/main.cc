// consilience-extraction: finds what texts assert, and on whose word. Holds no state.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "services/common/log/log.h"
#include "services/common/server/server.h"
#include "services/common/text/strings.h"
#include "services/extraction/extractor.h"
#include "services/extraction/pack/rules_path.h"
#include "services/extraction/service/extraction_api.h"

namespace consilience::extraction {
namespace {

constexpr char kProgram[] = "consilience-extraction";

struct Options {
  common::ServerOptions server;
  std::string rules;
  int max_document_mib = 10;
};

absl::Status Serve(const Options& options) {
  common::Server server(kProgram, options.server);
  const auto folder = FindRules(options.rules);
  if (!folder.ok()) return folder.status();
  const auto extractor = Extractor::Load(*folder);
  if (!extractor.ok()) return extractor.status();
  common::log::Info("rules loaded",
                    {{"folder", folder->string()}, {"digest", extractor->digest()}});
  const ExtractionApiOptions limits{static_cast<size_t>(options.max_document_mib) << 20U};
  ExtractionApi api(server.calls(), *extractor, limits);
  server.Add(api, "consilience.extraction.v1.ExtractionService");
  if (auto status = server.Start(); !status.ok()) return status;
  server.ServeUntilSignal();
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Options options;
  options.server.listen = common::kExtractionAddress;
  options.server.metrics_listen = "127.0.0.1:9402";
  common::Settings settings(kProgram, "Finds what texts assert, and on whose word.");
  settings.Add("rules", options.rules, "Folder of the rules; empty for those shipped.");
  settings.Add("max-document-mib", options.max_document_mib, "Largest text, in MiB.",
               common::Bounds{1, 512});
  options.server.AddTo(settings);
  const auto parsed = settings.Parse(argc, argv);
  const absl::Status status = !parsed.ok()   ? parsed.status()
                              : parsed->exit ? absl::OkStatus()
                                             : Serve(options);
  if (parsed.ok() && parsed->exit) fmt::print("{}", parsed->output);
  if (status.ok()) return 0;
  fmt::print(stderr, "{}: {}\n", kProgram, common::ToStd(status.message()));
  return parsed.ok() ? 1 : 2;
}

}  // namespace
}  // namespace consilience::extraction

int main(int argc, char** argv) { return consilience::extraction::Main(argc, argv); }
