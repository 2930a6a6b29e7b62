// A sentence under test meets what is known of its matter under a topic key, wherever the fit of
// the two would be more than nothing.
#include "services/corroboration/matching/topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/corroboration/support/world.h"
#include "tests/support/paths.h"

namespace consilience::corroboration::testing {
namespace {

using ::testing::IsEmpty;

class TopicsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const DocumentRecord& record :
         ReadRecords(consilience::testing::SourceFile("tests/corroboration/data/seeds.jsonl"))) {
      ASSERT_TRUE(world_.engine().Record(record).ok());
    }
    const ClaimView view = world_.ClaimOf("141 civilians");
    const auto& parts = world_.engine().parts();
    known_ = MakeEntry(view.in.record->members.front(), parts.config, parts.places).facet;
    statement_ = known_;
  }

  bool Meet() const {
    const auto known = TopicKeys(known_);
    const auto asked = TopicKeysAround(statement_, world_.engine().parts().places);
    return std::any_of(known.begin(), known.end(), [&](uint64_t key) {
      return std::binary_search(asked.begin(), asked.end(), key);
    });
  }

  mutable World world_;
  Facet known_;
  Facet statement_;
};

TEST_F(TopicsTest, WhatIsTheSameMeets) { EXPECT_TRUE(Meet()); }

TEST_F(TopicsTest, WindowsOfOneMonthMeetOnBothSidesOfAnyBorder) {
  for (int day = -100; day < 100; ++day) {
    known_.from = day;
    known_.to = day + 2;
    for (const int apart : {-31, -1, 0, 1, 31}) {
      statement_.from = day + apart;
      statement_.to = day + apart;
      EXPECT_TRUE(Meet()) << day << " " << apart;
    }
  }
}

TEST_F(TopicsTest, AYearApartIsAnotherTopic) {
  statement_.from += 365;
  statement_.to += 365;
  EXPECT_FALSE(Meet());
}

TEST_F(TopicsTest, ALongWindowIsMetFromAnyDayAndMeetsItsLastMonths) {
  known_.from = statement_.from - 3000;
  EXPECT_TRUE(Meet());
  std::swap(known_, statement_);
  EXPECT_TRUE(Meet());
}

TEST_F(TopicsTest, ADistrictMeetsItsCityAndItsCountryButNoOtherCity) {
  const auto& places = world_.engine().parts().places;
  const std::vector<std::string> around = places.Around(statement_.anchor);
  ASSERT_GE(around.size(), 3U);
  for (const std::string& place : around) {
    known_.place = place;
    known_.anchor = place;
    EXPECT_TRUE(Meet()) << place;
  }
  known_.anchor = "another";
  EXPECT_FALSE(Meet());
}

TEST_F(TopicsTest, WithoutAPlaceOrADayThereIsNoTopic) {
  const auto& places = world_.engine().parts().places;
  statement_.from = kNoDay;
  EXPECT_THAT(TopicKeysAround(statement_, places), IsEmpty());
  statement_ = known_;
  statement_.place = "document:x";
  EXPECT_THAT(TopicKeysAround(statement_, places), IsEmpty());
  EXPECT_THAT(TopicKeys(statement_), IsEmpty());
}

}  // namespace
}  // namespace consilience::corroboration::testing
