#include "services/common/query/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "services/common/errors/catalogue.h"
#include "services/common/text/digest.h"
#include "services/common/text/strings.h"

namespace consilience::common {
namespace {

// Enough to tell queries apart; it guards against mistakes, not against anybody.
constexpr size_t kDigestSize = 12;

}  // namespace

std::string MakePageToken(std::string_view query, std::string_view position) {
  const std::string plain = Sha256Hex(query).substr(0, kDigestSize) + std::string(position);
  std::string token;
  absl::WebSafeBase64Escape(plain, &token);
  return token;
}

absl::StatusOr<std::string> ReadPageToken(std::string_view token, std::string_view query) {
  std::string plain;
  if (!absl::WebSafeBase64Unescape(ToAbsl(token), &plain) || plain.size() < kDigestSize ||
      plain.substr(0, kDigestSize) != Sha256Hex(query).substr(0, kDigestSize)) {
    return PageTokenInvalid(token);
  }
  return plain.substr(kDigestSize);
}

absl::StatusOr<size_t> PageSize(int asked, size_t fallback, size_t most) {
  if (asked < 0) {
    return FieldInvalid("page_size", std::to_string(asked),
                        "must not be negative; 0 lets the server choose");
  }
  return asked == 0 ? fallback : std::min(static_cast<size_t>(asked), most);
}

}  // namespace consilience::common
