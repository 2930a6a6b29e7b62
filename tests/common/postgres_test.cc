// The PostgreSQL client against a real server.
#include "services/common/store/postgres/migrate.h"
#include "services/common/store/postgres/pool.h"
#include "services/common/store/postgres/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "services/common/errors/error.h"
#include "tests/support/postgres.h"

namespace consilience::common::postgres {
namespace {

using consilience::testing::PostgresServer;
using consilience::testing::SharedPostgres;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSchema[] = "consilience_test";

PoolOptions Options() {
  PoolOptions options;
  options.session.schema = kSchema;
  options.connections = 4;
  return options;
}

std::vector<Migration> Steps() {
  return {{1, "CREATE TABLE item(key TEXT PRIMARY KEY, number BIGINT NOT NULL, bytes BYTEA)"},
          {2, "CREATE TABLE other(key TEXT); INSERT INTO other VALUES ('once')"}};
}

class PostgresTest : public ::testing::Test {
 protected:
  PostgresTest() : uri_(SharedPostgres().CreateDatabase()), pool_(*ReadTarget(uri_), Options()) {}
  void SetUp() override { Ok(Migrate(pool_, kSchema, Steps())); }

  static void Ok(const absl::Status& status) { ASSERT_TRUE(status.ok()) << status; }
  std::string database() const {
    const size_t begin = uri_.find("@/") + 2;
    return uri_.substr(begin, uri_.find('?') - begin);
  }
  void Put(const std::string& key, int64_t number) {
    Ok(pool_.Write([&](Connection& connection) {
      return connection.Run("INSERT INTO item(key, number) VALUES ($1, $2)", key, number);
    }));
  }
  int64_t Count() {
    int64_t count = -1;
    Ok(pool_.Once([&](Connection& connection) {
      const auto rows = connection.Query("SELECT count(*) FROM item");
      if (rows.ok()) count = rows->Int(0, 0);
      return rows.status();
    }));
    return count;
  }

  std::string uri_;
  Pool pool_;
};

TEST_F(PostgresTest, ValuesComeBackAsTheyWentIn) {
  const std::string bytes("\0\xff\\'\n", 5);
  Ok(pool_.Write([&](Connection& connection) {
    return connection.Run("INSERT INTO item(key, number, bytes) VALUES ($1, $2, $3)", "ключ",
                          std::numeric_limits<int64_t>::min(), bytes);
  }));
  Ok(pool_.Once([&](Connection& connection) {
    const auto rows =
        connection.Query("SELECT key, number, bytes, number < 0, -5::int4, NULL::text FROM item");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->Text(0, 0), "ключ");
    EXPECT_EQ(rows->Int(0, 1), std::numeric_limits<int64_t>::min());
    EXPECT_EQ(rows->Text(0, 2), bytes);
    EXPECT_EQ(rows->Int(0, 3), 1);
    EXPECT_EQ(rows->Int(0, 4), -5);
    EXPECT_TRUE(rows->IsNull(0, 5));
    return absl::OkStatus();
  }));
}

TEST_F(PostgresTest, ArraysAreParameters) {
  const std::vector<std::string> texts = {"a", "", "ö"};
  const std::vector<int64_t> numbers = {1, -2, std::numeric_limits<int64_t>::max()};
  const Blobs blobs = {std::string("\0x", 2), "", "y"};
  Ok(pool_.Once([&](Connection& connection) {
    const auto rows = connection.Query("SELECT t, n, b FROM unnest($1, $2, $3) AS x(t, n, b)",
                                       texts, numbers, BlobArray{blobs});
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->size(), 3);
    for (int i = 0; i < rows->size(); ++i) {
      EXPECT_EQ(rows->Text(i, 0), texts[static_cast<size_t>(i)]);
      EXPECT_EQ(rows->Int(i, 1), numbers[static_cast<size_t>(i)]);
      EXPECT_EQ(rows->Text(i, 2), blobs[static_cast<size_t>(i)]);
    }
    const auto none = connection.Query("SELECT * FROM unnest($1)", std::vector<std::string>());
    EXPECT_TRUE(none.ok() && none->empty()) << none.status();
    return absl::OkStatus();
  }));
}

