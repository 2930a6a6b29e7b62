// What is to be taken in: files, folders, addresses and stdin, and what is given of each.
#ifndef CONSILIENCE_CLIENTS_CLI_INGEST_PLAN_H_
#define CONSILIENCE_CLIENTS_CLI_INGEST_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/readers/manifest.h"

namespace consilience::cli {

struct PlannedSource {
  std::string name;  // path, "-" for stdin, or an address
  ingest::Given given;
  uint64_t bytes = 0;  // of a file; 0 when that is not known
};

struct Plan {
  std::vector<PlannedSource> sources;
  // Files that a manifest lists and that are not there.
  std::vector<std::string> missing;
};

// A folder becomes the files in it; the manifest.jsonl in it and in folders below are used unless
// `manifest` names another.
// What a manifest says of a file beats `given`. NOT_FOUND names a path that is not there,
// INVALID_ARGUMENT the line of a manifest or an address that is none of http or https.
absl::StatusOr<Plan> MakePlan(const std::vector<std::string>& paths, const std::string& manifest,
                              const ingest::Given& given);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INGEST_PLAN_H_
