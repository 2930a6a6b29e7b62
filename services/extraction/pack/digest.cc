#include "services/extraction/pack/digest.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

namespace consilience::extraction {
namespace {

struct FreeState {
  void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

absl::StatusOr<std::vector<std::filesystem::path>> TablesBelow(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (auto it = std::filesystem::recursive_directory_iterator(folder, error);
       !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    if (it->path().extension() == ".tsv") files.push_back(it->path());
  }
  if (error) {
    return absl::NotFoundError(fmt::format("{}: {}", folder.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

absl::StatusOr<std::string> DigestRules(const std::vector<std::filesystem::path>& folders) {
  const std::unique_ptr<XXH3_state_t, FreeState> state(XXH3_createState());
  XXH3_128bits_reset(state.get());
  for (const std::filesystem::path& folder : folders) {
    auto files = TablesBelow(folder);
    if (!files.ok()) return files.status();
    for (const std::filesystem::path& file : *files) {
      std::ostringstream content;
      content << file.lexically_relative(folder).generic_string() << '\n'
              << std::ifstream(file, std::ios::binary).rdbuf();
      const std::string bytes = content.str();
      XXH3_128bits_update(state.get(), bytes.data(), bytes.size());
    }
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace consilience::extraction
