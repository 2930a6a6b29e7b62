// How a run ends, for the scripts that call it.
#ifndef CONSILIENCE_CLIENTS_CLI_EXIT_CODE_H_
#define CONSILIENCE_CLIENTS_CLI_EXIT_CODE_H_

#include <string>

#include "absl/status/status.h"

namespace consilience::cli {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2;
inline constexpr int kConditionFalse = 3;  // what was asked for does not hold (`--fail-under`)
inline constexpr int kAuthentication = 4;
inline constexpr int kRpcBase = 64;  // + the gRPC code, for calls that failed
// 130: interrupted.

// The code for an error: of a call by its gRPC code, INVALID_ARGUMENT of this side's own making is
// a usage error.
int ExitCodeOf(const absl::Status& status);

// The whole message: one line that says what is wrong, and where it helps one more that says what
// to do.
std::string ErrorText(const absl::Status& status);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_EXIT_CODE_H_
