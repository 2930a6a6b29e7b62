// What docs/rules.md tells a newcomer to do, done: its files are written, its commands run, their
// output compared.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/paths.h"
#include "tests/support/process.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

// A fenced block: its info string and its lines.
struct Block {
  std::string kind;  // "tsv", "txt", "console"
  std::string file;  // what it is to be written to
  std::vector<std::string> lines;
};

std::vector<Block> ReadBlocks(const std::filesystem::path& page) {
  std::vector<Block> blocks;
  std::ifstream in(page);
  bool open = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      open = !open;
      if (!open) continue;
      Block block;
      std::istringstream info(line.substr(3));
      info >> block.kind >> block.file;
      blocks.push_back(block);
    } else if (open) {
      blocks.back().lines.push_back(line);
    }
  }
  return blocks;
}

void WriteBlock(const Block& block, const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / block.file;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file);
  for (const std::string& line : block.lines) out << line << '\n';
}

// Runs each "$ command" of a block in `folder` and compares what it prints with the lines below it.
int RunBlock(const Block& block, const std::filesystem::path& folder) {
  const std::filesystem::path binary = Binary("consil");
  int commands = 0;
  for (size_t i = 0; i < block.lines.size();) {
    EXPECT_TRUE(block.lines[i].starts_with("$ ")) << block.lines[i];
    const std::string command = block.lines[i].substr(2);
    std::string expected;
    for (++i; i < block.lines.size() && !block.lines[i].starts_with("$ "); ++i) {
      expected += block.lines[i] + "\n";
    }
    const CommandResult result =
        RunCommand({"/bin/sh", "-c",
                    "cd '" + folder.string() + "' && PATH='" + binary.parent_path().string() +
                        "':\"$PATH\" && " + command});
    EXPECT_EQ(result.out, expected) << command << "\n" << result.err;
    ++commands;
  }
  return commands;
}

TEST(RulesPage, DoesWhatItSays) {
  const TempDir dir;
  int files = 0;
  int commands = 0;
  for (const Block& block :
       ReadBlocks(std::filesystem::path(consilience::testing::SourceFile("docs/rules.md")))) {
    if (!block.file.empty()) {
      WriteBlock(block, dir.path());
      ++files;
    } else if (block.kind == "console") {
      commands += RunBlock(block, dir.path());
    }
  }
  EXPECT_GE(files, 6);
  EXPECT_GE(commands, 5);
}

TEST(RulesTest, FailsWhereARuleDoesNotSpeak) {
  const TempDir dir;
  WriteBlock({"tsv", "p/pack.tsv", {"#schema pack 1", "key\tvalue", "version\t1"}}, dir.path());
  WriteBlock({"tsv",
              "p/rules.tsv",
              {"#schema rules 1", "rule\tkind\tmeasures\tweight\toptions\tpattern\texample",
               "r\tATTACK\tX\t0.9\t\tzebra place:PLACE\tNothing of that kind."}},
             dir.path());
  const CommandResult result = RunCommand({Binary("consil"), "rules", "test", dir / "p"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("FAIL  p/r speaks  Nothing of that kind."), std::string::npos)
      << result.out;
  EXPECT_NE(result.out.find("rules.tsv:3: no rule speaks for it"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace consilience::testing
