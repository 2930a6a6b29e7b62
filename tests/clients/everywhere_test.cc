// What leaves the program, in the hands of others: a page in a browser, exports in the readers of
// their formats, completion in real shells, and clients in three languages on live services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/clients/fake_services.h"
#include "tests/end_to_end/seed_world.h"
#include "tests/support/process.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string BuildFolder() {
  return std::filesystem::path(Binary("consil")).parent_path().parent_path().string();
}

// Runs a program from build/clients, where the Node modules are.
CommandResult FromClients(std::vector<std::string> command,
                          const std::map<std::string, std::string>& environment = {}) {
  command.insert(command.begin(), {"/usr/bin/env", "-C", BuildFolder() + "/clients"});
  return RunCommand(command, "", environment);
}

class EverywhereTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { world_ = std::make_unique<SeedWorld>(); }
  static void TearDownTestSuite() { world_.reset(); }

  static CommandResult Consil(std::vector<std::string> arguments) {
    return world_->cluster().Consil(std::move(arguments));
  }
  static std::string Ingest() { return world_->cluster().ingest().address(); }
  static std::string Corroboration() { return world_->cluster().corroboration().address(); }

  // What dossier_page.mjs says of a page.
  static Json Opened(const std::string& file) {
    const CommandResult result =
        FromClients({"node", SourceFile("tests/clients/dossier_page.mjs"), file});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.exit_code == 0 ? Json::parse(result.out) : Json::object();
  }

  TempDir dir_;
  static std::unique_ptr<SeedWorld> world_;
};

std::unique_ptr<SeedWorld> EverywhereTest::world_;

void ExpectGoodPage(const Json& page) {
  EXPECT_THAT(page.at("errors"), IsEmpty()) << page.dump(1);
  EXPECT_THAT(page.at("requests"), IsEmpty()) << page.dump(1);
  EXPECT_THAT(page.at("schemes").at("light"), IsEmpty()) << page.dump(1);
  EXPECT_THAT(page.at("schemes").at("dark"), IsEmpty()) << page.dump(1);
  EXPECT_LE(page.at("narrow").get<int>(), 360);
  EXPECT_GT(page.at("print").get<int>(), 1000);
}

TEST_F(EverywhereTest, DossiersOpenCleanlyInABrowser) {
  const std::string file = (dir_ / "disputed.html").string();
  ASSERT_EQ(Consil({"dossier", "--filter", "state = DISPUTED", "--out", file}).exit_code, 0);
  ExpectGoodPage(Opened(file));
}

TEST_F(EverywhereTest, ADossierOfTwoHundredAssertionsIsSmallAndQuick) {
  const FakeServices many(30);  // 7 answers with 30 assertions each
  const std::string file = (dir_ / "many.html").string();
  const CommandResult result = RunCommand({Binary("consil"), "dossier", "c0", "--out", file}, "",
                                          {{"CONSIL_SERVER", many.address()}});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_LT(std::filesystem::file_size(file), 500'000U);
  const Json page = Opened(file);
  ExpectGoodPage(page);
  EXPECT_LT(page.at("milliseconds").get<double>(), 1000);
}

TEST_F(EverywhereTest, ClaimReviewsSpeakSchemaOrg) {
  const std::string file = (dir_ / "reviews.json").string();
  ASSERT_EQ(Consil({"export", "claimreview", "--out", file}).exit_code, 0);
  const CommandResult result =
      FromClients({"node", SourceFile("tests/clients/schema_org.mjs"), file});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST_F(EverywhereTest, StixObjectsAreWholeAndReferToEachOther) {
  const Json bundle = Json::parse(Consil({"export", "stix"}).out);
  EXPECT_EQ(bundle.at("type"), "bundle");
  std::set<std::string> ids;
  for (const Json& object : bundle.at("objects")) {
    for (const char* key : {"type", "spec_version", "id", "created", "modified"}) {
      EXPECT_TRUE(object.contains(key)) << object.dump();
    }
    EXPECT_TRUE(ids.insert(object.at("id")).second) << object.dump();
  }
  for (const Json& object : bundle.at("objects")) {
    for (const Json& ref : object.value("object_refs", Json::array())) {
      EXPECT_TRUE(ids.contains(ref.get<std::string>())) << object.dump();
    }
  }
  EXPECT_EQ(Json::parse(Consil({"export", "stix"}).out), bundle) << "ids derive from content";
}

TEST_F(EverywhereTest, ExportsHoldWhatTheListHolds) {
  const std::string all = Consil({"claims", "list", "-o", "name"}).out;
  const auto claims = std::count(all.begin(), all.end(), '\n');
  const std::string lines = Consil({"export", "jsonl"}).out;
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), claims);
  EXPECT_THAT(Consil({"export", "csv", "--place", "Aleppo"}).out, HasSubstr("141 civilians"));
  const CommandResult drawn = RunCommand({"dot", "-Tsvg"}, Consil({"export", "graphviz"}).out);
  EXPECT_EQ(drawn.exit_code, 0) << drawn.err;
  EXPECT_THAT(drawn.out, HasSubstr("Syrian Observatory for Human Rights"));
}

TEST_F(EverywhereTest, PythonClient) {
  const std::map<std::string, std::string> environment = {
      {"PYTHONPATH", BuildFolder() + "/clients/python"}};
  const CommandResult test =
      RunCommand({"/usr/bin/python3", SourceFile("tests/clients/python_client_test.py"), Ingest(),
                  Corroboration()},
                 "", environment);
  EXPECT_EQ(test.exit_code, 0) << test.err;
  const CommandResult example =
      RunCommand({"/usr/bin/python3", SourceFile("clients/python/examples/morning.py"), Ingest(),
                  Corroboration()},
                 "", environment);
  EXPECT_EQ(example.exit_code, 0) << example.err;
  EXPECT_THAT(example.out, HasSubstr("on the word of Syrian Observatory for Human Rights"));
}

