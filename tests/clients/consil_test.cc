// The real program against scripted services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <thread>

#include "tests/clients/fake_services.h"
#include "tests/support/process.h"
#include "tests/support/scripted_http.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ConsilTest : public ::testing::Test {
 protected:
  CommandResult Consil(std::vector<std::string> arguments, const std::string& input = "",
                       std::map<std::string, std::string> environment = {}) const {
    arguments.insert(arguments.begin(), Binary("consil"));
    environment.try_emplace("CONSIL_SERVER", services_.address());
    environment.try_emplace("CONSIL_CONFIG", (dir_ / "config").string());
    return RunCommand(arguments, input, environment);
  }

  FakeServices services_;
  TempDir dir_;
};

size_t LinesOf(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(ConsilTest, ListsEveryPageInEveryFormat) {
  EXPECT_EQ(LinesOf(Consil({"claims", "list", "-o", "name"}).out), 7U);
  EXPECT_EQ(LinesOf(Consil({"claims", "list", "-o", "jsonl"}).out), 7U);
  EXPECT_EQ(LinesOf(Consil({"claims", "list", "-o", "csv"}).out), 8U);
  EXPECT_EQ(LinesOf(Consil({"claims", "list"}).out), 8U);
  const auto all = nlohmann::json::parse(Consil({"claims", "list", "-o", "json"}).out);
  ASSERT_EQ(all.size(), 7U);
  EXPECT_EQ(all[6].at("name"), "claims/c6");
  EXPECT_EQ(all[0].at("corroboration").at("originCount"), 2);
}

TEST_F(ConsilTest, AValueThatNoCommandTakesIsNotKept) {
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"output", "xml"},
                                                        {"color", "blue"},
                                                        {"pager", "on"},
                                                        {"tls", "1"},
                                                        {"timeout", "x"},
                                                        {"server", "example.org"}}) {
    const CommandResult set = Consil({"config", "set", key, value});
    EXPECT_EQ(set.exit_code, 2) << key;
    EXPECT_THAT(set.err, HasSubstr("\"" + value + "\"")) << key;
    EXPECT_EQ(Consil({"config", "show"}).exit_code, 0) << key;
  }
  const CommandResult clear = Consil({"claims", "list"}, "", {{"CONSIL_TLS", "1"}});
  EXPECT_EQ(clear.exit_code, 2);
  EXPECT_THAT(clear.err, HasSubstr("choose true or false"));
}

TEST_F(ConsilTest, LimitEndsInTheMiddleOfAPage) {
  EXPECT_EQ(Consil({"claims", "list", "-o", "name", "--limit", "4"}).out,
            "claims/c0\nclaims/c1\nclaims/c2\nclaims/c3\n");
}

TEST_F(ConsilTest, TablesFitTheTerminal) {
  for (const char* columns : {"40", "80", "120"}) {
    const CommandResult result = Consil({"claims", "list"}, "", {{"COLUMNS", columns}});
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
      const auto continues = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
      };
      const auto width =
          static_cast<long>(line.size()) - std::count_if(line.begin(), line.end(), continues);
      EXPECT_LE(width, std::stol(columns)) << line;
    }
  }
}

TEST_F(ConsilTest, ExitCodesSayWhatWentWrong) {
  EXPECT_EQ(Consil({"claims", "get", "c0"}).exit_code, 0);
  EXPECT_EQ(Consil({"claims", "get", "missing"}).exit_code, 64 + 5);
  EXPECT_EQ(Consil({"claims", "get", "secret"}).exit_code, 4);
  EXPECT_EQ(Consil({"claims", "get", "slow", "--timeout", "100ms"}).exit_code, 64 + 4);
  EXPECT_EQ(Consil({"claims", "list", "--filter", "colour = 1"}).exit_code, 64 + 3);
  EXPECT_EQ(Consil({"claims", "list", "-o", "yaml"}).exit_code, 2);
  EXPECT_EQ(Consil({"claims"}).exit_code, 2);
  EXPECT_EQ(Consil({"claims", "get"}).exit_code, 2);
  EXPECT_EQ(Consil({"status", "--fail-if-busy"}).exit_code, 3);
  EXPECT_EQ(Consil({"claims", "list", "--server", "127.0.0.1:1"}).exit_code, 64 + 14);
  EXPECT_EQ(Consil({"status", "--out", "/nowhere/at/all"}).exit_code, 2);
}

