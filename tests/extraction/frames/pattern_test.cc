#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/extraction/pack/pattern.h"

namespace consilience::extraction {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::optional<std::string> Macros(std::string_view name) {
  if (name == "TWO") return "$b $b";
  if (name == "LOOP") return "LOOP";
  return std::nullopt;
}

class PatternTest : public ::testing::Test {
 protected:
  PatternTest() {
    for (const char* name : {"$a", "$b", "$c"}) classes_.Intern(name);
  }

  absl::StatusOr<Pattern> Compile(std::string_view source) {
    return Pattern::Compile(source, classes_, Macros);
  }

  // A row in which each letter is a unit: a, b, c are word classes, S a skipped unit, "." a strong
  // mark.
  std::vector<ClassSet> Row(std::string_view letters) {
    std::vector<ClassSet> row;
    for (const char letter : letters) {
      ClassSet set;
      if (letter == 'S') set.set(kSkip);
      if (letter == '.') set.set(kStrong);
      if (letter == 'P') set.set(kPeople);
      if (letter >= 'a' && letter <= 'c') set.set(classes_.Find(std::string("$") + letter));
      row.push_back(set);
    }
    return row;
  }

  // Length of the match at the start of the row, -1 when there is none.
  int Length(std::string_view source, std::string_view letters) {
    auto pattern = Compile(source);
    EXPECT_TRUE(pattern.ok()) << pattern.status();
    if (!pattern.ok()) return -2;
    const auto match = pattern->MatchAt(Row(letters), 0);
    return match ? static_cast<int>(match->end) : -1;
  }

  std::string Error(std::string_view source) {
    const auto pattern = Compile(source);
    EXPECT_FALSE(pattern.ok()) << source;
    return std::string(pattern.status().message());
  }

  ClassTable classes_;
};

TEST_F(PatternTest, ItemsInSequence) {
  EXPECT_EQ(Length("$a $b", "abc"), 2);
  EXPECT_EQ(Length("$a $b", "acb"), -1);
}

TEST_F(PatternTest, ChoicesTakeTheFirstThatLeadsOn) {
  EXPECT_EQ(Length("($a | $a $b) $c", "abc"), 3);
  EXPECT_EQ(Length("($a $b | $c)", "c"), 1);
}

TEST_F(PatternTest, RepetitionsAreGreedyAndGiveBack) {
  EXPECT_EQ(Length("$a $b* $c", "abbbc"), 5);
  EXPECT_EQ(Length("$a $b? $b", "ab"), 2);
  EXPECT_EQ(Length("$a{2,3}", "aaaa"), 3);
  EXPECT_EQ(Length("$a{2,3}", "ab"), -1);
}

TEST_F(PatternTest, SkippedUnitsDoNotStandInTheWay) {
  EXPECT_EQ(Length("$a $b", "aSSb"), 4);
  EXPECT_EQ(Length("$a $b", "aSSSSSSb"), -1);
}

TEST_F(PatternTest, AnyStopsAtAStrongMark) {
  EXPECT_EQ(Length("$a . $b", "acb"), 3);
  EXPECT_EQ(Length("$a . $b", "a.b"), -1);
}

TEST_F(PatternTest, NegationLooksAheadWithoutTaking) {
  EXPECT_EQ(Length("$a !$b", "ac"), 1);
  EXPECT_EQ(Length("$a !$b", "ab"), -1);
  EXPECT_EQ(Length("$a !($b | $c)", "a"), 1);
}

TEST_F(PatternTest, BoundsOfTheSentence) {
  EXPECT_EQ(Length("BEGIN $a END", "a"), 1);
  EXPECT_EQ(Length("$a END", "a."), 1);
  EXPECT_EQ(Length("$a END", "ab"), -1);
}

TEST_F(PatternTest, MacrosAreParts) { EXPECT_EQ(Length("$a TWO $c", "abbc"), 4); }

TEST_F(PatternTest, LabelsCapture) {
  const auto pattern = Compile("$a victims:PEOPLE trigger:$b");
  ASSERT_TRUE(pattern.ok());
  const auto match = pattern->MatchAt(Row("aSPb"), 0);
  ASSERT_TRUE(match);
  EXPECT_EQ((*match)[Role::kVictims].begin, 2);
  EXPECT_EQ((*match)[Role::kTrigger].begin, 3);
  EXPECT_FALSE((*match)[Role::kActor].captured());
}

TEST_F(PatternTest, RequiredClassesAllowAQuickNo) {
  const auto pattern = Compile("$a $b? ($a | $c) $c");
  ASSERT_TRUE(pattern.ok());
  EXPECT_THAT(pattern->required(), ElementsAre(classes_.Find("$c"), classes_.Find("$a")));
  EXPECT_TRUE(pattern->first()[classes_.Find("$a")]);
  EXPECT_FALSE(pattern->first()[classes_.Find("$c")]);
}

TEST_F(PatternTest, NestedRepetitionsStayCheap) {
  const std::string letters(400, 'b');
  EXPECT_EQ(Length("$b (($b*)* $b*)* $c", letters), -1);
}

TEST_F(PatternTest, ErrorsSayWhatAndWhere) {
  EXPECT_THAT(Error("$a $none"), HasSubstr("no words have this class"));
  EXPECT_THAT(Error("$a NOTHING"), HasSubstr("neither a phrase class nor a macro"));
  EXPECT_THAT(Error("who:$a"), HasSubstr("unknown label"));
  EXPECT_THAT(Error("$a{3,2}"), HasSubstr("{least,most}"));
  EXPECT_THAT(Error("$a?"), HasSubstr("may match nothing"));
  EXPECT_THAT(Error("($a"), HasSubstr("expected \")\""));
  EXPECT_THAT(Error("LOOP $a"), HasSubstr("nest too deep"));
  EXPECT_THAT(Error("$a %%"), HasSubstr("character 1 of \"%%\""));
}

}  // namespace
}  // namespace consilience::extraction
