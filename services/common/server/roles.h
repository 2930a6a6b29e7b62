// What callers may do: four roles, and the least of them that each method asks for.
#ifndef CONSILIENCE_SERVICES_COMMON_SERVER_ROLES_H_
#define CONSILIENCE_SERVICES_COMMON_SERVER_ROLES_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace consilience::common {

// Each may do what those before it may.
enum class Role { kReader, kContributor, kReviewer, kAdmin };

std::string_view RoleName(Role role);
std::optional<Role> RoleNamed(std::string_view name);

// The rows of a table with `columns` columns under a first line "# NAME 1: …"; further lines that
// begin with # are comments. Errors name the origin, the line and the rule.
absl::StatusOr<std::vector<std::vector<std::string>>> ReadRows(std::string_view text,
                                                               std::string_view name,
                                                               size_t columns,
                                                               const std::string& origin);

// By "package.Service/Method", what rules/method_roles.tsv says.
class MethodRoles {
 public:
  static absl::StatusOr<MethodRoles> Parse(std::string_view tsv, const std::string& origin);
  // The shipped table, which is compiled in.
  static const MethodRoles& Shipped();

  // A method that the table does not know asks for the highest role.
  Role Of(const std::string& method) const;
  const std::map<std::string, Role>& all() const { return roles_; }

 private:
  std::map<std::string, Role> roles_;
};

}  // namespace consilience::common

#endif  // CONSILIENCE_SERVICES_COMMON_SERVER_ROLES_H_
