// consilienced: all services in one process, for a laptop. It listens where the three would, so
// that a client cannot tell. Called by the name of one of them, it is that one, so that an image
// needs no second copy of what they share.
#include <filesystem>
#include <string>

#include "services/common/server/run.h"
#include "services/corroboration/program.h"
#include "services/corroboration/service/assembly.h"
#include "services/extraction/program.h"
#include "services/extraction/service/assembly.h"
#include "services/ingest/program.h"
#include "services/ingest/service/assembly.h"

namespace consilience {
namespace {

const std::string kListen = std::string(common::kIngestAddress) + "," + common::kExtractionAddress +
                            "," + common::kCorroborationAddress;

struct Options {
  std::string data_dir = "data";
  common::postgres::StoreOptions store;
  std::string rules;
  extraction::ExtractionOptions extraction;
  corroboration::CorroborationOptions corroboration;
  ingest::IngestOptions ingest;

  void AddTo(common::Settings& settings) {
    settings.Add("data-dir", data_dir, "Folder of the embedded stores, one below it a service.");
    store.AddTo(settings);
    settings.Add("rules", rules, "Folder of the shipped rules; empty looks beside the program.");
    settings.Add("packs", extraction.packs, "Folder of your own rule packs; empty for none.");
    settings.Add("parallel", ingest.parallel, "Documents that are worked on at once.",
                 common::Bounds{1, 256});
    settings.Add("max-document-mib", ingest.max_document_mib, "Largest document, in MiB.",
                 common::Bounds{1, 512});
  }
  // What the services share is said once.
  void Spread() {
    extraction.rules = rules;
    corroboration.rules = rules;
    corroboration.store = store;
    ingest.store = store;
    corroboration.data_dir = (std::filesystem::path(data_dir) / "corroboration").string();
    ingest.data_dir = (std::filesystem::path(data_dir) / "ingest").string();
  }
};

absl::Status Serve(const Options& options, common::Server& server) {
  const auto extraction = extraction::ExtractionAssembly::Make(options.extraction, server);
  if (!extraction.ok()) return extraction.status();
  const auto corroboration =
      corroboration::CorroborationAssembly::Make(options.corroboration, server);
  if (!corroboration.ok()) return corroboration.status();
  const auto ingest = ingest::IngestAssembly::Make(options.ingest, server);
  if (!ingest.ok()) return ingest.status();
  if (auto status = server.Start(); !status.ok()) return status;
  (*ingest)->Connect(server.ChannelWithin(), server.ChannelWithin());
  server.ServeUntilSignal();
  return absl::OkStatus();
}

int Main(int argc, char** argv) {
  Options options;
  const common::ProgramInfo info{.program = "consilienced",
                                 .description = "All services of Consilience in one process.",
                                 .listen = kListen,
                                 .metrics_listen = "127.0.0.1:9401"};
  auto startup = common::ReadSettings(argc, argv, info,
                                      [&](common::Settings& settings) { options.AddTo(settings); });
  if (startup.exit_code >= 0) return startup.exit_code;
  options.Spread();
  common::Server server(info.program, std::move(startup.options));
  const absl::Status status = Serve(options, server);
  return status.ok() ? 0 : common::FailToStart(info, status);
}

int MainByName(int argc, char** argv) {
  const std::string name = std::filesystem::path(argc > 0 ? argv[0] : "").filename().string();
  if (name == "consilience-ingest") return ingest::RunProgram(argc, argv);
  if (name == "consilience-extraction") return extraction::RunProgram(argc, argv);
  if (name == "consilience-corroboration") return corroboration::RunProgram(argc, argv);
  return Main(argc, argv);
}

}  // namespace
}  // namespace consilience

int main(int argc, char** argv) { return consilience::MainByName(argc, argv); }
