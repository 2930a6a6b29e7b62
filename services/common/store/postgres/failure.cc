#include "services/common/store/postgres/failure.h"

#include <fmt/format.h>

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/errors/error.h"

namespace consilience::common::postgres {
namespace {

constexpr absl::Duration kBusyRetry = absl::Milliseconds(200);

// One line; libpq's messages have several and end in a newline.
std::string OneLine(std::string_view message) {
  std::string line(message);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

struct Remedy {
  std::string_view sqlstate;  // or the first characters of it
  std::string_view text;
};

// Codes: PostgreSQL documentation, appendix A.
constexpr Remedy kRemedies[] = {
    {"25006", "it is read-only, perhaps a standby; add target_session_attrs=read-write"},
    {"28", "check the user and password of --store and the server's pg_hba.conf"},
    {"3D000", "create the database with createdb"},
    {"42501", "GRANT CREATE, CONNECT ON DATABASE to the user of --store"},
    {"53300", "raise the server's max_connections or lower --store-connections"},
    {"53400", "raise the server's limit"},
    {"57P", "it is shutting down or starting; this passes"},
};

std::string WithRemedy(std::string_view sqlstate, std::string_view message) {
  for (const Remedy& remedy : kRemedies) {
    if (sqlstate.starts_with(remedy.sqlstate)) {
      return fmt::format("{}; {}", OneLine(message), remedy.text);
    }
  }
  return OneLine(message);
}

}  // namespace

Failure FailureOf(std::string_view sqlstate) {
  if (sqlstate == "40001" || sqlstate == "40P01") return Failure::kConflict;
  // A key; a table; a schema.
  if (sqlstate == "23505" || sqlstate == "42P07" || sqlstate == "42P06") return Failure::kDuplicate;
  if (sqlstate.starts_with("08") || sqlstate.starts_with("57P")) return Failure::kLost;
  return Failure::kOther;
}

absl::Status StatusOf(std::string_view sqlstate, std::string_view message,
                      const std::string& store) {
  if (FailureOf(sqlstate) == Failure::kConflict || sqlstate == "55P03" || sqlstate == "57014") {
    return StoreBusy(store, kBusyRetry);
  }
  if (sqlstate == "53100") return StoreFull(store);
  if (sqlstate == "XX001" || sqlstate == "XX002") return StoreCorrupt(store, OneLine(message));
  if (sqlstate == "22021" || sqlstate == "22P05") {
    return MakeError(absl::StatusCode::kInvalidArgument, "TEXT_UNSTORABLE",
                     fmt::format("the store {} cannot keep a text of this request: {}; leave out "
                                 "NUL characters and what is not UTF-8",
                                 store, OneLine(message)),
                     {{"store", store}});
  }
  for (const std::string_view unavailable :
       {"08", "25006", "28", "3D", "42501", "53", "57P", "58"}) {
    if (sqlstate.starts_with(unavailable)) {
      return StoreUnavailable(store, WithRemedy(sqlstate, message));
    }
  }
  return Internal(fmt::format("PostgreSQL {} {} on {}", sqlstate, OneLine(message), store));
}

absl::Status ConnectionStatus(const PGconn* connection, const std::string& store) {
  const std::string problem = OneLine(PQerrorMessage(connection));
  if (problem.find("does not exist") != std::string::npos &&
      problem.find("database") != std::string::npos) {
    return StoreUnavailable(store, WithRemedy("3D000", problem));
  }
  if (problem.find("authentication") != std::string::npos ||
      problem.find("pg_hba.conf") != std::string::npos ||
      problem.find("no password") != std::string::npos) {
    return StoreUnavailable(store, WithRemedy("28000", problem));
  }
  if (problem.find("too many clients") != std::string::npos ||
      problem.find("remaining connection slots") != std::string::npos) {
    return StoreUnavailable(store, WithRemedy("53300", problem));
  }
  return StoreUnavailable(store, problem.empty() ? "the connection was closed" : problem);
}

}  // namespace consilience::common::postgres
