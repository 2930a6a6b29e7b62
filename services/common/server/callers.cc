#include "services/common/server/callers.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/text/digest.h"

namespace consilience::common {
namespace {

constexpr size_t kDigestDigits = 64;

bool IsDigest(std::string_view text) {
  return text.size() == kDigestDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<Callers> Callers::Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) {
    return SettingInvalid("callers", path, "--callers",
                          "cannot be read: it does not exist or this user may not read it");
  }
  return Parse(text, path);
}

absl::StatusOr<Callers> Callers::Parse(std::string_view text, const std::string& origin) {
  auto rows = ReadRows(text, "callers", 4, origin);
  if (!rows.ok()) return rows.status();
  Callers callers;
  for (const auto& row : *rows) {
    const std::string place = fmt::format("{}: caller {}", origin, row[0]);
    const auto role = RoleNamed(row[1]);
    if (!role.has_value()) {
      return SettingInvalid("role", row[1], place,
                            "must be reader, contributor, reviewer or admin");
    }
    const Entry entry{row[3], {row[0], *role}};
    if (row[2] == "certificate") {
      callers.certificates_.push_back(entry);
    } else if (row[2] != "token") {
      return SettingInvalid("by", row[2], place, "must be token or certificate");
    } else if (!IsDigest(row[3])) {
      // What stands there may be the token itself, so it is not repeated.
      return SettingInvalid("value", "not shown", place,
                            "must be the SHA-256 of the token, 64 lower-case hexadecimal digits: "
                            "printf %s \"$TOKEN\" | sha256sum");
    } else {
      callers.tokens_.push_back(entry);
    }
  }
  if (rows->empty()) {
    return SettingInvalid("callers", origin, "--callers", "names nobody, so nobody could call");
  }
  return callers;
}

std::optional<Caller> Callers::Find(const Identification& shown) const {
  std::optional<Caller> found;
  if (shown.token.has_value()) {
    const std::string digest = Sha256Hex(*shown.token);
    for (const Entry& entry : tokens_) {
      if (CRYPTO_memcmp(entry.value.data(), digest.data(), kDigestDigits) == 0) {
        found = entry.caller;
      }
    }
    return found;
  }
  for (const Entry& entry : certificates_) {
    const auto& names = shown.certificate_names;
    if (std::find(names.begin(), names.end(), entry.value) != names.end()) return entry.caller;
  }
  return found;
}

}  // namespace consilience::common
