// A list of what is known about files that say little of themselves: manifest.jsonl beside them.
//
// One JSON object a line:
//   file      REQUIRED path, relative to the folder of the manifest
//   date      ISO 8601 day or instant
//   evidence  where the date comes from, in words; it makes the date inferred, else it is given
//   outlet, url, title   strings
// null is the same as absent. Another key, a file named twice, or a date that is none is an error
// that names the line: a manifest is written by hand, and a slip in it would go unseen.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_MANIFEST_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_MANIFEST_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ingest/readers/reader.h"

namespace consilience::ingest {

inline constexpr std::string_view kManifestName = "manifest.jsonl";

class Manifest {
 public:
  Manifest() = default;

  static absl::StatusOr<Manifest> Load(const std::filesystem::path& path);
  // `folder` is what `file` is relative to; `name` is for messages.
  static absl::StatusOr<Manifest> Parse(std::string_view text, const std::filesystem::path& folder,
                                        std::string_view name);

  // Adds what `nearer` lists; of a file that both list, `nearer` counts.
  void Add(Manifest nearer);

  // What the manifest says of a file, and `given` where it says nothing.
  Given Find(const std::filesystem::path& file, const Given& given = {}) const;
  // The files that it lists, as absolute, lexically normal paths.
  std::vector<std::string> Files() const;
  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }

 private:
  std::map<std::string, Given> entries_;  // by absolute, lexically normal path
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_MANIFEST_H_
