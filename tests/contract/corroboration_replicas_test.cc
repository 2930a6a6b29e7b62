// Several engines over one PostgreSQL are one engine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/corroboration/store/memory_store.h"
#include "services/corroboration/store/postgres_store.h"
#include "tests/contract/corroboration_store_fixture.h"
#include "tests/corroboration/support/random_world.h"
#include "tests/corroboration/support/world.h"
#include "tests/support/postgres.h"

namespace consilience::corroboration::testing {
namespace {

using consilience::testing::SharedPostgres;

// A replica: an engine of its own over its own connections to the shared database.
std::unique_ptr<World> Replica(const std::string& uri) {
  auto store = PostgresStore::Open(*common::postgres::ReadTarget(uri));
  EXPECT_TRUE(store.ok()) << store.status();
  return std::make_unique<World>(*std::move(store));
}

void Record(World& world, const DocumentRecord& record) {
  const auto result = world.engine().Record(record);
  ASSERT_TRUE(result.ok()) << result.status();
}

void Refresh(World& world) {
  const auto written = world.engine().Refresh();
  ASSERT_TRUE(written.ok()) << written.status();
}

std::string Alone(const std::vector<DocumentRecord>& records) {
  World world(std::make_unique<MemoryStore>());
  for (const DocumentRecord& record : records) Record(world, record);
  Refresh(world);
  return world.Snapshot();
}

std::vector<std::string> RevisionIds(World& world) {
  std::vector<std::string> ids;
  const auto revisions = world.store().RevisionsAfter("", 100'000);
  EXPECT_TRUE(revisions.ok()) << revisions.status();
  for (const Revision& revision : *revisions) ids.push_back(revision.id);
  return ids;
}

// Snapshots print every number exactly, so equal texts are equal to the last bit.
TEST(CorroborationStoresTest, ScoresAreTheSameToTheBitInEveryStore) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const auto records = RandomDocuments(seed).Take(25);
    const std::string alone = Alone(records);
    for (const StoreKind& kind : StoreKinds()) {
      const auto fixture = kind.make();
      World world(fixture->store());
      for (const DocumentRecord& record : records) Record(world, record);
      Refresh(world);
      EXPECT_EQ(world.Snapshot(), alone) << kind.name << ", seed " << seed;
    }
  }
}

TEST(CorroborationReplicasTest, ThreeWritingAtOnceAnswerAsOne) {
  const auto records = RandomDocuments(7).Take(90);
  const std::string uri = SharedPostgres().CreateDatabase();
  std::vector<std::unique_ptr<World>> replicas;
  for (int i = 0; i < 3; ++i) replicas.push_back(Replica(uri));
  std::vector<std::thread> writers;
  for (size_t i = 0; i < replicas.size(); ++i) {
    writers.emplace_back([&, i] {
      for (size_t r = i; r < records.size(); r += replicas.size()) Record(*replicas[i], records[r]);
      // What another recorded already changes nothing.
      for (size_t r = 0; r < records.size(); r += 10) Record(*replicas[i], records[r]);
    });
  }
  for (std::thread& writer : writers) writer.join();
  Refresh(*replicas[0]);
  const std::string alone = Alone(records);
  for (const auto& replica : replicas) EXPECT_EQ(replica->Snapshot(), alone);
}

// Whoever watches through one replica and goes on through another from the last revision that it
// was given sees each revision once, though the clocks of the writers disagree.
TEST(CorroborationReplicasTest, WatchersMissNothingOfWhatAnyReplicaWrites) {
  const auto records = RandomDocuments(11).Take(60);
  const std::string uri = SharedPostgres().CreateDatabase();
  const auto slow = Replica(uri);
  const auto fast = Replica(uri);
  fast->clock().Advance(absl::Seconds(30));
  std::atomic<bool> done = false;
  std::vector<std::string> seen;
  std::thread watcher([&] {
    std::string token;
    for (bool last = false; !last;) {
      last = done;
      const auto revisions =
          (seen.size() % 2 == 0 ? slow : fast)->store().RevisionsAfter(token, 1000);
      ASSERT_TRUE(revisions.ok()) << revisions.status();
      for (const Revision& revision : *revisions) {
        token = revision.id;
        seen.push_back(revision.id);
      }
    }
  });
  std::vector<std::thread> writers;
  for (size_t i = 0; i < 2; ++i) {
    writers.emplace_back([&, i] {
      World& world = i == 0 ? *slow : *fast;
      for (size_t r = i; r < records.size(); r += 2) Record(world, records[r]);
    });
  }
  for (std::thread& writer : writers) writer.join();
  done = true;
  watcher.join();
  EXPECT_GT(seen.size(), records.size() / 2);
  EXPECT_EQ(seen, RevisionIds(*slow));
}

TEST(CorroborationReplicasTest, ACorrectedSourceReachesTheOthers) {
  const std::string uri = SharedPostgres().CreateDatabase();
  const auto here = Replica(uri);
  const auto there = Replica(uri);
  Source source;
  source.id = "our-agency";
  source.display_name = "Our Agency";
  source.kind = SourceKind::kMonitor;
  ASSERT_TRUE(here->engine().PutSources({source}, "editor").ok());
  EXPECT_EQ(there->engine().directory()->Find("our-agency"), nullptr);
  ASSERT_TRUE(there->engine().SyncSources().ok());
  EXPECT_NE(there->engine().directory()->Find("our-agency"), nullptr);
  // A write does not wait to be told.
  source.id = "their-agency";
  source.display_name = "Their Agency";
  ASSERT_TRUE(there->engine().PutSources({source}, "editor").ok());
  Record(*here, RandomDocuments(3).Next());
  EXPECT_NE(here->engine().directory()->Find("their-agency"), nullptr);
}

TEST(CorroborationReplicasTest, ALeaseIsHeldByOneAndPassesOnWhenItEnds) {
  const std::string uri = SharedPostgres().CreateDatabase();
  const auto target = *common::postgres::ReadTarget(uri);
  const auto one = *PostgresStore::Open(target);
  const auto other = *PostgresStore::Open(target);
  EXPECT_TRUE(*one->HoldLease("refresh", absl::Hours(1)));
  EXPECT_FALSE(*other->HoldLease("refresh", absl::Hours(1)));
  EXPECT_TRUE(*other->HoldLease("something else", absl::Hours(1)));
  EXPECT_TRUE(*one->HoldLease("refresh", absl::ZeroDuration()));
  EXPECT_TRUE(*other->HoldLease("refresh", absl::Hours(1)));
  EXPECT_FALSE(*one->HoldLease("refresh", absl::Hours(1)));
}

// The work of a turn whose connection goes is undone and done again: nothing is lost or doubled.
TEST(CorroborationReplicasTest, ATurnThatIsCutOffBeginsAgain) {
  const std::string uri = SharedPostgres().CreateDatabase();
  const auto store = *PostgresStore::Open(*common::postgres::ReadTarget(uri));
  int runs = 0;
  const absl::Status status = store->Exclusively([&](const Shared& /*shared*/) {
    ChangeSet changes;
    changes.add_counts = {{"s1", "killed", 1, 0}};
    absl::Status applied = store->Apply(changes);
    EXPECT_TRUE(applied.ok()) << applied;
    if (++runs == 1) {
      SharedPostgres().Sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
          "application_name = 'consilience' AND state = 'idle in transaction'");
    }
    return store->CountsOf("s1", "killed").status();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(store->CountsOf("s1", "killed")->right, 1);
}

// A process that dies in its turn takes its connection with it, and with it the lock.
TEST(CorroborationReplicasTest, WhoDiesInItsTurnStopsNobody) {
  const std::string uri = SharedPostgres().CreateDatabase();
  const auto target = *common::postgres::ReadTarget(uri);
  const auto store = *PostgresStore::Open(target);
  {
    common::postgres::SessionOptions session;
    session.schema = "consilience_corroboration";
    const auto dying = *common::postgres::Connection::Open(target, session);
    dying->Begin();
    ASSERT_TRUE(dying->Query("SELECT 1 FROM turn FOR UPDATE").ok());
  }
  EXPECT_TRUE(store->Apply({}).ok());
}

}  // namespace
}  // namespace consilience::corroboration::testing
