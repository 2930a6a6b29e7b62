// A real PostgreSQL of the test's own: a cluster in a temporary directory, reached over a socket in
// it.
#ifndef CONSILIENCE_TESTS_SUPPORT_POSTGRES_H_
#define CONSILIENCE_TESTS_SUPPORT_POSTGRES_H_

#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace consilience::testing {

// Throws, with the server's log, when it does not come up. Root may not run PostgreSQL, so as root
// it runs as the user postgres, or nobody where there is none.
class PostgresServer {
 public:
  // `settings` are further lines of postgresql.conf, "fsync = off".
  explicit PostgresServer(const std::vector<std::string>& settings = {"fsync = off"});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Makes an empty database; the URI to reach it.
  std::string CreateDatabase();
  std::string Uri(const std::string& database) const;
  // Runs SQL in the maintenance database, or another, with psql; what it printed, without headings.
  std::string Sql(const std::string& sql, const std::string& database = "postgres") const;

  // Ends it as a crash would, open connections and all; starts it again on the same data.
  void Kill();
  void Start();

 private:
  std::vector<std::string> AsOwner(std::vector<std::string> command) const;

  TempDir dir_;
  std::string owner_;
  std::unique_ptr<Process> process_;
  int databases_ = 0;
};

// One server for all tests of a program, started when first asked for.
PostgresServer& SharedPostgres();

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_POSTGRES_H_
