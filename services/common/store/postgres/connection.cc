#include "services/common/store/postgres/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/common/log/log.h"

namespace consilience::common::postgres {
namespace {

constexpr int kBinary = 1;
// Their answers fit into the socket's buffer, so that neither side waits for the other to read.
constexpr size_t kStatementsBetweenSyncs = 256;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

constexpr size_t kCopyChunk = 1U << 16U;
// Signature, flags and the length of an extension, both 0 (PostgreSQL documentation, COPY).
constexpr std::string_view kCopyHead("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kCopyTail("\377\377", 2);

// Row = number of columns (16 bits), then each with its length (32 bits) in front.
void AppendCopyRow(const Parameters& row, std::string& data) {
  const auto append = [&data](size_t value, size_t bytes) {
    for (size_t i = bytes; i > 0; --i) {
      data.push_back(static_cast<char>((value >> ((i - 1) * 8)) & 0xFFU));
    }
  };
  append(static_cast<size_t>(row.count()), 2);
  for (const std::string& column : row.bytes()) {
    append(column.size(), 4);
    data += column;
  }
}

bool Succeeded(ExecStatusType status) {
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN ||
         status == PGRES_EMPTY_QUERY;
}

void LogNotice(void* /*context*/, const char* message) {
  log::Debug("PostgreSQL says", {{"message", std::string(message)}});
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const Target& target,
                                                             const SessionOptions& options) {
  const std::string timeout =
      std::to_string(std::max<int64_t>(1, absl::ToInt64Seconds(options.connect_timeout)));
  // What the URI says itself, in dbname, comes later and wins.
  constexpr std::array<const char*, 9> kKeys = {"connect_timeout",
                                                "application_name",
                                                "client_encoding",
                                                "keepalives_idle",
                                                "keepalives_interval",
                                                "keepalives_count",
                                                "tcp_user_timeout",
                                                "dbname",
                                                nullptr};
  const std::array<const char*, 9> values = {
      timeout.c_str(), "consilience", "UTF8", "10", "5", "3", "30000", target.uri.c_str(), nullptr};
  std::unique_ptr<Connection> connection(
      new Connection(PQconnectdbParams(kKeys.data(), values.data(), 1), target.name));
  PGconn* raw = connection->connection_.get();
  if (PQstatus(raw) != CONNECTION_OK) return ConnectionStatus(raw, target.name);
  PQsetNoticeProcessor(raw, &LogNotice, nullptr);
  if (absl::Status status = connection->SetUp(options); !status.ok()) return status;
  return connection;
}

absl::Status Connection::SetUp(const SessionOptions& options) {
  // Acknowledged means durable; other levels than "off" are the operator's choice. Everything is
  // looked up by keys: a plan that was made while a table was small, and is kept, must not read all
  // of it once it is large. What an engine does not know it does not list.
  return Execute(
      fmt::format("SET search_path TO {}; SET statement_timeout TO {}; SET lock_timeout TO {};"
                  " SET idle_in_transaction_session_timeout TO {};"
                  " SELECT set_config('synchronous_commit', 'on', false)"
                  " WHERE current_setting('synchronous_commit') = 'off';"
                  " SELECT set_config(name, 'off', false) FROM pg_settings"
                  " WHERE name IN ('enable_seqscan', 'enable_hashjoin', 'enable_mergejoin')",
                  options.schema, absl::ToInt64Milliseconds(options.statement_timeout),
                  absl::ToInt64Milliseconds(options.lock_timeout),
                  absl::ToInt64Milliseconds(options.idle_transaction_timeout)));
}

absl::Status Connection::Fail(const PGresult* result) {
  const bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
  const char* code = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  failure_ = lost || code == nullptr ? Failure::kLost : FailureOf(code);
  if (code == nullptr) return ConnectionStatus(connection_.get(), store_);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return StatusOf(code, message == nullptr ? "" : message, store_);
}

absl::Status Connection::Execute(const std::string& sql) {
  if (absl::Status status = Run(std::exchange(later_, {})); !status.ok()) return status;
  if (!begin_.empty()) {
    const Result begun(PQexec(connection_.get(), begin_.c_str()));
    if (!Succeeded(PQresultStatus(begun.get()))) return Fail(begun.get());
    begin_.clear();
  }
  failure_ = Failure::kNone;
  const Result result(PQexec(connection_.get(), sql.c_str()));
  return Succeeded(PQresultStatus(result.get())) ? absl::OkStatus() : Fail(result.get());
}

absl::Status Connection::Run(const Batch& batch) {
  std::span<const Statement> rest = batch.statements();
  while (!rest.empty()) {
    const size_t count = std::min(rest.size(), kStatementsBetweenSyncs);
    const auto rows = Exchange(rest.first(count));
    if (!rows.ok()) return rows.status();
    rest = rest.subspan(count);
  }
  return absl::OkStatus();
}

absl::Status Connection::RunLater(Batch batch) {
  absl::Status status = Run(std::exchange(later_, {}));
  later_ = std::move(batch);
  return status;
}

absl::StatusOr<Rows> Connection::Exchange(std::span<const Statement> statements) {
  auto rows = ExchangeEach(statements);
  if (!rows.ok()) return rows.status();
  return std::move(rows->back());
}

absl::StatusOr<std::vector<Rows>> Connection::QueryEach(const Batch& batch) {
  return ExchangeEach(batch.statements());
}

absl::StatusOr<std::vector<Rows>> Connection::ExchangeEach(std::span<const Statement> statements) {
  const Batch first = std::exchange(later_, {});
  if (!first.empty() && first.size() + statements.size() > kStatementsBetweenSyncs) {
    if (absl::Status status = Run(first); !status.ok()) return status;
    return ExchangeEach(statements);
  }
  failure_ = Failure::kNone;
  // One entry an answer to come: the statement that it prepares, or null.
  std::vector<Known*> expected;
  if (PQenterPipelineMode(connection_.get()) == 0 || !Send(first.statements(), expected) ||
      !Send(statements, expected) || PQpipelineSync(connection_.get()) == 0) {
    return Fail(nullptr);
  }
  auto rows = Receive(expected);
  if (PQexitPipelineMode(connection_.get()) == 0 && rows.ok()) return Fail(nullptr);
  if (!rows.ok()) return rows;
  rows->erase(rows->begin(), rows->end() - static_cast<std::ptrdiff_t>(statements.size()));
  return rows;
}

bool Connection::Send(std::span<const Statement> statements, std::vector<Known*>& expected) {
  if (!begin_.empty()) {
    if (PQsendQueryParams(connection_.get(), begin_.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                          kBinary) == 0) {
      return false;
    }
    expected.push_back(nullptr);
    begin_.clear();
  }
  return std::all_of(statements.begin(), statements.end(),
                     [&](const Statement& statement) { return SendOne(statement, expected); });
}

bool Connection::SendOne(const Statement& statement, std::vector<Known*>& expected) {
  const Parameters& parameters = statement.parameters;
  auto found = statements_.find(statement.sql);
  if (found == statements_.end()) {
    const std::string name = "s" + std::to_string(statements_.size());
    found = statements_.emplace(std::string(statement.sql), Known{name}).first;
  }
  Known& known = found->second;
  if (!known.prepared && std::find(expected.begin(), expected.end(), &known) == expected.end()) {
    if (PQsendPrepare(connection_.get(), known.name.c_str(), found->first.c_str(),
                      parameters.count(), parameters.types().data()) == 0) {
      return false;
    }
    expected.push_back(&known);
  }
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const std::string& bytes : parameters.bytes()) {
    values.push_back(bytes.data());
    lengths.push_back(static_cast<int>(bytes.size()));
  }
  const std::vector<int> formats(values.size(), kBinary);
  expected.push_back(nullptr);
  return PQsendQueryPrepared(connection_.get(), known.name.c_str(), parameters.count(),
                             values.data(), lengths.data(), formats.data(), kBinary) != 0;
}

absl::StatusOr<std::vector<Rows>> Connection::Receive(const std::vector<Known*>& expected) {
  absl::Status status;
  std::vector<Rows> rows;
  for (Known* const prepared : expected) {
    Result result(PQgetResult(connection_.get()));
    const ExecStatusType got = PQresultStatus(result.get());
    if (Succeeded(got)) {
      if (prepared != nullptr) {
        prepared->prepared = true;
      } else {
        rows.emplace_back(result.release());
      }
    } else if (status.ok()) {
      // What follows an error is answered as aborted until the sync.
      status = Fail(result.get());
    }
    if (failure_ == Failure::kLost) return status;
    // Each statement's answer ends with a null result.
    while (const Result more{PQgetResult(connection_.get())}) {
    }
  }
  const Result sync(PQgetResult(connection_.get()));
  if (status.ok() && PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) return Fail(sync.get());
  if (!status.ok()) return status;
  return rows;
}

absl::Status Connection::Copy(const std::string& columns, std::span<const Parameters> rows) {
  auto begun = Execute("COPY " + columns + " FROM STDIN (FORMAT binary)");
  if (!begun.ok()) return begun;
  std::string data(kCopyHead);
  bool sent = true;
  for (const Parameters& row : rows) {
    AppendCopyRow(row, data);
    if (data.size() < kCopyChunk) continue;
    sent =
        sent && PQputCopyData(connection_.get(), data.data(), static_cast<int>(data.size())) == 1;
    data.clear();
  }
  data += kCopyTail;
  sent = sent && PQputCopyData(connection_.get(), data.data(), static_cast<int>(data.size())) == 1;
  if (!sent || PQputCopyEnd(connection_.get(), nullptr) != 1) return Fail(nullptr);
  absl::Status status;
  while (const Result result{PQgetResult(connection_.get())}) {
    if (status.ok() && !Succeeded(PQresultStatus(result.get()))) status = Fail(result.get());
  }
  return status;
}

void Connection::Begin(std::string_view how) { begin_ = how; }

absl::Status Connection::Commit() {
  if (later_.empty()) {
    if (begin_.empty()) return Execute("COMMIT");
    begin_.clear();
    return absl::OkStatus();
  }
  const absl::Status status = Run("COMMIT");
  if (!status.ok()) Rollback();
  return status;
}

void Connection::Rollback() {
  const bool begun = begin_.empty();
  begin_.clear();
  later_ = {};
  if (!begun || !Alive()) return;
  const Failure failure = failure_;
  const absl::Status undone = Execute("ROLLBACK");
  if (undone.ok()) failure_ = failure;
}

bool Connection::Alive() {
  if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
  pollfd socket = {PQsocket(connection_.get()), POLLIN, 0};
  // Nothing is owed to an idle connection: what can be read is a notice, or its end.
  if (poll(&socket, 1, 0) > 0 && PQconsumeInput(connection_.get()) == 0) return false;
  return PQstatus(connection_.get()) == CONNECTION_OK;
}

}  // namespace consilience::common::postgres
