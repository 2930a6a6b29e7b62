// A whole installation moved from embedded stores to PostgreSQL and back, as an operator does it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/end_to_end/seed_world.h"
#include "tests/support/postgres.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

// What an installation answers, byte by byte but for the order of parameters in an explanation.
std::vector<std::string> Answers(const Cluster& cluster) {
  std::vector<std::string> answers;
  const CommandResult claims = cluster.Consil({"claims", "list", "--view", "full", "-o", "jsonl"});
  EXPECT_EQ(claims.exit_code, 0) << claims.err;
  const std::string claim = cluster.Consil({"claims", "list", "--limit", "1", "-o", "name"}).out;
  const std::string name = claim.substr(0, claim.find('\n'));
  answers.push_back(claims.out);
  for (const std::vector<std::string>& question :
       std::vector<std::vector<std::string>>{{"documents", "list", "-o", "jsonl"},
                                             {"questions", "list", "-o", "jsonl"},
                                             {"sources", "list", "-o", "jsonl"},
                                             {"claims", "history", name, "-o", "jsonl"},
                                             {"claims", "explain", name, "-o", "json"},
                                             {"status", "-o", "json"}}) {
    const CommandResult answer = cluster.Consil(question);
    EXPECT_EQ(answer.exit_code, 0) << question[1] << ": " << answer.err;
    const bool one = question.back() == "json";
    answers.push_back(one ? Json::parse(answer.out).dump() : answer.out);
  }
  return answers;
}

class InstallationTransferTest : public ::testing::Test {
 protected:
  // The stores of an installation in this folder.
  std::vector<std::string> Embedded(const std::string& name) const {
    return {"--store=" + (dir_ / name).string()};
  }
  CommandResult Admin(const std::string& verb, const std::string& file,
                      const std::vector<std::string>& where, const std::string& input = "") const {
    std::vector<std::string> command = {Binary("consil"), "admin", verb, file};
    command.insert(command.end(), where.begin(), where.end());
    return RunCommand(command, input, {{"XDG_CONFIG_HOME", (dir_ / "config").string()}});
  }
  std::string File(const std::string& name) const { return (dir_ / name).string(); }

  TempDir dir_;
};

TEST_F(InstallationTransferTest, AnswersTheSameAfterEveryMove) {
  std::vector<std::string> wanted;
  {
    Cluster cluster(ClusterStores{.folder = dir_ / "old"});
    const CommandResult ingested =
        cluster.Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                        SourceFile("seeds/manifest.jsonl"), "--wait"});
    ASSERT_EQ(ingested.exit_code, 0) << ingested.err;
    EXPECT_THAT(Admin("export", File("early"), Embedded("old")).err, HasSubstr("stop that first"));
    cluster.Stop();
  }
  {
    // What a refresh in the background was about to do is done.
    Cluster cluster(ClusterStores{.folder = dir_ / "old"});
    wanted = Answers(cluster);
    cluster.Stop();
  }
  const CommandResult exported = Admin("export", File("moved"), Embedded("old"));
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  EXPECT_THAT(exported.out, MatchesRegex("sha256:[0-9a-f]{64}\n"));
  EXPECT_THAT(exported.err, HasSubstr("5 documents"));
  EXPECT_EQ(Admin("verify", File("moved"), {}).out, exported.out);

  const std::string database = SharedPostgres().CreateDatabase();
  WriteFile(dir_ / "uri", database + "\n");
  const std::vector<std::string> shared = {"--store=file:" + File("uri")};
  const CommandResult imported = Admin("import", File("moved"), shared);
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_EQ(imported.out, exported.out);
  EXPECT_THAT(Admin("import", File("moved"), shared).err, HasSubstr("import into a new one"));
  {
    Cluster cluster(ClusterStores{.database = database});
    EXPECT_EQ(Answers(cluster), wanted);
    const CommandResult again =
        cluster.Consil({"ingest", SourceFile("seeds/articles"), "--manifest",
                        SourceFile("seeds/manifest.jsonl"), "--wait"});
    EXPECT_THAT(again.err, HasSubstr("5 duplicate"));
    EXPECT_THAT(Admin("export", "-", shared).err, HasSubstr("stop ingest and corroboration first"));
    cluster.Stop();
  }
  const CommandResult piped = Admin("export", "-", shared);
  ASSERT_EQ(piped.exit_code, 0) << piped.err;
  const CommandResult back = Admin("import", "-",
                                   {"--ingest-store=" + File("new/ingest"),
                                    "--corroboration-store=" + File("new/corroboration")},
                                   piped.out);
  ASSERT_EQ(back.exit_code, 0) << back.err;
  Cluster cluster(ClusterStores{.folder = dir_ / "new"});
  EXPECT_EQ(Answers(cluster), wanted);
}

TEST_F(InstallationTransferTest, WhatCannotBeDoneIsSaid) {
  EXPECT_THAT(Admin("export", File("x"), {}).err, HasSubstr("--store"));
  EXPECT_THAT(Admin("export", File("x"), Embedded("nowhere")).err, HasSubstr("no such file"));
  EXPECT_FALSE(std::filesystem::exists(dir_ / "nowhere"));
  EXPECT_FALSE(std::filesystem::exists(File("x")));
  EXPECT_THAT(Admin("import", File("missing"), Embedded("fresh")).err, HasSubstr("missing"));
  EXPECT_THAT(Admin("import", "-", Embedded("fresh"), "no export\n").err,
              HasSubstr("it is no export of an installation"));
  const CommandResult secret =
      Admin("export", File("x"), {"--store=postgres://ann:s3cret@/db?host=/nonexistent"});
  EXPECT_EQ(secret.exit_code, 1);
  EXPECT_THAT(secret.err, ::testing::Not(HasSubstr("s3cret")));
}

// One process at a time: a second one would not know what the first remembers.
TEST_F(InstallationTransferTest, ASecondServiceOnAnEmbeddedStoreIsRefused) {
  Cluster cluster(ClusterStores{.folder = dir_ / "old"});
  for (const std::string service : {"ingest", "corroboration"}) {
    const CommandResult second =
        RunCommand({Binary("consilience-" + service), "--listen=127.0.0.1:0",
                    "--metrics-listen=127.0.0.1:0", "--data-dir=" + File("old/" + service)});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_THAT(second.err, HasSubstr("choose another folder with --data-dir"));
  }
}

}  // namespace
}  // namespace consilience::testing
