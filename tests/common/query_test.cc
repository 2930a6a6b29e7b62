#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/common/errors/error.h"
#include "services/common/query/filter.h"
#include "services/common/query/page_token.h"

namespace consilience::common {
namespace {

const std::vector<FilterField> kFields = {"state", "outlet", "date", "count"};

bool Matches(std::string_view text, const std::map<std::string, std::string, std::less<>>& item) {
  const auto filter = Filter::Parse(text, kFields);
  EXPECT_TRUE(filter.ok()) << text << ": " << filter.status();
  return filter->Matches([&](std::string_view field) {
    const auto found = item.find(field);
    return found == item.end() ? std::string() : found->second;
  });
}

TEST(Filter, ComparesTextNumbersAndAbsence) {
  const std::map<std::string, std::string, std::less<>> item = {
      {"state", "FAILED"}, {"date", "2016-11-22"}, {"count", "9"}};
  for (const char* text :
       {"", "state = FAILED", "state:fail", "date >= \"2016-11-01\" AND date < 2016-12-01",
        "count < 10", "NOT outlet:*", "outlet != Reuters", "-state = PENDING",
        "state = PENDING OR state = FAILED AND count = 9", "(state = FAILED)"}) {
    EXPECT_TRUE(Matches(text, item)) << text;
  }
  for (const char* text : {"state = PENDING", "outlet:*", "outlet > A", "count > 10",
                           "state = FAILED AND NOT count = 9"}) {
    EXPECT_FALSE(Matches(text, item)) << text;
  }
}

TEST(Filter, OrBindsTighterThanAnd) {
  // (A OR B) AND C, which is false; A OR (B AND C) would be true.
  EXPECT_FALSE(Matches("state = A OR state = B AND outlet = C", {{"state", "A"}}));
}

TEST(Filter, AValueThatAFieldNeverHasIsRefusedWithThoseItMayHave) {
  const std::vector<FilterField> fields = {{"state", {"DISPUTED", "SETTLED"}}, "place"};
  const auto wrong = Filter::Parse("place = x AND state = DISPTED", fields).status();
  EXPECT_EQ(ErrorReason(wrong), "FILTER_INVALID");
  EXPECT_THAT(std::string(wrong.message()), testing::HasSubstr("DISPUTED, SETTLED"));
  EXPECT_TRUE(Filter::Parse("state : DISP OR state != SETTLED", fields).ok());
}

TEST(Filter, WordsMayBeWrittenAsTheyCome) {
  using Type = FilterField::Type;
  const std::vector<FilterField> fields = {{"state", {"SINGLE_ORIGIN"}}, {"kind", Type::kWord}};
  const std::map<std::string, std::string> item = {{"state", "SINGLE_ORIGIN"},
                                                   {"kind", "CASUALTY"}};
  for (const char* text :
       {"state = single-origin", "state = \"Single Origin\"", "kind = casualty"}) {
    const auto filter = Filter::Parse(text, fields);
    ASSERT_TRUE(filter.ok()) << filter.status();
    EXPECT_TRUE(filter->Matches([&](std::string_view field) {
      return item.at(std::string(field));
    })) << text;
  }
}

TEST(Filter, ANumberIsComparedWithNumbers) {
  const std::vector<FilterField> fields = {{"score", FilterField::Type::kNumber}};
  const auto wrong = Filter::Parse("score > abc", fields).status();
  EXPECT_EQ(ErrorReason(wrong), "FILTER_INVALID");
  EXPECT_THAT(std::string(wrong.message()), testing::HasSubstr("score is a number"));
  EXPECT_TRUE(Filter::Parse("score:*", fields).ok());
}

TEST(Filter, ADayIsComparedWithDays) {
  const std::vector<FilterField> fields = {{"from", FilterField::Type::kDay}};
  for (const char* day :
       {"2016-11-22", "2016-11", "2016", "2016-02-29", "2016-11-22T10:00:00Z", ""}) {
    EXPECT_TRUE(Filter::Parse("from >= \"" + std::string(day) + "\"", fields).ok()) << day;
  }
  for (const char* none :
       {"foo", "22.11.2016", "2016-13-01", "2016-1", "2016-11-22x", "20161122"}) {
    const auto wrong = Filter::Parse("from >= \"" + std::string(none) + "\"", fields).status();
    EXPECT_EQ(ErrorReason(wrong), "FILTER_INVALID") << none;
    EXPECT_THAT(std::string(wrong.message()), testing::HasSubstr(none));
  }
}

TEST(Filter, ErrorsNameThePlaceOrTheField) {
  const auto unknown = Filter::Parse("colour = red", kFields).status();
  EXPECT_EQ(ErrorReason(unknown), "FILTER_FIELD_UNKNOWN");
  EXPECT_THAT(std::string(unknown.message()), testing::HasSubstr("state, outlet"));
  const std::pair<const char*, const char*> broken[] = {{"state =", "7"},
                                                        {"state", "5"},
                                                        {"= x", "0"},
                                                        {"(state = x", "10"},
                                                        {"state = x state = y", "10"},
                                                        {"state = \"x", "8"},
                                                        {"state = x AND", "13"}};
  for (const auto& [text, position] : broken) {
    const auto status = Filter::Parse(text, kFields).status();
    EXPECT_EQ(ErrorReason(status), "FILTER_INVALID") << text;
    EXPECT_EQ(ErrorMetadataOf(status)["position"], position) << text;
  }
}

TEST(Filter, DeepNestingIsRefusedNotFollowed) {
  const std::string deep(100'000, '(');
  EXPECT_EQ(ErrorReason(Filter::Parse(deep, kFields).status()), "FILTER_INVALID");
}

TEST(PageToken, BelongsToItsQuery) {
  const std::string token = MakePageToken("filter-a", "42");
  EXPECT_EQ(ReadPageToken(token, "filter-a").value(), "42");
  EXPECT_EQ(ErrorReason(ReadPageToken(token, "filter-b").status()), "PAGE_TOKEN_INVALID");
  EXPECT_EQ(ErrorReason(ReadPageToken("!!", "filter-a").status()), "PAGE_TOKEN_INVALID");
}

TEST(PageSize, HasADefaultAndAMost) {
  EXPECT_EQ(PageSize(0).value(), 50U);
  EXPECT_EQ(PageSize(5000).value(), 1000U);
  EXPECT_EQ(ErrorReason(PageSize(-1).status()), "FIELD_INVALID");
}

}  // namespace
}  // namespace consilience::common