// More statements than answers fit into a socket's buffer.
TEST_F(PostgresTest, ALargeBatchIsOneTransaction) {
  constexpr int kRows = 5000;
  Batch batch;
  for (int i = 0; i < kRows; ++i) {
    batch.Add("INSERT INTO item(key, number) VALUES ($1, $2)", std::to_string(i), i);
  }
  Ok(pool_.Write([&](Connection& connection) { return connection.Run(batch); }));
  EXPECT_EQ(Count(), kRows);
  // The last statement fails: nothing of it stays, and the connection goes on being of use.
  batch = Batch();
  for (int i = 0; i < 1000; ++i) {
    batch.Add("INSERT INTO item(key, number) VALUES ($1, $2)", "x" + std::to_string(i), i);
  }
  batch.Add("INSERT INTO item(key, number) VALUES ($1, $2)", "7", 7);
  EXPECT_FALSE(pool_.Write([&](Connection& connection) { return connection.Run(batch); }).ok());
  EXPECT_EQ(Count(), kRows);
}

TEST_F(PostgresTest, StatementsThatAreSentTogetherEachHaveTheirRows) {
  Put("a", 1);
  Put("b", 2);
  Ok(pool_.Once([&](Connection& connection) -> absl::Status {
    Batch batch;
    batch.Add("SELECT number FROM item WHERE key = $1", "b");
    batch.Add("SELECT key FROM item WHERE number > $1", 5);
    batch.Add("SELECT key FROM item ORDER BY key");
    const auto rows = connection.QueryEach(batch);
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->size(), 3U);
    EXPECT_EQ((*rows)[0].Int(0, 0), 2);
    EXPECT_TRUE((*rows)[1].empty());
    EXPECT_EQ((*rows)[2].String(1, 0), "b");
    return absl::OkStatus();
  }));
}

Batch Insert(const std::vector<std::string>& keys) {
  Batch batch;
  for (const std::string& key : keys) {
    batch.Add("INSERT INTO item(key, number) VALUES ($1, 1)", key);
  }
  return batch;
}

TEST_F(PostgresTest, WhatIsRunLaterIsSeenByWhatComesNextAndCommitted) {
  std::vector<std::string> many;
  for (int i = 0; i < 300; ++i) many.push_back("n" + std::to_string(i));
  Ok(pool_.Write([&](Connection& connection) -> absl::Status {
    if (absl::Status status = connection.RunLater(Insert({"a"})); !status.ok()) return status;
    const auto rows = connection.Query("SELECT count(*) FROM item");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->Int(0, 0), 1);
    if (absl::Status status = connection.RunLater(Insert(many)); !status.ok()) return status;
    return connection.RunLater(Insert({"b"}));
  }));
  EXPECT_EQ(Count(), 302);
}

TEST_F(PostgresTest, WhatIsRunLaterAndFailsUndoesItsTransaction) {
  Put("taken", 1);
  const auto write = [&](const std::vector<std::string>& keys) {
    return pool_.Write([&](Connection& connection) { return connection.RunLater(Insert(keys)); });
  };
  EXPECT_FALSE(write({"new", "taken"}).ok());
  EXPECT_EQ(Count(), 1);
  // The connection is as good as new, and what was undone is not sent again.
  Ok(write({"new"}));
  const absl::Status refused = absl::AbortedError("changed its mind");
  const absl::Status undone = pool_.Write([&](Connection& connection) -> absl::Status {
    const absl::Status later = connection.RunLater(Insert({"other"}));
    return later.ok() ? refused : later;
  });
  EXPECT_EQ(undone, refused);
  EXPECT_EQ(Count(), 2);
}

