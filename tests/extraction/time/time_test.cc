#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/extraction/quantity/number_reader.h"
#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_tagger.h"
#include "tests/extraction/golden.h"

namespace consilience::extraction {
namespace {

constexpr const char* kTypes[] = {"DATE", "TIME", "DURATION", "SET"};

class TimeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto analyser = TextAnalyser::Load(testing::RulesPath(), vocabulary_);
    auto reader = NumberReader::Load(testing::RulesPath(), vocabulary_);
    auto tagger = TimeTagger::Load(testing::RulesPath(), vocabulary_);
    ASSERT_TRUE(analyser.ok() && reader.ok());
    ASSERT_TRUE(tagger.ok()) << tagger.status().message();
    analyser_.emplace(*std::move(analyser));
    reader_.emplace(*std::move(reader));
    tagger_.emplace(*std::move(tagger));
  }

  std::vector<TimeMention> Tag(const std::string& stored, const std::string& date) const {
    const Text text = analyser_->Analyse(stored);
    return tagger_->Tag(text, reader_->Read(text), date);
  }

  Vocabulary vocabulary_;
  std::optional<TextAnalyser> analyser_;
  std::optional<NumberReader> reader_;
  std::optional<TimeTagger> tagger_;
};

// Each case: "text", "date" and "times": [[words, type, value]].
TEST_F(TimeTest, Golden) {
  for (const auto& golden : testing::ReadGolden("time/times.jsonl")) {
    const auto stored = golden["text"].get<std::string>();
    SCOPED_TRACE(stored);
    auto shown = nlohmann::json::array();
    for (const TimeMention& time : Tag(stored, golden["date"])) {
      shown.push_back({time.span.In(stored), kTypes[static_cast<int>(time.type)], time.value});
    }
    EXPECT_EQ(shown, golden["times"]);
  }
}

TEST_F(TimeTest, EveryWeekdayResolvesToThatWeekday) {
  const std::vector<std::string> names = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday"};
  for (int shift = 0; shift < 7; ++shift) {
    const absl::CivilDay published = absl::CivilDay(2016, 11, 14) + shift;
    for (const char* frame : {"It fell on {}.", "He will come on {}.", "Since {}, it rained.",
                              "It fell last {}.", "It comes next {}."}) {
      for (size_t i = 0; i < names.size(); ++i) {
        std::string stored = frame;
        stored.replace(stored.find("{}"), 2, names[i]);
        const auto times = Tag(stored, FormatDay(published));
        ASSERT_EQ(times.size(), 1u) << stored;
        const auto day = ParseDay(times[0].value);
        ASSERT_TRUE(day) << stored << times[0].value;
        EXPECT_EQ(WeekdayOf(*day), static_cast<int>(i) + 1) << stored;
        EXPECT_LE(std::abs(*day - published), 7) << stored;
      }
    }
  }
}

TEST_F(TimeTest, SinceOpensAWindowToThePublicationDate) {
  const auto times = Tag("More than 950 have been killed since 19 September.", "2016-11-22");
  ASSERT_EQ(times.size(), 1u);
  EXPECT_TRUE(times[0].since);
  EXPECT_EQ(times[0].value, "2016-09-19");
  EXPECT_EQ(times[0].days, (DayRange{"2016-09-19", "2016-11-22"}));
}

TEST_F(TimeTest, NthDayKnowsItsWindow) {
  const auto times = Tag("pounded for the 8th day in a row", "2016-11-22");
  ASSERT_EQ(times.size(), 1u);
  EXPECT_EQ(times[0].days, (DayRange{"2016-11-15", "2016-11-22"}));
}

TEST_F(TimeTest, ReportsAWeekdayThatDoesNotFitItsDate) {
  EXPECT_TRUE(Tag("Tuesday, 23 November 2016", "")[0].weekday_mismatch);
  EXPECT_FALSE(Tag("Wednesday, 23 November 2016", "")[0].weekday_mismatch);
}

TEST_F(TimeTest, NothingRelativeIsResolvedWithoutADate) {
  for (const TimeMention& time :
       Tag("On Friday, last week, today, this month, two weeks ago, on May 5 and tonight.", "")) {
    EXPECT_FALSE(time.resolved && time.type == TimeType::kDate) << time.value;
    EXPECT_TRUE(time.days.empty()) << time.value;
  }
}

TEST_F(TimeTest, SpansStayWithinDamagedTexts) {
  for (const auto& golden : testing::ReadGolden("time/times.jsonl")) {
    for (const std::string& stored : testing::Mutations(golden["text"], 40)) {
      size_t last = 0;
      for (const TimeMention& time : Tag(stored, "2016-11-22")) {
        EXPECT_LT(time.span.begin, time.span.end);
        EXPECT_LE(last, time.span.begin);
        last = time.span.end;
      }
      EXPECT_LE(last, stored.size());
    }
  }
}

TEST_F(TimeTest, MentionsAreInOrderAndDoNotOverlap) {
  std::string all;
  for (const auto& golden : testing::ReadGolden("time/times.jsonl")) {
    all += golden["text"].get<std::string>() + " ";
  }
  const auto times = Tag(all, "2016-11-22");
  EXPECT_GT(times.size(), 60u);
  for (size_t i = 1; i < times.size(); ++i) {
    EXPECT_LE(times[i - 1].span.end, times[i].span.begin);
  }
}

}  // namespace
}  // namespace consilience::extraction
