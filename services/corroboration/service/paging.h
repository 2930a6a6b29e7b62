// Where a page of a list ended, as an opaque token.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/common/query/page_token.h"
#include "services/corroboration/store/store.h"

namespace consilience::corroboration {

using common::PageSize;

// `query` is everything of the request but its page: a token for another query is refused.
std::string MakePageToken(const Cursor& cursor, std::string_view query);
// The beginning for an empty token. INVALID_ARGUMENT for one that is not of this query.
absl::StatusOr<Cursor> ReadPageToken(const std::string& token, std::string_view query);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SERVICE_PAGING_H_
