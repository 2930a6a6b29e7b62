#include "services/common/config/environment.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "services/common/config/nearest.h"
#include "services/common/errors/catalogue.h"

namespace consilience::common {
namespace {

constexpr std::string_view kPrefix = "CONSIL_";

}  // namespace

Variables ProcessVariables() {
  Variables variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

std::string VariableOf(std::string_view key) {
  std::string name(kPrefix);
  for (const char c : key) name += c == '-' ? '_' : static_cast<char>(std::toupper(c));
  return name;
}

std::vector<absl::Status> LikelySlips(const Variables& variables,
                                      const std::vector<std::string>& known) {
  // Without the prefix, which would make any two of them alike.
  std::vector<std::string> names;
  for (const std::string& variable : known) names.push_back(variable.substr(kPrefix.size()));
  std::vector<absl::Status> slips;
  for (auto it = variables.lower_bound(std::string(kPrefix));
       it != variables.end() && it->first.starts_with(kPrefix); ++it) {
    const std::string name = it->first.substr(kPrefix.size());
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string nearest = Nearest(name, names);
    if (nearest.empty()) continue;
    slips.push_back(SettingUnknown(it->first, "the environment", std::string(kPrefix) + nearest));
  }
  return slips;
}

}  // namespace consilience::common