TEST_F(ConsilTest, ErrorsNameTheCauseAndTheWayOut) {
  EXPECT_THAT(Consil({"claims", "get", "missing"}).err, HasSubstr("claims/missing"));
  EXPECT_THAT(Consil({"claims", "list", "--filter", "colour = 1"}).err, HasSubstr("colour"));
  EXPECT_THAT(Consil({"claims", "list", "--server", "127.0.0.1:1"}).err, HasSubstr("--server"));
  EXPECT_THAT(Consil({"claims", "list", "--server", "somewhere"}).err, HasSubstr("somewhere:7400"));
  EXPECT_THAT(Consil({"claims", "list", "--ca", "no.pem"}).err, HasSubstr("no.pem"));
  EXPECT_EQ(Consil({"claims", "list", "--limit", "-3"}).exit_code, 2);
  EXPECT_THAT(Consil({"claims", "list", "--limit", "-3"}).err,
              HasSubstr("--limit: \"-3\" is no number from 0 up"));
  EXPECT_THAT(Consil({"claims", "get", "missing"}).err, HasSubstr("`consil claims list`"));
  EXPECT_THAT(Consil({"clams"}).err, HasSubstr("claims"));
  EXPECT_THAT(Consil({"claims", "list", "--stat=x"}).err, HasSubstr("--state"));
}

TEST_F(ConsilTest, ATokenNeverLeavesInTheClear) {
  const CommandResult result =
      Consil({"status", "--server", "far.example.org:7400"}, "", {{"CONSIL_TOKEN", "s3cret"}});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--tls"));
  EXPECT_THAT(result.err, Not(HasSubstr("s3cret")));
}

TEST_F(ConsilTest, FlagBeforeEnvironmentBeforeFile) {
  ASSERT_EQ(Consil({"config", "set", "output", "name", "--context", "mine"}).exit_code, 0);
  ASSERT_EQ(Consil({"config", "use", "mine"}).exit_code, 0);
  EXPECT_THAT(Consil({"claims", "list"}).out, HasSubstr("claims/c0\n"));
  EXPECT_THAT(Consil({"claims", "list"}, "", {{"CONSIL_CONTEXT", ""}}).out, HasSubstr("claims/c0"));
  EXPECT_THAT(Consil({"claims", "list"}, "", {{"CONSIL_OUTPUT", "csv"}}).out, HasSubstr("claim,"));
  EXPECT_THAT(Consil({"claims", "list", "-o", "json"}, "", {{"CONSIL_OUTPUT", "csv"}}).out,
              HasSubstr("\"name\""));
}

TEST_F(ConsilTest, AVariableThatIsNearlyOneOfOursIsNamed) {
  const CommandResult slip =
      Consil({"claims", "list"}, "", {{"CONSIL_OUTPT", "csv"}, {"CONSIL_DATA_DIR", "/data"}});
  EXPECT_EQ(slip.exit_code, 0);
  EXPECT_THAT(slip.err, HasSubstr("\"CONSIL_OUTPT\"; did you mean \"CONSIL_OUTPUT\"?"));
  EXPECT_THAT(slip.err, Not(HasSubstr("CONSIL_DATA_DIR")));
}

TEST_F(ConsilTest, ExplanationsShowWitnessesEvidenceAndArithmetic) {
  const std::string text = Consil({"claims", "explain", "c0"}).out;
  EXPECT_THAT(text, HasSubstr("Syrian Observatory for Human Rights"));
  EXPECT_THAT(text, HasSubstr("shared passage: 31 words are the same in both"));
  EXPECT_THAT(text, HasSubstr("“141 civilians”"));
  EXPECT_THAT(text, HasSubstr("killed 72 civilians"));
  EXPECT_THAT(text, HasSubstr("as the server says"));
  EXPECT_THAT(text, Not(HasSubstr("/assertions/")));
  EXPECT_THAT(Consil({"claims", "explain", "c0", "-o", "wide"}).out, HasSubstr("/assertions/"));
}

