// Two of each service over one PostgreSQL, asked and killed from outside.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#include "tests/end_to_end/seed_world.h"
#include "tests/support/http.h"
#include "tests/support/postgres.h"

namespace consilience::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kPatience{60};

// One of each service; `store` is the shared database.
class Replica {
 public:
  Replica(const std::filesystem::path& dir, const std::string& store)
      : dir_(dir),
        extraction_("consilience-extraction", dir / "extraction", {}),
        corroboration_("consilience-corroboration", dir / "corroboration", {"--store=" + store}),
        ingest_("consilience-ingest", dir / "ingest",
                {"--store=" + store, "--replica-gone-after=1s",
                 "--extraction-server=" + extraction_.address(),
                 "--corroboration-server=" + corroboration_.address()}) {}

  CommandResult Consil(std::vector<std::string> arguments, const std::string& input = "") const {
    std::vector<std::string> command = {Binary("consil"), "--ingest-server=" + ingest_.address(),
                                        "--extraction-server=" + extraction_.address(),
                                        "--corroboration-server=" + corroboration_.address()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunCommand(command, input, {{"XDG_CONFIG_HOME", (dir_ / "config").string()}});
  }
  CommandResult IngestSeeds(bool wait) const {
    std::vector<std::string> command = {"ingest", SourceFile("seeds/articles"), "--manifest",
                                        SourceFile("seeds/manifest.jsonl")};
    if (wait) command.emplace_back("--wait");
    return Consil(command);
  }
  void Kill() {
    for (Service* service : {&ingest_, &corroboration_, &extraction_}) {
      service->process().Signal(SIGKILL);
      service->process().Wait(kPatience);
    }
  }
  Service& ingest() { return ingest_; }
  Service& corroboration() { return corroboration_; }
  // Of the services that stand on the store.
  std::vector<std::string> metrics_addresses() const {
    return {ingest_.metrics_address(), corroboration_.metrics_address()};
  }

 private:
  std::filesystem::path dir_;
  Service extraction_;
  Service corroboration_;
  Service ingest_;
};

// Names and scores of all claims, each number in full.
template <typename Asked>
std::set<std::string> Standing(const Asked& asked) {
  std::set<std::string> standing;
  for (const Json& claim : ParseLines(asked.Consil({"claims", "list", "-o", "jsonl"}).out)) {
    standing.insert(claim.at("name").template get<std::string>() + " " +
                    claim.at("corroboration").dump());
  }
  return standing;
}

template <typename Asked>
std::set<std::string> WaitFor(const std::set<std::string>& wanted, const Asked& asked) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  auto standing = Standing(asked);
  while (standing != wanted && std::chrono::steady_clock::now() < deadline) {
    poll(nullptr, 0, 200);
    standing = Standing(asked);
  }
  return standing;
}

std::set<std::string> Lines(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

// Asks until it answers so, or for some time.
HttpAnswer WaitForReadiness(const std::string& address, int status) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  HttpAnswer answer = HttpGet(address, "/readyz");
  while (answer.status != status && std::chrono::steady_clock::now() < deadline) {
    poll(nullptr, 0, 200);
    answer = HttpGet(address, "/readyz");
  }
  return answer;
}

class ReplicasTest : public ::testing::Test {
 protected:
  ReplicasTest()
      : store_(SharedPostgres().CreateDatabase()),
        one_(std::make_unique<Replica>(dir_ / "one", store_)),
        two_(std::make_unique<Replica>(dir_ / "two", store_)) {}

  TempDir dir_;
  std::string store_;
  std::unique_ptr<Replica> one_;
  std::unique_ptr<Replica> two_;
};

TEST_F(ReplicasTest, AnswerAsTheEmbeddedStoreDoes) {
  const SeedWorld embedded;
  const auto wanted = Standing(embedded.cluster());
  std::thread other([&] { EXPECT_EQ(one_->IngestSeeds(true).exit_code, 0); });
  const CommandResult ingested = two_->IngestSeeds(true);
  other.join();
  EXPECT_EQ(ingested.exit_code, 0) << ingested.err;
  EXPECT_TRUE(WaitFor(wanted, *one_) == wanted) << one_->Consil({"status"}).out;
  EXPECT_TRUE(WaitFor(wanted, *two_) == wanted) << two_->Consil({"status"}).out;
}

TEST_F(ReplicasTest, KillingOneLosesAndDoublesNothing) {
  const SeedWorld embedded;
  const auto wanted = Standing(embedded.cluster());
  const CommandResult accepted = one_->IngestSeeds(false);
  ASSERT_EQ(accepted.exit_code, 0) << accepted.err;
  one_->Kill();
  EXPECT_TRUE(WaitFor(wanted, *two_) == wanted) << two_->ingest().process().Log();
  const CommandResult again = two_->IngestSeeds(true);
  EXPECT_THAT(again.err, HasSubstr("5 duplicate"));
  const Json status = Json::parse(two_->Consil({"status", "-o", "json"}).out);
  EXPECT_EQ(status.value("documentCount", "0"), "5");
  EXPECT_EQ(status.value("failedCount", "0"), "0");
}

