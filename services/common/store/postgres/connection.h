// One connection to PostgreSQL, or to what speaks its protocol.
//
//   auto rows = connection.Query("SELECT id FROM claim WHERE project = $1", project);
//   Batch batch;
//   for (…) batch.Add("INSERT INTO claim(project, id) VALUES ($1, $2)", project, id);
//   status = connection.Run(batch);
//
// Statements are prepared when first used and kept. Everything is sent in pipeline mode: a batch of
// a thousand statements waits for the server a few times, not a thousand.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_CONNECTION_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/store/postgres/failure.h"
#include "services/common/store/postgres/target.h"
#include "services/common/store/postgres/values.h"

namespace consilience::common::postgres {

struct SessionOptions {
  std::string schema;  // where the tables of this program are
  absl::Duration connect_timeout = absl::Seconds(5);
  // How long a statement may take, and how long it may wait for a lock.
  absl::Duration statement_timeout = absl::Seconds(60);
  absl::Duration lock_timeout = absl::Seconds(30);
  // After which the server ends a transaction that its program left lying, with its locks.
  absl::Duration idle_transaction_timeout = absl::Seconds(60);
};

// A statement with its parameters; `sql` must outlive it.
struct Statement {
  std::string_view sql;
  Parameters parameters;
};

class Batch {
 public:
  // `sql` is a literal.
  template <typename... Values>
  void Add(const char* sql, const Values&... values) {
    statements_.push_back({sql, Parameters(values...)});
  }
  std::span<const Statement> statements() const { return statements_; }
  bool empty() const { return statements_.empty(); }
  size_t size() const { return statements_.size(); }

 private:
  std::vector<Statement> statements_;
};

// Belongs to one thread at a time.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const Target& target,
                                                          const SessionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  template <typename... Values>
  absl::StatusOr<Rows> Query(std::string_view sql, const Values&... values) {
    const Statement statement{sql, Parameters(values...)};
    return Exchange({&statement, 1});
  }
  template <typename... Values>
  absl::Status Run(std::string_view sql, const Values&... values) {
    return Query(sql, values...).status();
  }
  // The rows of the last of a few statements, which are sent together but see what was committed
  // before each of them.
  absl::StatusOr<Rows> QueryLast(const Batch& batch) { return Exchange(batch.statements()); }
  // The same with the rows of each.
  absl::StatusOr<std::vector<Rows>> QueryEach(const Batch& batch);
  // Within a transaction; outside of one, part of a batch may stay when it fails.
  absl::Status Run(const Batch& batch);
  // Within a transaction: sends them with what comes next, be it the COMMIT, so that they cost no
  // wait of their own. What comes next fails when they do.
  absl::Status RunLater(Batch batch);
  // One or more statements without parameters.
  absl::Status Execute(const std::string& sql);
  // Copies rows of TEXT, BYTEA and BIGINT columns into a table, within a transaction. `columns` is
  // "table(column, …)"; each row has one parameter a column.
  absl::Status Copy(const std::string& columns, std::span<const Parameters> rows);

  // A transaction begins with the next statement, so that it costs no wait of its own.
  void Begin(std::string_view how = "BEGIN");
  // Undoes it where it fails.
  absl::Status Commit();
  // Undoes what was done since Begin.
  void Rollback();

  // What the last call that failed failed of.
  Failure failure() const { return failure_; }
  // False once the connection is gone, as far as can be told without asking the server.
  bool Alive();
  const std::string& store() const { return store_; }

 private:
  struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Known {
    std::string name;
    bool prepared = false;
  };

  Connection(PGconn* connection, std::string store)
      : connection_(connection), store_(std::move(store)) {}

  absl::Status SetUp(const SessionOptions& options);
  // Sends the statements and gives the rows of the last one.
  absl::StatusOr<Rows> Exchange(std::span<const Statement> statements);
  absl::StatusOr<std::vector<Rows>> ExchangeEach(std::span<const Statement> statements);
  bool Send(std::span<const Statement> statements, std::vector<Known*>& expected);
  bool SendOne(const Statement& statement, std::vector<Known*>& expected);
  // The rows of all that was not preparing.
  absl::StatusOr<std::vector<Rows>> Receive(const std::vector<Known*>& expected);
  absl::Status Fail(const PGresult* result);

  std::unique_ptr<PGconn, Close> connection_;
  std::string store_;
  std::map<std::string, Known, std::less<>> statements_;  // by their SQL
  std::string begin_;                                     // to be sent; empty when it was
  Batch later_;                                           // to be sent, after begin_
  Failure failure_ = Failure::kNone;
};

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_CONNECTION_H_
