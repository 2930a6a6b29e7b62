// Page tokens that belong to one query: a token sent with another filter or order is refused.
#ifndef CONSILIENCE_SERVICES_COMMON_QUERY_PAGE_TOKEN_H_
#define CONSILIENCE_SERVICES_COMMON_QUERY_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace consilience::common {

// Opaque and safe in a URL. `query` is everything that the order and choice of the items hang on,
// `position` where the page ended.
std::string MakePageToken(std::string_view query, std::string_view position);

// The position; PAGE_TOKEN_INVALID when the token is not one, or not of this query.
absl::StatusOr<std::string> ReadPageToken(std::string_view token, std::string_view query);

// 0 means `fallback`, more than `most` is taken as `most`, negative is FIELD_INVALID.
absl::StatusOr<size_t> PageSize(int asked, size_t fallback = 50, size_t most = 1000);

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_QUERY_PAGE_TOKEN_H_
