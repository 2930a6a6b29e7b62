#include "services/ingest/readers/paths.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <system_error>
#include <utility>

#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

absl::StatusOr<std::vector<fs::path>> FilesBelow(
    const fs::path& folder, const std::function<bool(const fs::path&)>& wanted) {
  std::error_code error;
  std::vector<fs::path> files;
  fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied,
                                        error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    if (IsHidden(each->path())) {
      each.disable_recursion_pending();
    } else if (!each->is_symlink(error) && each->is_regular_file(error) && wanted(each->path())) {
      files.push_back(each->path());
    }
  }
  if (error) return UnreadableFile(folder.string(), error.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

absl::StatusOr<std::vector<fs::path>> ListFiles(const fs::path& path) {
  if (path == "-") return std::vector<fs::path>{path};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return UnreadableFile(path.string(), "there is no such file or folder");
  if (!fs::is_directory(status)) return std::vector<fs::path>{path};
  return FilesBelow(path, [](const fs::path& file) { return file.filename() != kManifestName; });
}

absl::StatusOr<Manifest> ManifestsOf(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return Manifest();
  auto found =
      FilesBelow(path, [](const fs::path& file) { return file.filename() == kManifestName; });
  if (!found.ok()) return found.status();
  const auto depth = [](const fs::path& file) { return std::distance(file.begin(), file.end()); };
  std::stable_sort(found->begin(), found->end(),
                   [&](const fs::path& a, const fs::path& b) { return depth(a) < depth(b); });
  Manifest all;
  for (const fs::path& file : *found) {
    absl::StatusOr<Manifest> manifest = Manifest::Load(file);
    if (!manifest.ok()) return manifest.status();
    all.Add(*std::move(manifest));
  }
  return all;
}

}  // namespace consilience::ingest
