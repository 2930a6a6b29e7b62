#include "services/common/store/postgres/target.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <fstream>
#include <map>
#include <memory>

#include "services/common/errors/catalogue.h"

namespace consilience::common::postgres {
namespace {

constexpr std::string_view kFile = "file:";

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

bool IsUri(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

absl::StatusOr<std::string> FirstLine(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) {
    return FileUnreadable(path, "its first line must be the URI of the database");
  }
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

// libpq's own message repeats the URI, and with it the password; so this says only what to write.
absl::Status Unreadable(std::string_view origin) {
  return SettingInvalid("store", "not shown, it may hold a password", origin,
                        "must read postgres://USER@HOST:PORT/DATABASE, be file:PATH of a file that "
                        "holds such a line, or be empty for the embedded store");
}

}  // namespace

absl::StatusOr<Target> ReadTarget(std::string_view setting) {
  Target target{std::string(setting), ""};
  std::string origin = "--store";
  if (setting.starts_with(kFile)) {
    origin = std::string(setting.substr(kFile.size()));
    auto line = FirstLine(origin);
    if (!line.ok()) return line.status();
    target.uri = *std::move(line);
  }
  if (!IsUri(target.uri)) return Unreadable(origin);
  char* problem = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> options(
      PQconninfoParse(target.uri.c_str(), &problem));
  PQfreemem(problem);
  if (options == nullptr) return Unreadable(origin);
  std::map<std::string, std::string> values;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) values[option->keyword] = option->val;
  }
  target.name = fmt::format("postgres://{}{}{}{}{}/{}", values["user"],
                            values["user"].empty() ? "" : "@", values["host"],
                            values["port"].empty() ? "" : ":", values["port"], values["dbname"]);
  return target;
}

}  // namespace consilience::common::postgres
