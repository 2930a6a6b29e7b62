#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include "services/common/errors/error.h"
#include "services/common/store/sqlite/database.h"

namespace consilience::common::sqlite {
namespace {

class SqliteTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "sqlite_test.db";
    Remove();
  }
  void TearDown() override { Remove(); }
  void Remove() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + suffix);
  }
  Database Open() const {
    auto database = Database::Open(path_, {.busy_timeout = absl::Milliseconds(1)});
    EXPECT_TRUE(database.ok()) << database.status();
    return *std::move(database);
  }

  std::string path_;
};

int64_t Count(Database& database) {
  auto query = database.Prepare("SELECT count(*) FROM t");
  EXPECT_TRUE(query->Step().value());
  return query->Int(0);
}

TEST_F(SqliteTest, IsDurableByDefault) {
  Database database = Open();
  auto journal = database.Prepare("PRAGMA journal_mode");
  ASSERT_TRUE(*journal->Step());
  EXPECT_EQ(journal->Text(0), "wal");
  auto synchronous = database.Prepare("PRAGMA synchronous");
  ASSERT_TRUE(*synchronous->Step());
  EXPECT_EQ(synchronous->Int(0), 2);
}

TEST_F(SqliteTest, ValuesRoundTrip) {
  Database database = Open();
  ASSERT_TRUE(database.Execute("CREATE TABLE t(a, b, c, d)").ok());
  auto insert = database.Prepare("INSERT INTO t VALUES (?, ?, ?, ?)");
  const std::string with_nul("a\0b", 3);
  ASSERT_TRUE(insert->Bind(7, with_nul, std::optional<std::string>(), "").Run().ok());
  auto query = database.Prepare("SELECT * FROM t WHERE a = ?");
  ASSERT_TRUE(*query->Bind(7).Step());
  EXPECT_EQ(query->Int(0), 7);
  EXPECT_EQ(query->Text(1), with_nul);
  EXPECT_TRUE(query->IsNull(2));
  EXPECT_FALSE(query->IsNull(3));
  EXPECT_FALSE(*query->Step());
}

TEST_F(SqliteTest, AnErrorInATransactionUndoesAllOfIt) {
  Database database = Open();
  ASSERT_TRUE(database.Execute("CREATE TABLE t(a)").ok());
  const auto status = database.Transaction([&] {
    EXPECT_TRUE(database.Execute("INSERT INTO t VALUES (1)").ok());
    return absl::AbortedError("changed my mind");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Count(database), 0);
}

TEST_F(SqliteTest, WorkThatThrowsUndoesItAllAndTheNextGoesOn) {
  Database database = Open();
  ASSERT_TRUE(database.Execute("CREATE TABLE t(a)").ok());
  const auto insert = [&] { return database.Execute("INSERT INTO t VALUES (1)"); };
  EXPECT_THROW(database
                   .Transaction([&]() -> absl::Status {
                     EXPECT_TRUE(insert().ok());
                     throw std::bad_alloc();
                   })
                   .IgnoreError(),
               std::bad_alloc);
  EXPECT_EQ(Count(database), 0);
  EXPECT_TRUE(database.Transaction(insert).ok());
  EXPECT_EQ(Count(database), 1);
}

TEST_F(SqliteTest, ASecondWriterIsToldToComeBack) {
  Database first = Open();
  ASSERT_TRUE(first.Execute("CREATE TABLE t(a); BEGIN IMMEDIATE").ok());
  Database second = Open();
  const auto status = second.Transaction([] { return absl::OkStatus(); });
  EXPECT_EQ(ErrorReason(status), "STORE_BUSY");
  EXPECT_TRUE(RetryAfter(status).has_value());
}

TEST_F(SqliteTest, WhatIsNotADatabaseIsSaidToBeDamaged) {
  FILE* file = fopen(path_.c_str(), "w");
  fputs("this is certainly no database file, however long it goes on about being one", file);
  fclose(file);
  EXPECT_EQ(ErrorReason(Database::Open(path_, {}).status()), "STORE_CORRUPT");
  EXPECT_EQ(ErrorReason(Database::Open("/nonexistent/dir/x.db", {}).status()), "STORE_UNAVAILABLE");
}

TEST_F(SqliteTest, MigrationsRunOnceAndOnlyForward) {
  const std::vector<Migration> first = {{1, "CREATE TABLE t(a); INSERT INTO t VALUES (1)"}};
  std::vector<Migration> second = first;
  second.push_back({2, "INSERT INTO t VALUES (2)"});
  {
    Database database = Open();
    ASSERT_TRUE(Migrate(database, first).ok());
    ASSERT_TRUE(Migrate(database, second).ok());
    ASSERT_TRUE(Migrate(database, second).ok());
    EXPECT_EQ(Count(database), 2);
  }
  Database database = Open();
  EXPECT_EQ(ErrorReason(Migrate(database, first)), "STORE_TOO_NEW");
}

TEST_F(SqliteTest, AFailedMigrationLeavesNothingBehind) {
  Database database = Open();
  EXPECT_FALSE(Migrate(database, {{1, "CREATE TABLE t(a); CREATE TABLE t(a)"}}).ok());
  EXPECT_TRUE(Migrate(database, {{1, "CREATE TABLE t(a)"}}).ok());
}

}  // namespace
}  // namespace consilience::common::sqlite
