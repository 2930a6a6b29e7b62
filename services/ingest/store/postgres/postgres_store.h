// The ingest store that replicas share: PostgreSQL, or an engine that speaks its protocol.
#ifndef CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_STORE_H_
#define CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_STORE_H_

#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/common/store/postgres/pool.h"
#include "services/common/sync/mutex.h"
#include "services/ingest/store/store.h"

namespace consilience::ingest {

inline constexpr absl::Duration kReplicaGoneAfter = absl::Seconds(15);

// Thread-safe. Each store object is a replica: it says every few seconds that it is alive, and what
// a replica that fell silent had claimed is given back to the list by whoever notices.
class PostgresStore final : public Store {
 public:
  // Makes the tables or brings them up to date. A replica that is silent for `gone_after` is taken
  // for gone; it is all replicas' same value.
  static absl::StatusOr<std::unique_ptr<PostgresStore>> Open(
      const common::postgres::Target& target, common::postgres::PoolOptions options = {},
      absl::Duration gone_after = kReplicaGoneAfter);
  // Gives back what it has claimed.
  ~PostgresStore() override;

  absl::Status Write(const Work& work) override;
  absl::Status Read(const Work& work) override;

 private:
  PostgresStore(const common::postgres::Target& target, common::postgres::PoolOptions options,
                absl::Duration gone_after);
  absl::Status SayAlive();
  absl::Status Leave();
  void SayAliveUntilStopped();

  common::postgres::Pool pool_;
  const std::string id_;
  const absl::Duration gone_after_;
  common::Mutex mutex_;
  common::CondVar stopped_;
  bool stop_ GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_STORE_POSTGRES_POSTGRES_STORE_H_
