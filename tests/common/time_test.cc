#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>

#include "services/common/time/clock.h"
#include "services/common/time/ids.h"
#include "services/common/time/sleeper.h"

namespace consilience::common {
namespace {

TEST(Rfc3339, RoundTrips) {
  for (const char* text : {"2016-11-22T09:30:00Z", "2016-11-22T09:30:00.25Z"}) {
    const auto time = ParseRfc3339(text);
    ASSERT_TRUE(time.has_value()) << text;
    EXPECT_EQ(FormatRfc3339(*time), text);
  }
  EXPECT_EQ(FormatRfc3339(*ParseRfc3339("2016-11-22T09:30:00+02:00")), "2016-11-22T07:30:00Z");
}

TEST(Rfc3339, RefusesWhatIsNotAnInstant) {
  for (const char* text :
       {"", "2016-11-22", "2016-11-31T00:00:00Z", "yesterday", "infinite-future"}) {
    EXPECT_FALSE(ParseRfc3339(text).has_value()) << text;
  }
}

TEST(IsoDay, KnowsTheCalendar) {
  EXPECT_TRUE(IsIsoDay("2016-02-29"));
  for (const char* text :
       {"2015-02-29", "2016-13-01", "2016-1-01", "22-11-2016", "2016-11-22 ", ""}) {
    EXPECT_FALSE(IsIsoDay(text)) << text;
  }
}

TEST(UuidV7, SortsByTheOrderOfMakingEvenWithinOneMillisecond) {
  FakeClock clock(absl::FromUnixMillis(0x0193A5D47F2C));
  UuidV7Generator ids(clock);
  std::string previous;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = ids.Next();
    EXPECT_LT(previous, id);
    previous = id;
  }
  EXPECT_EQ(previous.size(), 36U);
  EXPECT_EQ(previous.substr(0, 8), "0193a5d4");
  EXPECT_EQ(previous[14], '7');
  EXPECT_NE(std::string("89ab").find(previous[19]), std::string::npos);
}

TEST(UuidV7, StaysInOrderWhenTheClockGoesBack) {
  FakeClock clock(absl::FromUnixMillis(2'000'000));
  UuidV7Generator ids(clock);
  const std::string before = ids.Next();
  clock.Advance(-absl::Seconds(10));
  EXPECT_LT(before, ids.Next());
}

TEST(UuidV7, StaysBehindWhatAnotherProcessMadeWithAFasterClock) {
  FakeClock fast(absl::FromUnixMillis(2'000'500));
  FakeClock slow(absl::FromUnixMillis(2'000'000));
  UuidV7Generator theirs(fast);
  UuidV7Generator ours(slow);
  for (int i = 0; i < 5000; ++i) {
    const std::string id = i % 3 == 0 ? theirs.Next() : ours.Next();
    theirs.NotBefore(id);
    ours.NotBefore(id);
    EXPECT_LT(id, ours.Next());
    EXPECT_LT(id, theirs.Next());
  }
  const std::string before = ours.Next();
  ours.NotBefore("not one of these");
  ours.NotBefore("00000000-0001-7000-8000-000000000000");
  EXPECT_LT(before, ours.Next());
}

TEST(Sleeper, AWakeBeforeTheSleepEndsIt) {
  RealSleeper sleeper;
  sleeper.Wake();
  sleeper.Sleep(absl::InfiniteDuration());
}

TEST(Sleeper, TheFakeMovesItsClock) {
  FakeClock clock(absl::UnixEpoch());
  FakeSleeper sleeper(clock);
  sleeper.Sleep(absl::Minutes(3));
  EXPECT_EQ(clock.Now(), absl::UnixEpoch() + absl::Minutes(3));
  EXPECT_EQ(sleeper.slept(), std::vector<absl::Duration>{absl::Minutes(3)});
}

}  // namespace
}  // namespace consilience::common
