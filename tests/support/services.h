// The three services as separate processes, each on a port of its own, and the command line talking
// to them.
#ifndef CONSILIENCE_TESTS_SUPPORT_SERVICES_H_
#define CONSILIENCE_TESTS_SUPPORT_SERVICES_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace consilience::testing {

// One service process with its data under `dir`. Throws when it does not come up; the message holds
// its log.
class Service {
 public:
  Service(const std::string& binary, const std::filesystem::path& dir,
          const std::vector<std::string>& flags);

  const std::string& address() const { return address_; }
  const std::string& metrics_address() const { return metrics_address_; }
  Process& process() { return *process_; }

  // Ends it as an operator does, and starts it again on the same port and data. Its exit code.
  int Restart();
  // Kills it without warning and starts it again on the same port and data.
  void CrashAndRestart();

 private:
  void Start(const std::string& listen, const std::string& metrics_listen);

  std::string binary_;
  std::filesystem::path dir_;
  std::vector<std::string> flags_;
  std::string address_;
  std::string metrics_address_;
  std::unique_ptr<Process> process_;
};

// Where a cluster keeps its records: a folder of its own unless one of these is given.
struct ClusterStores {
  std::filesystem::path folder = {};
  std::string database = {};
};

// All three, wired to each other.
class Cluster {
 public:
  // `flags` are further ones of each service.
  explicit Cluster(const ClusterStores& stores = {}, const std::vector<std::string>& flags = {});

  // Ends the services in peace, which loses no time by draining.
  void Stop();

  // Runs `consil ARGUMENTS…` against this cluster.
  CommandResult Consil(std::vector<std::string> arguments, const std::string& input = "") const;

  Service& extraction() { return *extraction_; }
  Service& corroboration() { return *corroboration_; }
  Service& ingest() { return *ingest_; }

 private:
  TempDir dir_;
  std::unique_ptr<Service> extraction_;
  std::unique_ptr<Service> corroboration_;
  std::unique_ptr<Service> ingest_;
};

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_SERVICES_H_
