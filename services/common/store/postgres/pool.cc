#include "services/common/store/postgres/pool.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "services/common/errors/catalogue.h"

namespace consilience::common::postgres {
namespace {

constexpr absl::Duration kLongestPause = absl::Milliseconds(500);
constexpr absl::Duration kBusyRetry = absl::Milliseconds(200);

bool WorthRepeating(const Connection& connection) {
  return connection.failure() == Failure::kConflict || connection.failure() == Failure::kLost;
}

}  // namespace

absl::StatusOr<Pool::Loan> Pool::Borrow() {
  {
    MutexLock lock(mutex_);
    const auto free = [this]() NO_THREAD_SAFETY_ANALYSIS {
      return !idle_.empty() || open_ < options_.connections;
    };
    if (!returned_.WaitFor(lock, options_.wait, free)) {
      return StoreBusy(target_.name, kBusyRetry);
    }
    while (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->Alive()) return Loan(*this, std::move(connection));
      --open_;
    }
    ++open_;
  }
  auto connection = Connection::Open(target_, options_.session);
  if (connection.ok()) return Loan(*this, *std::move(connection));
  const MutexLock lock(mutex_);
  --open_;
  returned_.NotifyOne();
  return connection.status();
}

void Pool::TakeBack(std::unique_ptr<Connection> connection) {
  const bool good = connection->failure() != Failure::kLost && connection->Alive();
  const MutexLock lock(mutex_);
  if (good) {
    idle_.push_back(std::move(connection));
  } else {
    --open_;
  }
  returned_.NotifyOne();
}

absl::Status Pool::Repeat(const std::function<Outcome(Connection&, absl::Status&)>& attempt) {
  absl::Status status;
  absl::Duration pause = options_.pause;
  for (int i = 0; i < options_.tries; ++i) {
    if (i > 0) {
      std::this_thread::sleep_for(absl::ToChronoMicroseconds(pause));
      pause = std::min(2 * pause, kLongestPause);
    }
    const auto loan = Borrow();
    // The server may be restarting after it ended the connection of the last try.
    if (!loan.ok() && i > 0) continue;
    if (!loan.ok()) return loan.status();
    if (attempt(**loan, status) != Outcome::kAgain) break;
  }
  return status;
}

absl::Status Pool::Once(const Work& work) {
  return Repeat([&](Connection& connection, absl::Status& status) {
    status = work(connection);
    if (status.ok()) return Outcome::kDone;
    return WorthRepeating(connection) ? Outcome::kAgain : Outcome::kFailed;
  });
}

absl::Status Pool::InTransaction(std::string_view begin, const Work& work) {
  return Repeat([&](Connection& connection, absl::Status& status) {
    connection.Begin(begin);
    // An exception must not hand the next borrower a transaction that is open.
    absl::Cleanup undo = [&connection] { connection.Rollback(); };
    status = work(connection);
    std::move(undo).Cancel();
    if (status.ok()) {
      status = connection.Commit();
      if (status.ok()) return Outcome::kDone;
      // Whether it was committed is not known when the connection goes now: it is not run twice.
      return connection.failure() == Failure::kConflict ? Outcome::kAgain : Outcome::kFailed;
    }
    const bool again = WorthRepeating(connection);
    connection.Rollback();
    return again ? Outcome::kAgain : Outcome::kFailed;
  });
}

absl::Status Pool::Write(const Work& work) { return InTransaction("BEGIN", work); }

absl::Status Pool::Read(const Work& work) {
  return InTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
}

}  // namespace consilience::common::postgres
