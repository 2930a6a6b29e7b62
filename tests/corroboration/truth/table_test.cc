#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/table_reader.h"
#include "services/corroboration/truth/writers.h"
#include "tests/corroboration/truth/tables.h"

namespace consilience::corroboration {
namespace {

using ::testing::HasSubstr;

std::string VoteRows(const TruthTable& table) {
  std::ostringstream out;
  WriteTsv(table, *ScoreTable(table, {.method = "vote"}), out);
  return out.str();
}

absl::Status ReadText(const std::string& text, const std::string& kinds = "") {
  std::istringstream kinds_in(kinds);
  absl::StatusOr<Kinds> read = ReadKinds(kinds_in, "kinds.tsv");
  if (!read.ok()) return read.status();
  std::istringstream in(text);
  TableBuilder builder(*std::move(read));
  return ReadClaims(in, "claims.tsv", &builder);
}

TEST(Table, NumbersWithinToleranceAreOneCandidateNamedByTheMostFrequent) {
  const Kinds kinds = {{"a", {ValueKind::kNumber, 2.0, 0.0}}};
  EXPECT_EQ(
      VoteRows(TableOf({{"o", "s1", "10"}, {"o", "s2", "12"}, {"o", "s3", "12"}, {"o", "s4", "20"}},
                       kinds)),
      "o\ta\t12\t0.750000\no\ta\t20\t0.250000\n");
  // Equally often stated: the smallest.
  EXPECT_EQ(VoteRows(TableOf({{"o", "s1", "12"}, {"o", "s2", "10"}}, kinds)),
            "o\ta\t10\t1.000000\n");
}

TEST(Table, TimesGoRoundMidnight) {
  const Kinds kinds = {{"a", {ValueKind::kTime, 10.0, 0.0}}};
  EXPECT_EQ(VoteRows(TableOf({{"o", "s1", "1437"}, {"o", "s2", "3"}, {"o", "s3", "1437"}}, kinds)),
            "o\ta\t1437\t1.000000\n");
}

TEST(Table, StancesAnswerTrueBeforeFalse) {
  EXPECT_EQ(VoteRows(TableOf({{"o", "s1", "supports"},
                              {"o", "s2", "contradicts"},
                              {"o", "s3", "supports"},
                              {"o", "s4", "mentions"}})),
            "o\ta\ttrue\t0.666667\no\ta\tfalse\t0.333333\n");
}

TEST(Table, TheLatestWordOfASourceStands) {
  EXPECT_EQ(
      VoteRows(TableOf(
          {{"o", "s1", "x", "a", "9"}, {"o", "s1", "y", "a", "10"}, {"o", "s2", "x", "a", ""}})),
      "o\ta\tx\t0.500000\no\ta\ty\t0.500000\n");
}

TEST(Table, AValueThatNobodyStandsByAnyMoreHasNoProbability) {
  EXPECT_EQ(VoteRows(TableOf({{"o", "s1", "x", "a", "9"}, {"o", "s1", "y", "a", "10"}})),
            "o\ta\tx\t0.000000\no\ta\ty\t1.000000\n");
  // 11 lies within tolerance of 10, 20 does not.
  const Kinds kinds = {{"a", {ValueKind::kNumber, 2.0, 0.0}}};
  EXPECT_EQ(
      VoteRows(TableOf(
          {{"o", "s1", "20", "a", "1"}, {"o", "s1", "11", "a", "2"}, {"o", "s1", "10", "a", "3"}},
          kinds)),
      "o\ta\t10\t1.000000\no\ta\t20\t0.000000\n");
}

TEST(Table, WholeNumbersUnderAHundredAreCountedOneByOne) {
  std::vector<Said> claims;
  for (int i = 0; i < 40; ++i) {
    claims.push_back({Name("o", i), "s1", "25"});
    claims.push_back({Name("o", i), "s2", "26"});
    claims.push_back({Name("o", i), "s3", "26"});
  }
  const TruthTable table = TableOf(claims);
  EXPECT_EQ(KindText(table.attributes[0].spec), "num:0:0.01");
  EXPECT_EQ(table.values.size(), 2 * table.items.size());
}

TEST(Table, FewNearMissesDoNotWidenATolerance) {
  std::vector<Said> claims;
  const auto add = [&](int items) {
    for (int i = 0; i < items; ++i) {
      const std::string object = Name("o", static_cast<int>(claims.size()));
      for (const auto& [source, value] :
           {std::pair("s1", "1000"), {"s2", "1000"}, {"s3", "1020"}}) {
        claims.push_back({object, source, value});
      }
    }
    return TableOf(claims).attributes[0].spec.relative;
  };
  EXPECT_NEAR(add(9), 0.01, 1e-12);
  EXPECT_NEAR(add(1), 0.04, 1e-12);  // twice the noise of 2%
}

TEST(Table, ASourceOfTwoMindsHasHalfAVoteForEach) {
  EXPECT_EQ(
      VoteRows(TableOf({{"o", "s1", "x"}, {"o", "s1", "y"}, {"o", "s1", "y"}, {"o", "s2", "y"}})),
      "o\ta\tx\t0.250000\no\ta\ty\t0.750000\n");
}

TEST(Table, MissingValuesAreNoClaims) {
  EXPECT_EQ(VoteRows(TableOf({{"o", "s1", ""}, {"o", "s2", "y"}})), "o\ta\ty\t1.000000\n");
}

TEST(Table, KindsAreWorkedOutWhenNotGiven) {
  const TruthTable table = TableOf({{"o", "s1", "1000", "n"},
                                    {"o", "s2", "1004", "n"},
                                    {"o", "s3", "1000", "n"},
                                    {"o", "s1", "1a", "c"},
                                    {"o", "s1", "mentions", "s"}});
  ASSERT_EQ(table.attributes.size(), 3u);
  EXPECT_EQ(table.attributes[0].spec.kind, ValueKind::kCategory);
  EXPECT_EQ(table.attributes[1].spec.kind, ValueKind::kNumber);
  EXPECT_NEAR(table.attributes[1].spec.relative, 0.008, 1e-9);  // twice the noise of 0.4%
  EXPECT_EQ(table.attributes[2].spec.kind, ValueKind::kStance);
  EXPECT_TRUE(table.attributes[1].fitted);
}

TEST(ParseKind, ReadsWhatKindTextWrites) {
  for (const std::string text : {"cat", "stance", "time:10", "num:0:0.01", "num:2.5:0"}) {
    const absl::StatusOr<KindSpec> spec = ParseKind(text);
    ASSERT_TRUE(spec.ok()) << spec.status();
    EXPECT_EQ(KindText(*spec), text);
  }
  for (const std::string text : {"", "time", "time:-1", "time:900", "num:1", "num:a:b", "dog"}) {
    EXPECT_FALSE(ParseKind(text).ok()) << text;
  }
}

TEST(Reader, NamesFileLineAndField) {
  const auto message = [](const absl::Status& status) { return std::string(status.message()); };
  EXPECT_THAT(message(ReadText("o\ta\ts\tv\n\no\ta\n")),
              HasSubstr("claims.tsv:3: 2 tab-separated fields where the columns are object"));
  EXPECT_THAT(message(ReadText("o\t\ts\tv\n")),
              HasSubstr("claims.tsv:1: field 2 (attribute) is empty"));
  EXPECT_THAT(message(ReadText("o\ta\ts\tv\n", "a\ttime:5\n")),
              HasSubstr("claims.tsv:1: value 'v' of attribute 'a' is not a number"));
  EXPECT_THAT(message(ReadText("o\ta\ts\tmaybe\n", "a\tstance\n")),
              HasSubstr("none of supports, contradicts, mentions"));
  EXPECT_THAT(message(ReadText("", "a\tdog\n")), HasSubstr("kinds.tsv:1: kind 'dog'"));
  EXPECT_THAT(message(ReadText("", "a\tcat\na\tcat\n")), HasSubstr("kinds.tsv:2: attribute 'a'"));
  EXPECT_TRUE(ReadText("o\ta\ts\tv\r\no\ta\ts2\tv\tt\n").ok());
  EXPECT_FALSE(ReadTable("/nowhere/claims.tsv", "").ok());
}

TEST(Reader, TakesAHeaderForWhatItIs) {
  std::istringstream in("\xEF\xBB\xBFObject\tattribute\tsource\tvalue\no\ta\ts\tv\n");
  TableBuilder builder({});
  ASSERT_TRUE(ReadClaims(in, "claims.tsv", &builder).ok());
  EXPECT_EQ(builder.size(), 1u);
  EXPECT_TRUE(ReadText("object\tattribute\tsource\tvalue\ttime\n", "attribute\tkind\n").ok());
  const absl::Status swapped = ReadText("source\tobject\tattribute\tvalue\n");
  EXPECT_THAT(std::string(swapped.message()),
              HasSubstr("claims.tsv:1: this looks like a header, but the columns are object"));
  // One word that happens to be a column's name is data.
  EXPECT_TRUE(ReadText("parcel\tsource\tshop\tchina\n").ok());
}

TEST(ScoreTable, NamesTheMethodsThatItKnows) {
  const absl::Status status = ScoreTable(TableOf({{"o", "s", "v"}}), {.method = "oracle"}).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("'oracle' is none of consilience, vote"));
}

TEST(ScoreTable, AnEmptyTableHasNoRows) {
  const TruthTable table = TableOf({});
  for (const MethodInfo& method : Methods()) {
    const absl::StatusOr<TruthResult> result = ScoreTable(table, {.method = method.name});
    ASSERT_TRUE(result.ok()) << method.name;
    std::ostringstream out;
    WriteTsv(table, *result, out);
    EXPECT_EQ(out.str(), "") << method.name;
  }
}

}  // namespace
}  // namespace consilience::corroboration
