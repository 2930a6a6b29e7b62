// Names that every store in SQL uses alike.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_SQL_NAMES_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_SQL_NAMES_H_

#include <string_view>

#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// There is one project until there is tenancy; its key leads every primary key already.
inline constexpr std::string_view kProject = "default";

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

// Column of the question table that holds SortValue of an order.
constexpr std::string_view ColumnOf(QuestionOrder order) {
  return order == QuestionOrder::kFrom ? "by_from" : "by_name";
}

// Column of the claim table that holds ValueOf of a facet.
constexpr std::string_view ColumnOf(ClaimFacet facet) {
  return facet == ClaimFacet::kPlace ? "place" : "state";
}

// Where WritesAfter goes on: behind a write, or behind all of its time. Ids are of digits, letters
// and dashes, all of which sort before "~".
inline std::string_view PlaceOf(const QuestionWrite& after) {
  return after.version.empty() ? std::string_view("~") : std::string_view(after.version);
}

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_SQL_NAMES_H_
