#include "services/ingest/readers/paths.h"

#include <algorithm>
#include <system_error>

#include "services/ingest/readers/assemble.h"
#include "services/ingest/readers/errors.h"

namespace consilience::ingest {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

bool ReadFile(const fs::path& file, const Given& given, const ReadOptions& options,
              const ItemCallback& callback) {
  const absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenFile(file);
  if (!source.ok()) return Deliver(source.status(), file.string(), "unknown", callback);
  Input input(**source);
  return ReadItems(input, {.label = file.string(), .given = given}, options, callback);
}

}  // namespace

absl::StatusOr<std::vector<fs::path>> ListFiles(const fs::path& path) {
  if (path == "-") return std::vector<fs::path>{path};
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return UnreadableFile(path.string(), "there is no such file or folder");
  if (!fs::is_directory(status)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  fs::recursive_directory_iterator each(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    if (IsHidden(each->path())) {
      each.disable_recursion_pending();
    } else if (!each->is_symlink(error) && each->is_regular_file(error) &&
               each->path().filename() != kManifestName) {
      files.push_back(each->path());
    }
  }
  if (error) return UnreadableFile(path.string(), error.message());
  std::sort(files.begin(), files.end());
  return files;
}

bool ReadPath(const fs::path& path, const Manifest& manifest, const Given& given,
              const ReadOptions& options, const ItemCallback& callback) {
  const absl::StatusOr<std::vector<fs::path>> files = ListFiles(path);
  if (!files.ok()) return Deliver(files.status(), path.string(), "unknown", callback);
  Manifest own;
  std::error_code ignored;
  if (manifest.empty() && fs::is_regular_file(path / kManifestName, ignored)) {
    absl::StatusOr<Manifest> loaded = Manifest::Load(path / kManifestName);
    if (!loaded.ok()) {
      // Reading on without it would leave dates unknown that the folder's owner wrote down.
      return Deliver(loaded.status(), (path / kManifestName).string(), "manifest", callback);
    }
    own = *std::move(loaded);
  }
  const Manifest& listed = manifest.empty() ? own : manifest;
  return std::all_of(files->begin(), files->end(), [&](const fs::path& file) {
    return ReadFile(file, listed.Find(file, given), options, callback);
  });
}

}  // namespace consilience::ingest
