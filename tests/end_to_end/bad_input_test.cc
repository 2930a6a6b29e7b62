// Whatever is thrown at `consil ingest`: each bad item gets a clear result, the good ones get in,
// the summary counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "tests/end_to_end/seed_world.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kGood =
    "BEIRUT - At least 12 people were killed in Aleppo on Tuesday, the Syrian Observatory for "
    "Human "
    "Rights said.\n";

class BadInputTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = std::make_unique<Cluster>(); }
  static void TearDownTestSuite() { cluster_.reset(); }

  static CommandResult Ingest(const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"ingest"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return cluster_->Consil(command);
  }

  TempDir dir_;
  static std::unique_ptr<Cluster> cluster_;
};

std::unique_ptr<Cluster> BadInputTest::cluster_;

TEST_F(BadInputTest, OneBatchOfEverything) {
  WriteFile(dir_ / "a-good.txt", kGood);
  WriteFile(dir_ / "b-empty.txt", "");
  WriteFile(dir_ / "c-broken-utf8.txt",
            "\xEF\xBB\xBF“Twelve people” were killed — \xC3\x28 — in Aleppo.\n");
  WriteFile(dir_ / "d-binary.txt", std::string("\x7f"
                                               "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
                                               20));
  WriteFile(dir_ / "e-large.txt", std::string(50U << 20U, 'a'));
  WriteFile(dir_ / "f-copy-of-a.txt", kGood);
  WriteFile(dir_ / "g-good.txt", "Rebels captured the town of al-Bab on Friday, a monitor said.\n");
  const CommandResult result = Ingest({dir_.path().string(), "--wait"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr("b-empty.txt"));
  EXPECT_THAT(result.err, HasSubstr("empty"));
  EXPECT_THAT(result.err, HasSubstr("c-broken-utf8.txt"));
  EXPECT_THAT(result.err, HasSubstr("UTF-8"));
  EXPECT_THAT(result.err, HasSubstr("d-binary.txt"));
  EXPECT_THAT(result.err, HasSubstr("e-large.txt"));
  EXPECT_THAT(result.err, HasSubstr("10 MiB"));
  EXPECT_THAT(result.err, HasSubstr("2 accepted"));
  EXPECT_THAT(result.err, HasSubstr("1 duplicate"));
  EXPECT_THAT(result.err, HasSubstr("4 refused"));
  const CommandResult listed = cluster_->Consil({"documents", "list", "-o", "jsonl"});
  EXPECT_EQ(ParseLines(listed.out).size(), 2U) << listed.out;
}

// Where each of two million lines stands takes more than the text, and more than a message may.
TEST_F(BadInputTest, ATextWhoseMessageIsTooLargeStopsNothingElse) {
  std::string lines;
  for (int i = 0; i < 2'000'000; ++i) lines += "ab\r\n";
  WriteFile(dir_ / "a-lines.txt", lines);
  WriteFile(dir_ / "b-good.txt", "Rebels shelled the town of Azaz on Friday, a monitor said.\n");
  const CommandResult result = Ingest({dir_.path().string()});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_THAT(result.err, HasSubstr("a-lines.txt"));
  EXPECT_THAT(result.err, HasSubstr("--max-message-mib"));
  EXPECT_THAT(result.err, HasSubstr("1 accepted, 1 refused"));
}

TEST_F(BadInputTest, AnAddressOfAnotherKindIsNamed) {
  const CommandResult result = Ingest({"ftp://example.org/a.txt"});
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_THAT(result.err, HasSubstr("ftp://example.org/a.txt"));
  EXPECT_THAT(result.err, HasSubstr("https://"));
}

TEST_F(BadInputTest, AMissingManifestIsNamed) {
  WriteFile(dir_ / "a.txt", kGood);
  const CommandResult result =
      Ingest({dir_.path().string(), "--manifest", dir_ / "no-such-manifest.jsonl"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("no-such-manifest.jsonl"));
}

TEST_F(BadInputTest, AWrongDateNamesFileLineAndValue) {
  WriteFile(dir_ / "a.txt", "Nine soldiers were killed in Idlib on Monday, state media said.\n");
  WriteFile(dir_ / "manifest.jsonl", R"({"file":"a.txt","date":"2016-13-45"})"
                                     "\n");
  const CommandResult result =
      Ingest({dir_.path().string(), "--manifest", dir_ / "manifest.jsonl"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("2016-13-45"));
  EXPECT_THAT(result.err, HasSubstr("manifest.jsonl"));
}

TEST_F(BadInputTest, AMissingFileIsNamed) {
  const CommandResult result = Ingest({dir_ / "nowhere.txt"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("nowhere.txt"));
}

TEST_F(BadInputTest, NoServerIsOneClearLine) {
  const CommandResult result =
      RunCommand({Binary("consil"), "--server=127.0.0.1:1", "claims", "list"}, "",
                 {{"XDG_CONFIG_HOME", dir_.path().string()}});
  EXPECT_EQ(result.exit_code, 64 + 14) << result.err;
  EXPECT_THAT(result.err, HasSubstr("127.0.0.1:1"));
}

}  // namespace
}  // namespace consilience::testing