TEST_F(EverywhereTest, NodeClient) {
  const CommandResult test =
      FromClients({"node", "--test", SourceFile("tests/clients/node_client_test.mjs")},
                  {{"INGEST", Ingest()}, {"CORROBORATION", Corroboration()}});
  EXPECT_EQ(test.exit_code, 0) << test.out << test.err;
  const CommandResult example =
      FromClients({"node", "node/examples/check.js", Ingest(), Corroboration(),
                   "300,000 people have died in the war in Syria"});
  EXPECT_EQ(example.exit_code, 3) << example.err;
  EXPECT_THAT(example.out, HasSubstr("disputed"));
}

// Runs from an installed package alone: no header or library of the source tree.
TEST_F(EverywhereTest, CppClientBuildsAgainstTheInstalledPackage) {
  const std::string prefix = (dir_ / "prefix").string();
  const std::string build = (dir_ / "example").string();
  const CommandResult install = RunCommand(
      {"cmake", "--install", BuildFolder(), "--prefix", prefix, "--component", "client"});
  ASSERT_EQ(install.exit_code, 0) << install.err;
  const CommandResult configure =
      RunCommand({"cmake", "-G", "Ninja", "-S", SourceFile("clients/cpp/example"), "-B", build,
                  "-DCMAKE_PREFIX_PATH=" + prefix});
  ASSERT_EQ(configure.exit_code, 0) << configure.out << configure.err;
  const CommandResult made = RunCommand({"cmake", "--build", build});
  ASSERT_EQ(made.exit_code, 0) << made.out;
  const CommandResult result = RunCommand(
      {build + "/who_says", Corroboration(), "300,000 people have died in the war in Syria"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("United Nations"));
}

// What a shell offers for a command line, a word a line.
std::string Completed(const std::string& shell, const std::string& line) {
  const CommandResult result =
      RunCommand({SourceFile("tests/clients/complete"), shell, Binary("consil"), line});
  EXPECT_EQ(result.exit_code, 0) << shell << ": " << result.err;
  return result.out;
}

TEST_F(EverywhereTest, ShellsCompleteCommandsAndOptions) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_THAT(Completed(shell, "consil cla"), HasSubstr("claims")) << shell;
    EXPECT_THAT(Completed(shell, "consil claims exp"), HasSubstr("explain")) << shell;
    EXPECT_THAT(Completed(shell, "consil claims list --sta"), HasSubstr("--state")) << shell;
    EXPECT_THAT(Completed(shell, "consil export cl"), HasSubstr("claimreview")) << shell;
  }
}

TEST_F(EverywhereTest, ManualPagesAreWellFormed) {
  const std::string page = RunCommand({Binary("consil"), "man"}).out;
  EXPECT_THAT(page, HasSubstr(".SS claims explain"));
  const CommandResult checked = RunCommand(
      {"man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-"}, page, {{"MANWIDTH", "80"}});
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_THAT(checked.err, IsEmpty());
  EXPECT_THAT(checked.out, HasSubstr("the condition that was asked for is false"));
}

TEST_F(EverywhereTest, TlsTokensAndWhatIsWrongWithThem) {
  setenv("PYTHONPATH", (BuildFolder() + "/clients/python").c_str(), 1);
  Process server(
      {"/usr/bin/python3", SourceFile("tests/clients/tls_server.py"), dir_.path().string()},
      dir_ / "log");
  std::istringstream ports(WaitForLine(dir_ / "ports", server, std::chrono::seconds(30)));
  std::string good;
  std::string expired;
  ASSERT_TRUE(ports >> good >> expired) << server.Log();
  WriteFile(dir_ / "token", "good\n");
  WriteFile(dir_ / "stolen", "bad\n");
  const auto list = [&](const std::string& port, std::vector<std::string> flags) {
    flags.insert(flags.begin(),
                 {Binary("consil"), "claims", "list", "--server", "localhost:" + port});
    return RunCommand(flags);
  };
  const std::string ca = (dir_ / "ca.pem").string();
  EXPECT_EQ(list(good, {"--ca", ca, "--token-file", (dir_ / "token").string()}).exit_code, 0);
  EXPECT_EQ(list(good, {"--ca", ca, "--token-file", (dir_ / "stolen").string()}).exit_code, 4);
  const CommandResult untrusted = list(good, {"--ca", (dir_ / "other.pem").string()});
  EXPECT_EQ(untrusted.exit_code, 64 + 14);
  EXPECT_THAT(untrusted.err, HasSubstr("--ca FILE"));
  EXPECT_THAT(list(expired, {"--ca", ca}).err, HasSubstr("has expired"));
  const CommandResult plain = list(good, {});
  EXPECT_THAT(plain.err, HasSubstr("--tls"));
  EXPECT_EQ(std::count(plain.err.begin(), plain.err.end(), '\n'), 2) << plain.err;
}

TEST_F(EverywhereTest, WhoSays300000DiedAndWhoDisagrees) {
  // What a newcomer finds in `consil --help` and runs as it stands.
  const std::string help = RunCommand({Binary("consil"), "--help"}).out;
  ASSERT_THAT(help, HasSubstr("consil check \"300,000 people have died in the war in Syria\""));
  const CommandResult answer = Consil({"check", "300,000 people have died in the war in Syria"});
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  EXPECT_THAT(answer.out, HasSubstr("DISPUTED"));
  EXPECT_THAT(answer.out, HasSubstr("killed 300,000 people"));
  EXPECT_THAT(answer.out, HasSubstr("United Nations"));
}

}  // namespace
}  // namespace consilience::testing
