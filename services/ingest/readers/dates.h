// Calendar days as the press and its machines write them.
#ifndef CONSILIENCE_SERVICES_INGEST_READERS_DATES_H_
#define CONSILIENCE_SERVICES_INGEST_READERS_DATES_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/text/span.h"

namespace consilience::ingest {

using Day = std::chrono::year_month_day;

// "2016-11-22".
std::string ToIso(Day day);

// "2016-11-22" exactly, and a day that there was.
std::optional<Day> ParseIsoDay(std::string_view text);

// The day that a machine-readable value names, in the value's own zone: ISO 8601 days and instants
// ("2016-11-22T10:30:00Z", "20161122T103000Z"), RFC 822 ("Tue, 22 Nov 2016 10:30:00 GMT"), and what
// FindDates reads.
std::optional<Day> ParseTimestamp(std::string_view text);

// A date with its year, written out in English: "22 November 2016", "Nov. 22, 2016",
// "Tuesday, 22nd November, 2016", "2016-11-22". All-figure dates such as 11/22/2016 are read only
// when a single order of day and month makes them a date.
struct DatedWords {
  common::Span span;  // the weekday included, where there is one
  Day day;
  bool has_weekday = false;
  bool weekday_agrees = false;
};
std::vector<DatedWords> FindDates(std::string_view text);

// Which days can be evidence of publication.
struct DatePolicy {
  std::string today;                    // ISO day; empty: nothing is in the future
  std::string earliest = "1850-01-01";  // ISO day
  // Nothing when `day` can be evidence, else why not: "is in the future".
  std::optional<std::string> Refusal(Day day) const;
};

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_READERS_DATES_H_
