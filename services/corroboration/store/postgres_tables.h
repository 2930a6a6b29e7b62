// What the reading and the writing half of PostgresStore share.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_

#include <string_view>

#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// There is one project until there is tenancy; its key leads every primary key already.
inline constexpr std::string_view kPostgresProject = "default";

// As much of a name as its index holds; bytes of an index entry are limited to about 2,700.
inline std::string_view NameStart(std::string_view name) { return name.substr(0, 256); }

// Column of the claim table that holds SortValue of an order.
constexpr std::string_view ColumnOf(ClaimOrder order) {
  switch (order) {
    case ClaimOrder::kScoreDescending:
      return "by_score";
    case ClaimOrder::kScore:
      return "by_score_up";
    case ClaimOrder::kEffectiveDescending:
      return "by_effective";
    case ClaimOrder::kUpdateTimeDescending:
      return "by_update";
    case ClaimOrder::kFrom:
      return "by_from";
  }
  return "by_score";
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_POSTGRES_TABLES_H_
