// consil score over tables as people write them: what is said of what cannot be meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/services.h"

namespace consilience::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ScoreTest : public ::testing::Test {
 protected:
  CommandResult Score(const std::string& claims, std::vector<std::string> arguments = {}) const {
    WriteFile(dir_ / "claims.tsv", claims);
    arguments.insert(arguments.begin(),
                     {Binary("consil"), "score", "--claims", dir_ / "claims.tsv"});
    return RunCommand(arguments, "", {});
  }

  TempDir dir_;
};

constexpr char kClaims[] = "o1\ttoll\ts1\t5\no1\ttoll\ts2\t5\no1\ttoll\ts3\t9\n";

TEST_F(ScoreTest, WritesARowForEachValue) {
  const CommandResult result = Score(kClaims);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("o1\ttoll\t5\t"));
  EXPECT_THAT(result.out, HasSubstr("o1\ttoll\t9\t"));
}

TEST_F(ScoreTest, SaysThatATableHoldsNothing) {
  for (const char* nothing : {"", "object\tattribute\tsource\tvalue\n", "o1\ttoll\ts1\t\n"}) {
    const CommandResult result = Score(nothing);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(result.err, HasSubstr("claims.tsv holds no claims with a value")) << nothing;
  }
}

TEST_F(ScoreTest, NamesAKindThatIsGivenToNothing) {
  WriteFile(dir_ / "kinds.tsv", "toll\tnum:0:0.1\ntolls\tcat\n");
  const CommandResult result = Score(kClaims, {"--kinds", dir_ / "kinds.tsv"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("no claim has the attribute \"tolls\""));
}

TEST_F(ScoreTest, RefusesAFormatThatItDoesNotWrite) {
  const CommandResult result = Score(kClaims, {"-o", "csv"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("-o tsv or -o json"));
}

TEST_F(ScoreTest, SaysWhyAFileCannotBeOpened) {
  const CommandResult result =
      RunCommand({Binary("consil"), "score", "--claims", dir_ / "none.tsv"}, "", {});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, HasSubstr("none.tsv: cannot be opened for reading: No such file"));
}

}  // namespace
}  // namespace consilience::testing
