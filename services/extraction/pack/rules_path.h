// Where the shipped rules are.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PACK_RULES_PATH_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PACK_RULES_PATH_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace consilience::extraction {

// The first that applies: `argument` if it is not empty, the environment variable
// CONSILIENCE_RULES, the folder
// ../share/consilience/rules beside the program. NotFound names the places looked at.
absl::StatusOr<std::filesystem::path> FindRules(const std::string& argument);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PACK_RULES_PATH_H_
