// A bounded number of connections to one database, and transactions over them.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_POOL_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_POOL_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/common/store/postgres/connection.h"
#include "services/common/sync/mutex.h"

namespace consilience::common::postgres {

struct PoolOptions {
  SessionOptions session;
  int connections = 8;                           // open at a time, at most
  absl::Duration wait = absl::Seconds(10);       // for a connection that others use
  int tries = 8;                                 // of a transaction that loses to others
  absl::Duration pause = absl::Milliseconds(5);  // before the second try; doubles with each
  std::string installation = "consilience";      // whose tables these are; empty: anybody's
};

// Thread-safe.
class Pool {
 public:
  using Work = std::function<absl::Status(Connection&)>;

  // A connection on loan. It goes back when the loan ends, unless it is broken.
  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Loan(Loan&&) = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (connection_ != nullptr) pool_->TakeBack(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(Target target, PoolOptions options)
      : target_(std::move(target)), options_(std::move(options)) {}

  // STORE_BUSY when every connection is in use for too long.
  absl::StatusOr<Loan> Borrow();

  // Runs `work` between BEGIN and COMMIT, at READ COMMITTED: it must lock what it decides by. Work
  // that loses against another transaction, or whose connection goes before it is committed, runs
  // again from its beginning; any other error undoes it.
  absl::Status Write(const Work& work);
  // The same for work that changes nothing, over one snapshot.
  absl::Status Read(const Work& work);
  // Work that is one statement which changes nothing, or may be repeated.
  absl::Status Once(const Work& work);

  const std::string& store() const { return target_.name; }
  const std::string& installation() const { return options_.installation; }

 private:
  enum class Outcome { kDone, kAgain, kFailed };

  absl::Status Repeat(const std::function<Outcome(Connection&, absl::Status&)>& attempt);
  absl::Status InTransaction(std::string_view begin, const Work& work);
  void TakeBack(std::unique_ptr<Connection> connection);

  const Target target_;
  const PoolOptions options_;
  Mutex mutex_;
  CondVar returned_;
  std::vector<std::unique_ptr<Connection>> idle_ GUARDED_BY(mutex_);
  int open_ GUARDED_BY(mutex_) = 0;  // idle or on loan
};

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_POOL_H_
