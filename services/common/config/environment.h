// Environment variables that set something: CONSIL_ and the name of the setting.
#ifndef CONSILIENCE_SERVICES_COMMON_CONFIG_ENVIRONMENT_H_
#define CONSILIENCE_SERVICES_COMMON_CONFIG_ENVIRONMENT_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace consilience::common {

using Variables = std::map<std::string, std::string>;

// Those of this process.
Variables ProcessVariables();

// "data-dir" as CONSIL_DATA_DIR.
std::string VariableOf(std::string_view key);

// SETTING_UNKNOWN for each variable with our prefix that is none of `known` and yet near one.
// Whatever else has the prefix may be meant for another of our programs.
std::vector<absl::Status> LikelySlips(const Variables& variables,
                                      const std::vector<std::string>& known);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_CONFIG_ENVIRONMENT_H_
