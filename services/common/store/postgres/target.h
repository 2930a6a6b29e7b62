// Which database, from what the setting --store says.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_TARGET_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_TARGET_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace consilience::common::postgres {

struct Target {
  std::string uri;   // secret: may hold a password; never shown
  std::string name;  // the same without secrets, for messages: postgres://user@host:port/database
};

// `setting` is a libpq URI (postgres://… or postgresql://…), or "file:" and the path of a file
// whose first line is one, so that the password stands in no command line. SettingInvalid says what
// is wrong without repeating the secret.
absl::StatusOr<Target> ReadTarget(std::string_view setting);

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_TARGET_H_
