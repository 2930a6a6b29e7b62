// consilience-ingest: keeps documents and drives each through extraction and corroboration.
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "clients/cpp/connection.h"
#include "services/common/log/log.h"
#include "services/common/server/server.h"
#include "services/common/text/strings.h"
#include "services/ingest/service/ingest_app.h"

namespace consilience::ingest {
namespace {

constexpr char kProgram[] = "consilience-ingest";

struct Options {
  common::ServerOptions server;
  IngestOptions ingest;
  std::string extraction = common::kExtractionAddress;
  std::string corroboration = common::kCorroborationAddress;
};

absl::Status Serve(const Options& options) {
  common::Server server(kProgram, options.server);
  client::ConnectionOptions others;
  others.extraction_server = options.extraction;
  others.corroboration_server = options.corroboration;
  others.user_agent = kProgram;
  const auto connection = client::Connection::Open(others);
  if (!connection.ok()) return connection.status();
  const auto app =
      IngestApp::Open(options.ingest, (*connection)->ChannelTo(client::Service::kExtraction),
                      (*connection)->ChannelTo(client::Service::kCorroboration), server);
  if (!app.ok()) return app.status();
  if (auto status = server.Start(); !status.ok()) return status;
  (*app)->Start();
  server.ServeUntilSignal();
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Options options;
  options.server.listen = common::kIngestAddress;
  options.server.metrics_listen = "127.0.0.1:9401";
  common::Settings settings(
      kProgram, "Keeps documents and drives each through extraction and corroboration.");
  options.ingest.AddTo(settings);
  settings.Add("extraction-server", options.extraction, "Address of the extraction service.");
  settings.Add("corroboration-server", options.corroboration,
               "Address of the corroboration service.");
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
}  // namespace consilience::ingest

int main(int argc, char** argv) { return consilience::ingest::Main(argc, argv); }
