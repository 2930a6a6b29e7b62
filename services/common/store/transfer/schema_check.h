// What both kinds of store are refused for.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_SCHEMA_CHECK_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_SCHEMA_CHECK_H_

#include <string_view>

#include "absl/status/status.h"

namespace consilience::common::transfer {

// `known` is the version that this program writes.
absl::Status CheckVersion(std::string_view store, int found, int known);

absl::Status NotEmpty(std::string_view store, std::string_view table);

}  // namespace consilience::common::transfer

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_TRANSFER_SCHEMA_CHECK_H_
