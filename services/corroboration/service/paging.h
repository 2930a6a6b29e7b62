// Pages of lists: sizes and opaque tokens that are bound to the request they came from.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

// 0 means 50, more than 1000 is taken as 1000, negative is INVALID_ARGUMENT.
absl::StatusOr<size_t> PageSize(int requested);

// `query` is everything of the request but its page: a token for another query is refused.
std::string MakePageToken(const Cursor& cursor, std::string_view query);
// The beginning for an empty token. INVALID_ARGUMENT for one that is not of this query.
absl::StatusOr<Cursor> ReadPageToken(const std::string& token, std::string_view query);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_