TEST_F(ConsilTest, IngestGoesOnAfterBadItemsAndCounts) {
  std::filesystem::create_directories(dir_ / "in");
  WriteFile(dir_ / "in/a.txt", "Twelve people were killed.");
  WriteFile(dir_ / "in/b.txt", "");
  WriteFile(dir_ / "in/c.jsonl",
            "{\"text\":\"One.\",\"date\":\"2016-11-22\"}\nnot json\n{\"date\":\"x\"}\n");
  const CommandResult result = Consil({"ingest", (dir_ / "in").string(), "--wait"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("2 accepted, 3 refused"));
  EXPECT_THAT(result.err, HasSubstr("c.jsonl:2"));
  EXPECT_THAT(result.err, HasSubstr("2 recorded, 0 failed"));
  EXPECT_EQ(Consil({"ingest", "-"}, "Some text.\n").exit_code, 0);
}

constexpr char kFeed[] =
    "<rss version=\"2.0\"><channel><title>Wire</title>"
    "<item><title>One</title><link>https://x.org/1</link><description>Twelve people were killed "
    "in the old town.</description></item>"
    "<item><title>Two</title><link>https://x.org/2</link><description>Nine people were hurt on "
    "the coast road.</description></item></channel></rss>";

TEST_F(ConsilTest, IngestReadsEveryFormatItemByItem) {
  WriteFile(dir_ / "feed.xml", kFeed);
  const std::string report = dir_ / "report.json";
  const CommandResult result =
      Consil({"ingest", dir_ / "feed.xml", "-o", "jsonl", "--report", report});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("2 accepted"));
  EXPECT_EQ(LinesOf(result.out), 2U);
  const auto written = nlohmann::json::parse(ReadFile(report));
  EXPECT_EQ(written.at("items"), 2);
  EXPECT_EQ(written.at("outcomes").at("accepted"), 2);
}

TEST_F(ConsilTest, IngestReportsWhatWasRefusedWithPlaceAndReason) {
  WriteFile(dir_ / "a.jsonl", "{\"text\":\"One.\"}\n{\"text\": 1, \"text\": 2}\n");
  const std::string report = dir_ / "report.json";
  const CommandResult result =
      Consil({"ingest", dir_ / "a.jsonl", "-o", "jsonl", "--report", report});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(LinesOf(result.out), 2U) << "a refusal is an answer too";
  const auto refused = nlohmann::json::parse(ReadFile(report)).at("refused");
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0].at("reason"), "KEY_DUPLICATE");
  EXPECT_EQ(refused[0].at("format"), "application/x-ndjson");
  EXPECT_THAT(refused[0].at("label").get<std::string>(), HasSubstr("a.jsonl:2"));
  EXPECT_EQ(Consil({"ingest", dir_ / "a.jsonl", "--limit", "line_bytes=4"}).exit_code, 1);
  EXPECT_THAT(Consil({"ingest", dir_ / "a.jsonl", "--limit", "bytes=4"}).err,
              HasSubstr("line_bytes"));
}

TEST_F(ConsilTest, IngestFetchesFeeds) {
  const ScriptedHttp server([](const std::string&) -> ScriptedAnswer { return {{HttpOk(kFeed)}}; });
  const CommandResult refused = Consil({"ingest", server.Url("/feed")});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("127.0.0.1, which is no public address: --allow-private"));
  const CommandResult result = Consil({"ingest", server.Url("/feed"), "--allow-private"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("2 accepted"));
}

