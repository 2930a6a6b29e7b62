// The stores of an installation, opened while no service uses them.
#ifndef CONSILIENCE_CLIENTS_CLI_ADMIN_STORES_H_
#define CONSILIENCE_CLIENTS_CLI_ADMIN_STORES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/store/transfer/store_tables.h"
#include "services/common/store/transfer/transfer.h"

namespace consilience::cli {

// Each is a folder, or a database as --store of the services takes it: a URI, or file:PATH of a
// file that holds one.
struct StorePlaces {
  std::string both;  // of consilienced: a folder for each service below it
  std::string ingest;
  std::string corroboration;
};

struct InstallationStores {
  std::vector<std::unique_ptr<common::transfer::StoreTables>> stores;
  std::vector<common::transfer::Part> parts;
};

// INVALID_ARGUMENT names the flag that is missing.
absl::StatusOr<InstallationStores> OpenInstallation(const StorePlaces& places,
                                                    common::transfer::Access access);

// The parts without a place to keep them.
std::vector<common::transfer::Part> PartsOnly();

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_ADMIN_STORES_H_
