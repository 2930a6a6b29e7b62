#include "tests/support/services.h"

#include <signal.h>

#include <chrono>
#include <stdexcept>

namespace consilience::testing {
namespace {
constexpr std::chrono::seconds kStartTimeout{30};
}  // namespace

Service::Service(const std::string& binary, const std::filesystem::path& dir,
                 const std::vector<std::string>& flags)
    : binary_(binary), dir_(dir), flags_(flags) {
  std::filesystem::create_directories(dir_);
  Start("127.0.0.1:0", "127.0.0.1:0");
}

void Service::Start(const std::string& listen, const std::string& metrics_listen) {
  const auto port_file = dir_ / "address";
  const auto metrics_file = dir_ / "metrics-address";
  std::filesystem::remove(port_file);
  std::filesystem::remove(metrics_file);
  std::vector<std::string> command = {
      Binary(binary_), "--listen=" + listen, "--metrics-listen=" + metrics_listen,
      "--port-file=" + port_file.string(), "--metrics-port-file=" + metrics_file.string()};
  command.insert(command.end(), flags_.begin(), flags_.end());
  process_ = std::make_unique<Process>(command, dir_ / "log");
  address_ = WaitForLine(port_file, *process_, kStartTimeout);
  metrics_address_ = WaitForLine(metrics_file, *process_, kStartTimeout);
  if (address_.empty() || metrics_address_.empty()) {
    throw std::runtime_error(binary_ + " did not start: " + process_->Log());
  }
}

int Service::Restart() {
  process_->Signal(SIGTERM);
  const int exit_code = process_->Wait(kStartTimeout);
  Start(address_, metrics_address_);
  return exit_code;
}

void Service::CrashAndRestart() {
  process_->Signal(SIGKILL);
  process_->Wait(kStartTimeout);
  Start(address_, metrics_address_);
}

Cluster::Cluster(const ClusterStores& stores, const std::vector<std::string>& flags) {
  const std::filesystem::path folder = stores.folder.empty() ? dir_.path() : stores.folder;
  const auto start = [&](const std::string& name, std::vector<std::string> own) {
    own.emplace_back("--drain-delay=0s");
    own.insert(own.end(), flags.begin(), flags.end());
    return std::make_unique<Service>("consilience-" + name, dir_ / name, own);
  };
  const auto keeps = [&](const std::string& name) {
    return stores.database.empty() ? "--data-dir=" + (folder / name).string()
                                   : "--store=" + stores.database;
  };
  extraction_ = start("extraction", {});
  corroboration_ = start("corroboration", {keeps("corroboration")});
  ingest_ = start("ingest", {keeps("ingest"), "--extraction-server=" + extraction_->address(),
                             "--corroboration-server=" + corroboration_->address()});
}

void Cluster::Stop() {
  for (Service* service : {ingest_.get(), corroboration_.get(), extraction_.get()}) {
    service->process().Signal(SIGTERM);
    service->process().Wait(kStartTimeout);
  }
}

CommandResult Cluster::Consil(std::vector<std::string> arguments, const std::string& input) const {
  std::vector<std::string> command = {Binary("consil"), "--ingest-server=" + ingest_->address(),
                                      "--extraction-server=" + extraction_->address(),
                                      "--corroboration-server=" + corroboration_->address()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunCommand(command, input, {{"XDG_CONFIG_HOME", (dir_ / "config").string()}});
}

}  // namespace consilience::testing
