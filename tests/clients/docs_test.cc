// Every `consil` command in the documentation does what the text around it says: it is run, as it
// stands, against services that hold the seeds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/end_to_end/seed_world.h"
#include "tests/support/process.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

namespace fs = std::filesystem;

struct Command {
  int line = 0;
  std::string text;
  int exit_code = 0;
};

// The lines of ```sh blocks that begin with "consil". "# exit 3" at the end says how one ends; a
// block marked "sh skip" is not for us.
std::vector<Command> CommandsIn(const std::string& file) {
  static const std::regex kExit(R"(\s+# exit (\d+)$)");
  std::ifstream in(file);
  std::vector<Command> commands;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) inside = !inside && line == "```sh";
    if (!inside || !line.starts_with("consil ")) continue;
    Command command{number, line, 0};
    if (std::smatch match; std::regex_search(line, match, kExit)) {
      command.exit_code = std::stoi(match[1]);
      command.text = match.prefix();
    }
    commands.push_back(command);
  }
  return commands;
}

class DocsTest : public ::testing::TestWithParam<std::string> {
 protected:
  DocsTest() {
    fs::create_directory_symlink(SourceFile("seeds"), dir_ / "seeds");
    fs::create_directory_symlink(SourceFile("seeds/articles"), dir_ / "articles");
    fs::copy_file(SourceFile("seeds/manifest.jsonl"), dir_ / "manifest.jsonl");
    std::ofstream(dir_ / "articles.jsonl")
        << R"({"text": "At least 12 people were killed in Raqqa on Friday, a monitor said.", )"
        << R"("date": "2016-11-26", "outlet": "Example"})"
        << "\n";
    std::ofstream(dir_ / "claims.tsv")
        << "toll\tkilled\tA\t141\t\ntoll\tkilled\tB\t141\t\ntoll\tkilled\tC\t72\t\n";
    std::ofstream(dir_ / "kinds.tsv") << "killed\tcat\n";
    FindNames();
  }

  // What stands for the words in capitals.
  void FindNames() {
    const Json claim = world_.ClaimWith({"141 civilians"}).value();
    const Json other = world_.ClaimWith({"more than 600 civilians"}).value();
    names_["ASSERTION"] = other.at("assertions").at(0).at("name");
    names_["DOCUMENT"] = claim.at("assertions").at(0).at("document");
    names_["QUESTION"] = claim.at("question");
    names_["CLAIM"] = claim.at("name");
    for (const Json& source :
         ParseLines(world_.cluster().Consil({"sources", "list", "-o", "jsonl"}).out)) {
      if (source.at("displayName") == "Syrian Observatory for Human Rights") {
        names_["SOURCE"] = source.at("name");
      }
      if (source.at("displayName") == "Reuters") names_["OWNER"] = source.at("name");
    }
  }

  std::string Filled(std::string text) const {
    for (const auto& [word, name] : names_) {
      text = std::regex_replace(text, std::regex("\\b" + word + "\\b"), name);
    }
    return text;
  }

  CommandResult Shell(const std::string& text) {
    const std::string path = fs::path(Binary("consil")).parent_path().string() + ":/usr/bin:/bin";
    return RunCommand(
        {"/usr/bin/env", "-C", dir_.path().string(), "bash", "-c", text}, "",
        {{"PATH", path},
         {"HOME", dir_.path().string()},
         {"XDG_CONFIG_HOME", (dir_ / "settings").string()},
         {"CONSIL_INGEST_SERVER", world_.cluster().ingest().address()},
         {"CONSIL_EXTRACTION_SERVER", world_.cluster().extraction().address()},
         {"CONSIL_CORROBORATION_SERVER", world_.cluster().corroboration().address()}});
  }

  SeedWorld world_;
  TempDir dir_;
  std::map<std::string, std::string> names_;
};

TEST_P(DocsTest, EveryCommandRuns) {
  const std::vector<Command> commands = CommandsIn(SourceFile(GetParam()));
  ASSERT_FALSE(commands.empty());
  for (const Command& command : commands) {
    const bool endless = command.text.find("claims watch") != std::string::npos;
    const std::string text = Filled(command.text);
    const CommandResult result = Shell(endless ? "timeout 1 " + text : text);
    // `timeout` ends what would go on for ever with 124.
    EXPECT_EQ(result.exit_code, endless ? 124 : command.exit_code)
        << GetParam() << ":" << command.line << ": " << text << "\n"
        << result.out << result.err;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, DocsTest,
                         ::testing::Values("README.md", "docs/tutorial.md", "docs/recipes.md"));

}  // namespace
}  // namespace consilience::testing