TEST_F(ReplicasTest, ADatabaseThatCrashesIsWaitedFor) {
  const SeedWorld embedded;
  const auto wanted = Standing(embedded.cluster());
  PostgresServer own;
  const std::string store = own.CreateDatabase();
  Replica replica(dir_ / "three", store);
  ASSERT_EQ(replica.IngestSeeds(false).exit_code, 0);
  own.Kill();
  EXPECT_THAT(replica.Consil({"claims", "list"}).err, HasSubstr("cannot be used"));
  for (const std::string& address : replica.metrics_addresses()) {
    const HttpAnswer away = WaitForReadiness(address, 503);
    EXPECT_EQ(away.status, 503);
    EXPECT_THAT(away.body, HasSubstr("cannot be used"));
    EXPECT_EQ(HttpGet(address, "/healthz").status, 200);
    EXPECT_THAT(HttpGet(address, "/metrics").body, ContainsRegex("consilience_store_up.* 0"));
  }
  own.Start();
  EXPECT_TRUE(WaitFor(wanted, replica) == wanted) << replica.Consil({"status"}).out;
  for (const std::string& address : replica.metrics_addresses()) {
    EXPECT_EQ(WaitForReadiness(address, 200).body, "ok\n");
  }
  EXPECT_THAT(replica.corroboration().process().Log(), HasSubstr("the store can be used again"));
}

// Connections are ended over and over while documents come in: each that was acknowledged is
// recorded, once.
TEST_F(ReplicasTest, ConnectionsThatBreakUnderLoadLoseNothing) {
  std::atomic<bool> done = false;
  std::thread breaker([&] {
    while (!done) {
      SharedPostgres().Sql(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
          "WHERE application_name = 'consilience'");
      poll(nullptr, 0, 150);
    }
  });
  std::set<std::string> acknowledged;
  for (int i = 0; i < 40; ++i) {
    const Replica& replica = i % 2 == 0 ? *one_ : *two_;
    const CommandResult result = replica.Consil(
        {"ingest", "-", "-o", "name"},
        fmt::format("Rebels killed {} soldiers near Aleppo on Monday, the Observatory said.",
                    i + 2));
    if (result.exit_code != 0) continue;
    acknowledged.merge(Lines(result.out));
  }
  done = true;
  breaker.join();
  EXPECT_GT(acknowledged.size(), 10U);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::set<std::string> recorded;
  while (
      !std::includes(recorded.begin(), recorded.end(), acknowledged.begin(), acknowledged.end()) &&
      std::chrono::steady_clock::now() < deadline) {
    poll(nullptr, 0, 200);
    recorded = Lines(one_->Consil({"documents", "list", "--state", "recorded", "-o", "name"}).out);
  }
  EXPECT_TRUE(
      std::includes(recorded.begin(), recorded.end(), acknowledged.begin(), acknowledged.end()))
      << one_->ingest().process().Log();
}

TEST(ReplicasStartTest, ANewerSchemaIsRefused) {
  const std::string store = SharedPostgres().CreateDatabase();
  const std::string path = store.substr(0, store.find('?'));
  const std::string database = path.substr(path.rfind('/') + 1);
  {
    const TempDir dir;
    const Replica makes_the_schema(dir.path(), store);
  }
  SharedPostgres().Sql("UPDATE consilience_corroboration.schema_version SET version = 99",
                       database);
  const CommandResult refused =
      RunCommand({Binary("consilience-corroboration"), "--store=" + store, "--listen=127.0.0.1:0"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("99"));
}

TEST(ReplicasStartTest, AWrongStoreIsRefusedAndItsPasswordNotShown) {
  const auto refused = [](const std::string& store) {
    const CommandResult result =
        RunCommand({Binary("consilience-corroboration"), "--store=" + store});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err + result.out, Not(HasSubstr("s3cret")));
    return result.err;
  };
  EXPECT_THAT(refused("postgres://ann:s3cret@[/db"), HasSubstr("postgres://USER@HOST"));
  EXPECT_THAT(refused("postgres://ann:s3cret@/db?host=/nonexistent"), HasSubstr("cannot be used"));
  const CommandResult printed = RunCommand(
      {Binary("consilience-ingest"), "--print-config", "--store=postgres://ann:s3cret@db/news"});
  EXPECT_THAT(printed.out, HasSubstr("store = (set, not shown)"));
  EXPECT_THAT(printed.out, Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace consilience::testing
