// consil extract over files as they are met: what is read of each, and what is said of the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ExtractTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& content) const {
    const std::filesystem::path path = dir_ / name;
    std::filesystem::create_directories(path.parent_path());
    WriteFile(path, content);
    return path.string();
  }
  static CommandResult Extract(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {Binary("consil"), "extract", "-o", "csv"});
    return RunCommand(arguments, input, {});
  }

  TempDir dir_;
};

constexpr char kFeed[] =
    R"(<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>
<item><guid>http://x/1</guid><pubDate>Tue, 22 Nov 2016 10:00:00 GMT</pubDate>
<description>Nine people were killed in Hama on Monday, the army said.</description></item>
<item><guid>http://x/2</guid></item>
</channel></rss>)";

TEST_F(ExtractTest, ReadsTheItemsOfAFeedAndNotItsMarkup) {
  const std::string feed = Write("feed.xml", kFeed);
  for (const CommandResult& result : {Extract({feed}), Extract({"-"}, kFeed)}) {
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.out, HasSubstr("http://x/1,killed,9,people,Hama,21 Nov 2016"));
    EXPECT_THAT(result.out, Not(HasSubstr("pubDate")));
    EXPECT_THAT(result.err, HasSubstr("#2: the document holds no text"));
  }
}

TEST_F(ExtractTest, ReadsAnArrayOfRecords) {
  const CommandResult result = Extract({Write(
      "news.json", R"([{"id": "a", "text": "Nine people were killed in Hama."}, {"text": 5}])")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("a,killed,9,people,Hama"));
  EXPECT_THAT(result.err, HasSubstr("news.json#2: text is \"a number\": write a string"));
}

// Spans count the bytes of the file, whatever those are: nothing is composed or cut.
TEST_F(ExtractTest, PlainTextStaysAsItIs) {
  const std::string text =
      Write("a.txt", "Cafe\xCC\x81 owners\r\nNine people were killed in Hama.");
  const CommandResult result =
      RunCommand({Binary("consil"), "extract", "-o", "jsonl", text}, "", {});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(R"("id":"a")"));
  EXPECT_THAT(result.out, HasSubstr(R"("start":15)"));
}

TEST_F(ExtractTest, ManifestsOfInnerFoldersHoldForTheirFiles) {
  const std::string text = "Nine people were killed in Hama on Monday.";
  Write("in/one.txt", text);
  Write("in/below/two.txt", text);
  Write("in/manifest.jsonl", "{\"file\": \"one.txt\", \"date\": \"2016-11-22\"}\n");
  Write("in/below/manifest.jsonl", "{\"file\": \"two.txt\", \"date\": \"2016-11-29\"}\n");
  const CommandResult result = Extract({dir_ / "in"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("one,killed,9,people,Hama,21 Nov 2016"));
  EXPECT_THAT(result.out, HasSubstr("two,killed,9,people,Hama,28 Nov 2016"));
}

TEST_F(ExtractTest, MoreThreadsThanAMachineHasAreRefused) {
  const CommandResult result = Extract({"--threads", "100000", Write("a.txt", "Nothing.")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--threads"));
  EXPECT_THAT(result.err, HasSubstr("1024"));
}

}  // namespace
}  // namespace consilience::testing
