#include "services/corroboration/service/paging.h"

#include <absl/strings/escaping.h>
#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/model/ids.h"

namespace consilience::corroboration {
namespace {

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;
constexpr char kSeparator = '\x1f';

}  // namespace

absl::StatusOr<size_t> PageSize(int requested) {
  if (requested < 0) {
    return common::FieldInvalid("page_size", fmt::format("{}", requested),
                                "give 0 for the default, or at most 1000");
  }
  return static_cast<size_t>(requested == 0 ? kDefaultPage : std::min(requested, kLargestPage));
}

std::string MakePageToken(const Cursor& cursor, std::string_view query) {
  const std::string content = fmt::format("{}{}{}{}{}", ContentId("page", {query}), kSeparator,
                                          cursor.value, kSeparator, cursor.id);
  return absl::WebSafeBase64Escape(content);
}

absl::StatusOr<Cursor> ReadPageToken(const std::string& token, std::string_view query) {
  if (token.empty()) return Cursor();
  std::string content;
  if (!absl::WebSafeBase64Unescape(token, &content)) return common::PageTokenInvalid(token);
  const size_t first = content.find(kSeparator);
  const size_t last = content.rfind(kSeparator);
  if (first == last || content.substr(0, first) != ContentId("page", {query})) {
    return common::PageTokenInvalid(token);
  }
  return Cursor{content.substr(first + 1, last - first - 1), content.substr(last + 1)};
}

}  // namespace consilience::corroboration
