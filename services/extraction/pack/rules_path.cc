#include "services/extraction/pack/rules_path.h"

#include <fmt/format.h>

#include <cstdlib>

namespace consilience::extraction {
namespace {

// Every folder of rules has it.
bool HoldsRules(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::exists(folder / "grammar" / "pack.tsv", error);
}

}  // namespace

absl::StatusOr<std::filesystem::path> FindRules(const std::string& argument) {
  if (!argument.empty()) {
    if (HoldsRules(argument)) return std::filesystem::path(argument);
    return absl::NotFoundError(fmt::format("{} holds no rules (grammar/pack.tsv)", argument));
  }
  if (const char* variable = std::getenv("CONSILIENCE_RULES"); variable != nullptr) {
    if (HoldsRules(variable)) return std::filesystem::path(variable);
    return absl::NotFoundError(
        fmt::format("CONSILIENCE_RULES is {}, which holds no rules (grammar/pack.tsv)", variable));
  }
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path beside =
      program.parent_path().parent_path() / "share" / "consilience" / "rules";
  if (!error && HoldsRules(beside)) return beside;
  return absl::NotFoundError(fmt::format(
      "no rules in {}: give their folder as an argument or in CONSILIENCE_RULES", beside.string()));
}

}  // namespace consilience::extraction
