#include "services/corroboration/service/paging.h"

#include <fmt/format.h>

#include "services/common/errors/catalogue.h"
#include "services/common/query/page_token.h"

namespace consilience::corroboration {
namespace {

constexpr char kSeparator = '\x1f';

}  // namespace

std::string MakePageToken(const Cursor& cursor, std::string_view query) {
  return common::MakePageToken(query, fmt::format("{}{}{}", cursor.value, kSeparator, cursor.id));
}

absl::StatusOr<Cursor> ReadPageToken(const std::string& token, std::string_view query) {
  if (token.empty()) return Cursor();
  const auto position = common::ReadPageToken(token, query);
  if (!position.ok()) return position.status();
  const size_t separator = position->rfind(kSeparator);
  if (separator == std::string::npos) return common::PageTokenInvalid(token);
  return Cursor{position->substr(0, separator), position->substr(separator + 1)};
}

}  // namespace consilience::corroboration
