#include "clients/cli/ingest/plan.h"

#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/ingest/fetch/fetch.h"
#include "services/ingest/readers/paths.h"

namespace consilience::cli {
namespace {

namespace fs = std::filesystem;

std::string Normal(const fs::path& path) { return fs::absolute(path).lexically_normal().string(); }

absl::Status AddPath(const std::string& path, const std::string& named, const ingest::Given& given,
                     Plan& plan, std::set<std::string>& listed) {
  const auto manifest = named.empty() ? ingest::ManifestsOf(path) : ingest::Manifest::Load(named);
  if (!manifest.ok()) return manifest.status();
  const auto files = ingest::ListFiles(path);
  if (!files.ok()) return files.status();
  for (std::string& file : manifest->Files()) listed.insert(std::move(file));
  for (const fs::path& file : *files) {
    std::error_code error;
    const bool is_manifest = !named.empty() && fs::equivalent(file, named, error);
    if (is_manifest) continue;
    const auto bytes = file == "-" ? 0 : fs::file_size(file, error);
    plan.sources.push_back({file.string(), manifest->Find(file, given), error ? 0 : bytes});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Plan> MakePlan(const std::vector<std::string>& paths, const std::string& manifest,
                              const ingest::Given& given) {
  Plan plan;
  std::set<std::string> listed;
  for (const std::string& path : paths) {
    if (ingest::IsHttpUrl(path)) {
      plan.sources.push_back({path, given, 0});
      continue;
    }
    std::error_code ignored;
    if (path.find("://") != std::string::npos && !fs::exists(path, ignored)) {
      return common::FieldInvalid("path", path, "addresses begin with http:// or https://");
    }
    const auto status = AddPath(path, manifest, given, plan, listed);
    if (!status.ok()) return status;
  }
  for (const PlannedSource& source : plan.sources) listed.erase(Normal(source.name));
  std::error_code ignored;
  for (const std::string& file : listed) {
    if (!fs::exists(file, ignored)) plan.missing.push_back(file);
  }
  return plan;
}

}  // namespace consilience::cli
