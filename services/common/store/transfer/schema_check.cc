#include "services/common/store/transfer/schema_check.h"

#include <fmt/format.h>

#include "services/common/errors/catalogue.h"

namespace consilience::common::transfer {

absl::Status CheckVersion(std::string_view store, int found, int known) {
  if (found > known) return StoreTooNew(store, found, known);
  if (found == known) return absl::OkStatus();
  return StoreUnavailable(
      store, fmt::format("it has schema version {} and this program knows {}; start the service of "
                         "this release with it once, which brings it up to date, and stop it again",
                         found, known));
}

absl::Status NotEmpty(std::string_view store, std::string_view table) {
  return StoreUnavailable(
      store, fmt::format("it holds something already ({}); import into a new one", table));
}

}  // namespace consilience::common::transfer
