#include "services/ingest/store/postgres/postgres_store.h"

#include <utility>

#include "services/common/log/log.h"
#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/ingest/store/postgres/postgres_records.h"
#include "services/ingest/store/postgres/schema.h"

namespace consilience::ingest {
namespace {

using common::postgres::Batch;
using common::postgres::Connection;

// So often a replica says that it is alive in the time after which it would be missed.
constexpr int kSaidAlive = 5;

#define NOW_US "(extract(epoch FROM now()) * 1000000)::bigint"

}  // namespace

PostgresStore::PostgresStore(const common::postgres::Target& target,
                             common::postgres::PoolOptions options, absl::Duration gone_after)
    : pool_(target, std::move(options)),
      id_(common::UuidV7Generator(common::RealClock()).Next()),
      gone_after_(gone_after) {}

absl::StatusOr<std::unique_ptr<PostgresStore>> PostgresStore::Open(
    const common::postgres::Target& target, common::postgres::PoolOptions options,
    absl::Duration gone_after) {
  options.session.schema = kPostgresSchema;
  std::unique_ptr<PostgresStore> store(new PostgresStore(target, std::move(options), gone_after));
  absl::Status status = Migrate(store->pool_, kPostgresSchema, PostgresMigrations());
  if (status.ok()) status = store->SayAlive();
  if (!status.ok()) return status;
  store->thread_ = std::thread([raw = store.get()] { raw->SayAliveUntilStopped(); });
  return store;
}

PostgresStore::~PostgresStore() {
  if (!thread_.joinable()) return;
  {
    const common::MutexLock lock(mutex_);
    stop_ = true;
    stopped_.NotifyAll();
  }
  thread_.join();
  if (const absl::Status status = Leave(); !status.ok()) {
    common::log::Warning("claimed work is given back only when this replica is missed",
                         {{"error", status}});
  }
}

void PostgresStore::SayAliveUntilStopped() {
  while (true) {
    {
      common::MutexLock lock(mutex_);
      const auto stopped = [this]() NO_THREAD_SAFETY_ANALYSIS { return stop_; };
      if (stopped_.WaitFor(lock, gone_after_ / kSaidAlive, stopped)) return;
    }
    if (const absl::Status status = SayAlive(); !status.ok()) {
      common::log::Warning("cannot say that this replica is alive", {{"error", status}});
    }
  }
}

absl::Status PostgresStore::SayAlive() {
  return pool_.Write([&](Connection& connection) {
    Batch batch;
    batch.Add("INSERT INTO replica(project, id, alive_us) VALUES ($1, $2, " NOW_US
              ") ON CONFLICT (project, id) DO UPDATE SET alive_us = excluded.alive_us",
              kPostgresProject, id_);
    batch.Add("DELETE FROM replica WHERE project = $1 AND alive_us < " NOW_US " - $2",
              kPostgresProject, absl::ToInt64Microseconds(gone_after_));
    batch.Add(
        "UPDATE work SET state = 0, due_us = accepted_us, owner = '' WHERE project = $1 "
        "AND state = 1 AND owner NOT IN (SELECT id FROM replica WHERE project = $1)",
        kPostgresProject);
    return connection.Run(batch);
  });
}

absl::Status PostgresStore::Leave() {
  return pool_.Write([&](Connection& connection) {
    Batch batch;
    batch.Add("DELETE FROM replica WHERE project = $1 AND id = $2", kPostgresProject, id_);
    batch.Add(
        "UPDATE work SET state = 0, due_us = accepted_us, owner = '' WHERE project = $1 "
        "AND state = 1 AND owner = $2",
        kPostgresProject, id_);
    return connection.Run(batch);
  });
}

absl::Status PostgresStore::Write(const Work& work) {
  return pool_.Write([&](Connection& connection) -> absl::Status {
    Transaction transaction(connection, true);
    PostgresRecords records(transaction, id_);
    if (absl::Status status = work(records); !status.ok()) return status;
    return records.Settle();
  });
}

absl::Status PostgresStore::Read(const Work& work) {
  return pool_.Read([&](Connection& connection) {
    Transaction transaction(connection, false);
    PostgresRecords records(transaction, id_);
    return work(records);
  });
}

}  // namespace consilience::ingest
