// One pass over one text; the implementation of TimeTagger. Readers try one kind of expression at
// one token and return what they found, or nothing; each looks at a bounded number of tokens.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_PASS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_PASS_H_

#include <absl/time/civil_time.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/extraction/quantity/number.h"
#include "services/extraction/text/text.h"
#include "services/extraction/time/time_words.h"

namespace consilience::extraction {

class TimePass {
 public:
  TimePass(const TimeWords& words, const Text& text, std::span<const Number> numbers,
           std::optional<absl::CivilDay> published);

  std::vector<TimeMention> Run();

 private:
  using Kind = TimeWordKind;

  struct Expression {
    size_t begin = 0;  // tokens, `end` not included
    size_t end = 0;
    TimeMention mention;
    std::optional<absl::CivilDay> day;  // the one day meant, for what refers back to it
  };
  // Most readers find nothing most of the time, which must cost nothing.
  using Found = std::optional<Expression>;

  // A count before a unit: "two", "several" (value 0), "a".
  struct Count {
    size_t end = 0;
    double value = 0;  // 0: not said
  };

  // Words (time_pass.cc).
  const TimeWord& WordAt(size_t at) const {
    return words_.Of(at < text_.size() ? &text_[at] : nullptr);
  }
  bool Is(size_t at, Kind kind) const { return WordAt(at).is(kind); }
  std::string_view PhraseCode(size_t at) const;  // of the longest phrase that starts here
  std::string_view Lower(size_t at) const {
    return at < text_.size() ? text_.Lower(at) : std::string_view();
  }
  char Mark(size_t at) const { return at < text_.size() ? text_[at].mark : '\0'; }
  const Number* NumberAt(size_t at) const;
  // An integer in plain digits between `least` and `most`; -1 if there is none.
  int DigitsAt(size_t at, int least, int most) const;
  size_t SkipHyphen(size_t at) const { return Mark(at) == '-' ? at + 1 : at; }
  Expression Make(size_t begin, size_t end, TimeType type, std::string value,
                  const char* rule) const;
  bool MayStart(size_t at) const;
  TimeKinds OpeningAt(size_t at) const;
  Found ReadAt(size_t at) const;
  void Add(Expression found);
  void ExtendSeries(size_t at);

  // Tense and anchors (anchors.cc).
  Tense TenseAround(size_t begin, size_t end) const;
  bool IsSince(size_t begin) const;
  std::optional<absl::CivilDay> ResolveWeekday(int weekday, size_t begin, size_t end) const;
  std::optional<absl::CivilDay> ResolveYearless(int month, int day, size_t begin, size_t end) const;
  std::optional<absl::CivilDay> NearbyDay(size_t begin, size_t end) const;

  // Dates (dates.cc).
  Found ReadDate(size_t at) const;
  Found ReadMonthFirst(size_t at, size_t begin) const;
  Found ReadDayFirst(size_t at, size_t begin) const;
  Found ReadNumericDate(size_t at) const;
  Found ReadDottedDate(size_t at) const;
  Found ReadWeekday(size_t at) const;
  Found ReadYear(size_t at) const;
  Found ReadHoliday(size_t at) const;
  Expression WeekOf(size_t begin, size_t end, std::optional<absl::CivilDay> day) const;
  Found MakeDate(size_t begin, size_t end, int year, int month, int day) const;
  Found ReadDayOfPair(size_t at, int day, size_t end) const;
  Expression MakeDay(size_t begin, size_t end, absl::CivilDay day, const char* rule) const;
  int YearAfter(size_t at, size_t& end, bool after_day) const;
  int DayOfMonth(size_t at, size_t& end) const;
  int MonthAt(size_t at, bool in_date) const;
  bool LooksLikeYear(size_t at) const;
  bool CountsWhatFollows(size_t at) const;
  bool IsAnnouncedYear(size_t at) const;
  void AddPart(Expression& found) const;

  // Quarters, halves and centuries (periods.cc).
  struct Nth {
    size_t end = 0;
    int which = 0;
    char unit = '\0';  // 'Q', 'H' or 'C'
  };
  Nth ReadNth(size_t at) const;
  Found ReadPeriod(size_t at) const;

  // Times of day (clock.cc).
  Found ReadClock(size_t at) const;
  Found ReadPart(size_t at) const;
  Found MakeTime(size_t begin, size_t end, int hour, int minute) const;
  Found WithDayAfter(size_t end) const;
  bool IsMilitaryTime(size_t at) const;
  Found ReadDottedClock(size_t at) const;

  // Expressions relative to the publication date (relative.cc).
  Found ReadRelative(size_t at) const;
  Found ReadDeictic(size_t at) const;
  Found ReadShifted(size_t at) const;
  Found ReadUnitOf(size_t begin, size_t at, int shift) const;
  Found ReadWindow(size_t begin, size_t at, bool past) const;
  Found ReadNamedOf(size_t begin, size_t at, int shift) const;
  Found ReadSeason(size_t begin, size_t at, int shift) const;
  Found ReadBackReference(size_t begin, size_t at) const;
  Found ReadNthDay(size_t at) const;
  Found ReadDayBeside(size_t at) const;
  bool LastsVerb(size_t at) const;

  // Durations and sets (durations.cc).
  Found ReadAgo(size_t begin, size_t end, double count, std::string_view unit) const;
  Found ReadDuration(size_t at) const;
  Found ReadBareUnits(size_t at) const;
  Found ReadSet(size_t at) const;
  Found ReadTimesPer(size_t at) const;
  Count ReadCount(size_t at) const;
  bool IsLongUnit(size_t at) const;

  const TimeWords& words_;
  const Text& text_;
  std::span<const Number> numbers_;
  std::optional<absl::CivilDay> published_;
  std::vector<int32_t> number_at_;  // by token: the number that starts there, or -1
  std::vector<TimeMention> mentions_;
  std::optional<absl::CivilDay> last_day_;  // the last single day that the text spoke of
  size_t last_end_ = 0;                     // of the last mention, in tokens
};

// "P3D", "PT5H30M", "PXW": a TIMEX3 duration; `count` 0 is "X".
std::string DurationValue(double count, std::string_view unit);

// What stands `count` units from `day`, at the precision of the unit: "1999-11" for two months.
std::string ShiftedValue(absl::CivilDay day, int64_t count, std::string_view unit, DayRange& days);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_PASS_H_