TEST_F(PostgresTest, CopyTakesRowsInBulkAndAllOrNone) {
  std::vector<Parameters> rows;
  for (int i = 0; i < 20'000; ++i)
    rows.emplace_back("k" + std::to_string(i), i, std::string(9, 'b'));
  Ok(pool_.Write([&](Connection& c) { return c.Copy("item(key, number, bytes)", rows); }));
  EXPECT_EQ(Count(), 20'000);
  rows.resize(2);
  rows.emplace_back("k7", 7, "");
  EXPECT_FALSE(
      pool_.Write([&](Connection& c) { return c.Copy("item(key, number, bytes)", rows); }).ok());
  EXPECT_EQ(Count(), 20'000);
}

TEST_F(PostgresTest, WhoLosesAgainstAnotherTransactionTriesAgain) {
  Put("counter", 0);
  constexpr int kEach = 40;
  const auto add = [&] {
    for (int i = 0; i < kEach; ++i) {
      Ok(pool_.Write([&](Connection& connection) -> absl::Status {
        if (auto status = connection.Execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
            !status.ok()) {
          return status;
        }
        const auto rows = connection.Query("SELECT number FROM item WHERE key = 'counter'");
        if (!rows.ok()) return rows.status();
        return connection.Run("UPDATE item SET number = $1 WHERE key = 'counter'",
                              rows->Int(0, 0) + 1);
      }));
    }
  };
  std::thread other(add);
  add();
  other.join();
  EXPECT_EQ(SharedPostgres().Sql("SELECT number FROM consilience_test.item", database()), "80");
}

TEST_F(PostgresTest, AConnectionThatTheServerEndedIsReplacedAndTheWorkRepeated) {
  Put("a", 1);
  const auto end_all = [&] {
    SharedPostgres().Sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database() +
        "' AND pid <> pg_backend_pid()");
  };
  end_all();
  EXPECT_EQ(Count(), 1);
  int runs = 0;
  Ok(pool_.Write([&](Connection& connection) {
    auto status = connection.Run("INSERT INTO item(key, number) VALUES ('b', 2)");
    if (++runs == 1) end_all();
    status.Update(connection.Run("UPDATE item SET number = 3 WHERE key = 'b'"));
    return status;
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(Count(), 2);
}

TEST_F(PostgresTest, ThePoolIsBounded) {
  PoolOptions options = Options();
  options.connections = 1;
  options.wait = absl::Milliseconds(50);
  Pool pool(*ReadTarget(uri_), options);
  {
    const auto first = pool.Borrow();
    ASSERT_TRUE(first.ok()) << first.status();
    EXPECT_EQ(ErrorReason(pool.Borrow().status()), "STORE_BUSY");
  }
  EXPECT_TRUE(pool.Borrow().ok());
}

TEST_F(PostgresTest, ReplicasThatStartAtOnceMigrateOnce) {
  const std::string uri = SharedPostgres().CreateDatabase();
  std::vector<std::thread> replicas;
  for (int i = 0; i < 6; ++i) {
    replicas.emplace_back([&] {
      Pool pool(*ReadTarget(uri), Options());
      Ok(Migrate(pool, kSchema, Steps()));
      Ok(pool.Once([](Connection& connection) {
        const auto rows = connection.Query("SELECT key FROM other");
        EXPECT_TRUE(rows.ok() && rows->size() == 1) << rows.status();
        return rows.status();
      }));
    });
  }
  for (std::thread& replica : replicas) replica.join();
}

TEST_F(PostgresTest, AFailedMigrationLeavesTheVersionBeforeIt) {
  auto steps = Steps();
  steps.push_back({3, "CREATE TABLE third(a INT); SELECT nonsense"});
  EXPECT_FALSE(Migrate(pool_, kSchema, steps).ok());
  steps.back().sql = "CREATE TABLE third(a INT)";
  Ok(Migrate(pool_, kSchema, steps));
}

TEST_F(PostgresTest, ASchemaOfALaterReleaseIsRefused) {
  const auto status = Migrate(pool_, kSchema, {Steps().front()});
  EXPECT_EQ(ErrorReason(status), "STORE_TOO_NEW");
  EXPECT_THAT(status.ToString(), HasSubstr("schema version 2"));
}

TEST_F(PostgresTest, SomebodyElsesSchemaIsRefused) {
  const std::string uri = SharedPostgres().CreateDatabase();
  Pool pool(*ReadTarget(uri), Options());
  Ok(pool.Once([](Connection& connection) {
    return connection.Execute("CREATE SCHEMA consilience_test; CREATE TABLE invoice(id INT)");
  }));
  EXPECT_EQ(ErrorReason(Migrate(pool, kSchema, Steps())), "STORE_FOREIGN");
}

TEST_F(PostgresTest, AnotherInstallationsSchemaIsRefused) {
  PoolOptions options = Options();
  options.installation = "archive";
  Pool pool(*ReadTarget(uri_), options);
  const absl::Status refused = Migrate(pool, kSchema, Steps());
  EXPECT_EQ(ErrorReason(refused), "STORE_FOREIGN");
  EXPECT_THAT(refused.ToString(), HasSubstr("is of the installation \"consilience\""));
  EXPECT_THAT(refused.ToString(), HasSubstr("--store-installation"));
  EXPECT_EQ(Migrate(pool_, kSchema, Steps()), absl::OkStatus()) << "its own goes on";
}

TEST(PostgresFailureTest, SaysWhatToDo) {
  const auto problem = [](const std::string& uri) {
    Pool pool(*ReadTarget(uri), Options());
    return pool.Borrow().status();
  };
  PostgresServer& server = SharedPostgres();
  EXPECT_THAT(problem(server.Uri("nowhere")).ToString(), HasSubstr("createdb"));
  const auto away = problem("postgres://me:hush@/db?host=/nonexistent");
  EXPECT_EQ(ErrorReason(away), "STORE_UNAVAILABLE");
  EXPECT_THAT(away.ToString(), HasSubstr("postgres://me@"));
  EXPECT_THAT(away.ToString(), Not(HasSubstr("hush")));
}

TEST(PostgresFailureTest, AnUnprivilegedUserIsToldWhatItLacks) {
  PostgresServer& server = SharedPostgres();
  std::string uri = server.CreateDatabase();
  server.Sql("CREATE ROLE guest LOGIN");
  uri.replace(uri.find("consilience@"), sizeof("consilience@") - 1, "guest@");
  Pool pool(*ReadTarget(uri), Options());
  const auto status = Migrate(pool, kSchema, Steps());
  EXPECT_THAT(status.ToString(), HasSubstr("GRANT CREATE"));
}

TEST(PostgresFailureTest, ServerCodesBecomeTheCatalogues) {
  EXPECT_EQ(ErrorReason(StatusOf("53100", "no space", "s")), "STORE_FULL");
  EXPECT_EQ(ErrorReason(StatusOf("XX001", "bad page", "s")), "STORE_CORRUPT");
  EXPECT_EQ(ErrorReason(StatusOf("40001", "could not serialize", "s")), "STORE_BUSY");
  EXPECT_EQ(ErrorReason(StatusOf("57P01", "terminating", "s")), "STORE_UNAVAILABLE");
  EXPECT_EQ(ErrorReason(StatusOf("22021", "invalid byte", "s")), "TEXT_UNSTORABLE");
  EXPECT_THAT(StatusOf("53300", "too many", "s").ToString(), HasSubstr("max_connections"));
}

TEST(PostgresTargetTest, IsReadFromAUriOrAFileAndShowsNoSecret) {
  const auto plain = ReadTarget("postgresql://ann:s3cret@db:5433/news?sslmode=require");
  ASSERT_TRUE(plain.ok()) << plain.status();
  EXPECT_EQ(plain->name, "postgres://ann@db:5433/news");
  consilience::testing::TempDir dir;
  consilience::testing::WriteFile(dir / "uri", "postgres://ann:s3cret@db/news\r\n");
  const auto file = ReadTarget("file:" + (dir / "uri").string());
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->uri, "postgres://ann:s3cret@db/news");
  EXPECT_EQ(file->name, "postgres://ann@db/news");
  for (const char* wrong : {"mysql://ann:s3cret@db", "postgres://ann:s3cret@[db/news",
                            "postgres://ann:s3cret@db/news?nonsense=1"}) {
    const auto refused = ReadTarget(wrong);
    EXPECT_EQ(ErrorReason(refused.status()), "SETTING_INVALID") << wrong;
    EXPECT_THAT(refused.status().ToString(), Not(HasSubstr("s3cret")));
  }
  EXPECT_EQ(ErrorReason(ReadTarget("file:/nonexistent").status()), "FILE_UNREADABLE");
}

}  // namespace
}  // namespace consilience::common::postgres
