// Files and folders as inputs.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/readers/manifest.h"

namespace consilience::ingest {

// The files in a folder and below it, in the order of their paths; a file is itself. Hidden files
// and folders, manifests, and symbolic links are left out. "-" is standard input.
absl::StatusOr<std::vector<std::filesystem::path>> ListFiles(const std::filesystem::path& path);

// What the manifests in a folder and below it say; the one nearest to a file counts. Empty for
// what is no folder. An error names the manifest's line: reading on without it would leave dates
// unknown that the folder's owner wrote down.
absl::StatusOr<Manifest> ManifestsOf(const std::filesystem::path& path);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_
