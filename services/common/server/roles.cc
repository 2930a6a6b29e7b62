#include "services/common/server/roles.h"

#include <fmt/format.h>

#include <array>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/server/embedded_rules.h"

namespace consilience::common {
namespace {

constexpr std::array<std::pair<std::string_view, Role>, 4> kRoles = {{
    {"reader", Role::kReader},
    {"contributor", Role::kContributor},
    {"reviewer", Role::kReviewer},
    {"admin", Role::kAdmin},
}};

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream parts(line);
  for (std::string cell; std::getline(parts, cell, '\t');) cells.push_back(cell);
  return cells;
}

}  // namespace

std::string_view RoleName(Role role) { return kRoles.at(static_cast<size_t>(role)).first; }

std::optional<Role> RoleNamed(std::string_view name) {
  for (const auto& [known, role] : kRoles) {
    if (known == name) return role;
  }
  return std::nullopt;
}

absl::StatusOr<std::vector<std::vector<std::string>>> ReadRows(std::string_view text,
                                                               std::string_view name,
                                                               size_t columns,
                                                               const std::string& origin) {
  std::istringstream lines{std::string(text)};
  std::vector<std::vector<std::string>> rows;
  const std::string header = fmt::format("# {} 1:", name);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const std::string place = fmt::format("{}:{}", origin, number);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (number == 1 && !line.starts_with(header)) {
      return SettingInvalid("line", line, place, fmt::format("must begin with \"{}\"", header));
    }
    if (line.empty() || line.front() == '#') continue;
    rows.push_back(Cells(line));
    if (rows.back().size() != columns) {
      return SettingInvalid("line", line, place,
                            fmt::format("must have {} columns with tabs between", columns));
    }
  }
  return rows;
}

absl::StatusOr<MethodRoles> MethodRoles::Parse(std::string_view tsv, const std::string& origin) {
  auto rows = ReadRows(tsv, "method_roles", 3, origin);
  if (!rows.ok()) return rows.status();
  MethodRoles result;
  for (const auto& row : *rows) {
    const auto role = RoleNamed(row[2]);
    if (!role.has_value()) {
      return SettingInvalid("role", row[2], origin,
                            "must be reader, contributor, reviewer or admin");
    }
    if (!result.roles_.emplace(row[0] + "/" + row[1], *role).second) {
      return SettingInvalid("method", row[1], origin, "stands there twice");
    }
  }
  return result;
}

const MethodRoles& MethodRoles::Shipped() {
  static const MethodRoles* const kShipped = [] {
    auto parsed = Parse(kMethodRolesTsv, "rules/method_roles.tsv");
    if (!parsed.ok()) throw std::logic_error(std::string(parsed.status().message()));
    return new MethodRoles(*std::move(parsed));
  }();
  return *kShipped;
}

Role MethodRoles::Of(const std::string& method) const {
  const auto found = roles_.find(method);
  return found == roles_.end() ? Role::kAdmin : found->second;
}

}  // namespace consilience::common
