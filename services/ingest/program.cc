#include "services/ingest/program.h"

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "clients/cpp/connection.h"
#include "services/common/server/run.h"
#include "services/ingest/service/assembly.h"

namespace consilience::ingest {

int RunProgram(int argc, char** argv) {
  using client::Connection;
  using client::Service;
  IngestOptions options;
  client::ConnectionOptions others;
  others.extraction_server = common::kExtractionAddress;
  others.corroboration_server = common::kCorroborationAddress;
  others.user_agent = "consilience-ingest";
  client::TlsOptions tls;
  return common::RunServer(
      argc, argv,
      {.program = "consilience-ingest",
       .description = "Keeps documents and drives each through extraction and corroboration.",
       .listen = common::kIngestAddress,
       .metrics_listen = "127.0.0.1:9401"},
      [&](auto& settings) {
        options.AddTo(settings);
        settings.Add("extraction-server", others.extraction_server,
                     "Address of the extraction service.");
        settings.Add("corroboration-server", others.corroboration_server,
                     "Address of the corroboration service.");
        settings.Add("peer-ca", tls.ca_file,
                     "PEM file of the authorities of the other services; empty for plaintext.");
        settings.Add("peer-certificate", tls.certificate_file,
                     "PEM file of the certificate that ingest shows them; empty for none.");
        settings.Add("peer-key", tls.key_file, "PEM file with the key of that certificate.");
      },
      [&](auto& server) -> absl::StatusOr<std::unique_ptr<IngestAssembly>> {
        if (!tls.ca_file.empty() || !tls.certificate_file.empty()) others.tls = tls;
        const auto connection = Connection::Open(others);
        if (!connection.ok()) return connection.status();
        auto assembly = IngestAssembly::Make(options, server);
        if (assembly.ok()) {
          (*assembly)->Connect((*connection)->ChannelTo(Service::kExtraction),
                               (*connection)->ChannelTo(Service::kCorroboration));
        }
        return assembly;
      });
}

}  // namespace consilience::ingest
