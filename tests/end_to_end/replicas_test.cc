// Two of each service over one PostgreSQL, asked and killed from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "tests/end_to_end/seed_world.h"
#include "tests/support/postgres.h"

namespace consilience::testing {
namespace {

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
                {"--store=" + store, "--extraction-server=" + extraction_.address(),
                 "--corroboration-server=" + corroboration_.address()}) {}

  CommandResult Consil(std::vector<std::string> arguments) const {
    std::vector<std::string> command = {Binary("consil"), "--ingest-server=" + ingest_.address(),
                                        "--extraction-server=" + extraction_.address(),
                                        "--corroboration-server=" + corroboration_.address()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunCommand(command, "", {{"XDG_CONFIG_HOME", (dir_ / "config").string()}});
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
  const Replica replica(dir_ / "three", store);
  ASSERT_EQ(replica.IngestSeeds(false).exit_code, 0);
  own.Kill();
  EXPECT_THAT(replica.Consil({"claims", "list"}).err, HasSubstr("cannot be used"));
  own.Start();
  EXPECT_TRUE(WaitFor(wanted, replica) == wanted) << replica.Consil({"status"}).out;
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