TEST_F(ConsilTest, FollowTakesInWhatAppears) {
  std::atomic<int> fetched{0};
  const ScriptedHttp server([&](const std::string& request) -> ScriptedAnswer {
    ++fetched;
    if (request.find("If-None-Match: \"1\"") != std::string::npos) {
      return {{"HTTP/1.1 304 Not Modified\r\n\r\n"}};
    }
    return {{HttpOk(kFeed, "ETag: \"1\"\r\n")}};
  });
  const std::filesystem::path folder = dir_ / "incoming";
  std::filesystem::create_directories(folder);
  WriteFile(folder / "a.txt", "Twelve people were killed.");
  Process follow({"/usr/bin/env", "CONSIL_SERVER=" + services_.address(),
                  "CONSIL_CONFIG=" + (dir_ / "config").string(), Binary("consil"), "ingest",
                  "--follow", folder.string(), server.Url("/feed"), "--allow-private", "--every",
                  "50ms", "--fetch-every", "100ms"},
                 dir_ / "log");
  const auto log_has = [&](const std::string& text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (follow.Log().find(text) == std::string::npos) {
      if (std::chrono::steady_clock::now() > end || !follow.Running()) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
  };
  EXPECT_TRUE(log_has(" accepted")) << follow.Log();
  WriteFile(folder / "b.txt", "Nine soldiers were captured near the border.");
  WriteFile(folder / "c.txt", "");
  EXPECT_TRUE(log_has("c.txt")) << follow.Log();
  while (fetched < 3 && follow.Running()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(follow.Running());
  EXPECT_THAT(follow.Log(), Not(HasSubstr("duplicate"))) << "nothing is taken in twice";
  follow.Signal(SIGINT);
  EXPECT_EQ(follow.Wait(std::chrono::seconds(10)), 130);
  EXPECT_THAT(follow.Log(), HasSubstr("what was accepted stays"));
}

TEST_F(ConsilTest, DossiersStandAlone) {
  FakeServices many(30);  // 7 answers with 30 assertions each
  const CommandResult result = Consil({"dossier", "c0", "--out", (dir_ / "d.html").string()}, "",
                                      {{"CONSIL_SERVER", many.address()}});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::string page = ReadFile(dir_ / "d.html");
  EXPECT_LT(page.size(), 500'000U);
  EXPECT_THAT(page, HasSubstr("<mark>141 civilians</mark>"));
  EXPECT_THAT(page, HasSubstr("A title &amp; more"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  for (const char* part : {"<script", "src=", "@import", "url(", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(part)));
  }
}

// Placeholders of the examples, and what stands for them here.
std::string Filled(std::string example) {
  for (const auto& [word, value] : {std::pair{"CLAIM", "c0"}, std::pair{"QUESTION", "q0"},
                                    std::pair{"DOCUMENT", "d0"}, std::pair{"SOURCE", "s0"}}) {
    example = std::regex_replace(example, std::regex(std::string("\\b") + word + "\\b"), value);
  }
  return example;
}

TEST_F(ConsilTest, EveryExampleOfTheHelpIsUnderstood) {
  std::vector<std::string> paths = {""};
  for (const char* group : {"documents", "claims", "questions", "sources", "config", "rules"}) {
    paths.emplace_back(group);
  }
  int examples = 0;
  for (size_t i = 0; i < paths.size(); ++i) {
    const std::string help =
        RunCommand({"/bin/sh", "-c", Binary("consil") + " " + paths[i] + " --help"}).out;
    std::istringstream lines(help);
    bool in_commands = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("Commands:")) in_commands = true;
      if (line.starts_with("Options")) in_commands = false;
      std::smatch match;
      if (in_commands && std::regex_search(line, match, std::regex("^  ([a-z]+) "))) {
        const std::string path =
            paths[i].empty() ? match[1].str() : paths[i] + " " + match[1].str();
        if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
      }
      if (!line.starts_with("  consil ") || line.find("watch") != std::string::npos) continue;
      const std::string command =
          "cd " + dir_.path().string() + " && mkdir -p .local && HOME=" + dir_.path().string() +
          " PATH=" + Binary("") + ":$PATH timeout 10 " + Filled(line.substr(2));
      const CommandResult result = RunCommand(
          {"/bin/sh", "-c", command}, "",
          {{"CONSIL_SERVER", services_.address()}, {"CONSIL_CONFIG", (dir_ / "config").string()}});
      EXPECT_THAT(result.err, Not(HasSubstr("has no option"))) << line;
      EXPECT_THAT(result.err, Not(HasSubstr("has no command"))) << line;
      EXPECT_THAT(result.err, Not(HasSubstr("--help` shows examples"))) << line;
      ++examples;
    }
  }
  EXPECT_GE(examples, 50);
}

TEST_F(ConsilTest, CompletionKnowsTheWholeTree) {
  const std::string script = Consil({"completion", "bash"}).out;
  WriteFile(dir_ / "completion", script);
  const CommandResult result = RunCommand(
      {"/bin/bash", "-c",
       ". " + (dir_ / "completion").string() +
           "; COMP_WORDS=(consil claims ex); COMP_CWORD=2; _consil; echo \"${COMPREPLY[@]}\""});
  EXPECT_EQ(result.out, "explain\n") << result.err;
}

TEST_F(ConsilTest, AReaderThatLeavesEndsItQuietly) {
  const CommandResult result = RunCommand(
      {"/bin/sh", "-c", Binary("consil") + " claims list -o json | head -1"}, "",
      {{"CONSIL_SERVER", services_.address()}, {"CONSIL_CONFIG", (dir_ / "config").string()}});
  EXPECT_EQ(result.out, "[\n");
  EXPECT_EQ(result.err, "");
}

}  // namespace
}  // namespace consilience::testing
