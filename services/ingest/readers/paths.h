// Files and folders as inputs.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_

#include <filesystem>
#include <vector>

#include "services/ingest/readers/manifest.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

// The files in a folder and below it, in the order of their paths; a file is itself. Hidden files
// and folders, manifests, and symbolic links are left out. "-" is standard
// input.
absl::StatusOr<std::vector<std::filesystem::path>> ListFiles(const std::filesystem::path& path);

// Everything in a file or folder. `manifest` says what is given of each file; of a file that it
// does not list, `given` holds. Without a manifest a folder's own manifest.jsonl is used. False
// when the callback stopped it; what cannot be opened is an item of its own.
bool ReadPath(const std::filesystem::path& path, const Manifest& manifest, const Given& given,
              const ReadOptions& options, const ItemCallback& callback);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_PATHS_H_
