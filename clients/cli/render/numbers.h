// Numbers, days and instants as a person reads them.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_NUMBERS_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_NUMBERS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "consilience/common/v1/place_time.pb.h"
#include "consilience/common/v1/quantity.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace consilience::cli {

// "450,000", "12.5": at most two decimals.
std::string WithThousands(double value);

// ".93" has no place here: "0.93", "1.00".
std::string Score(double value);

// "1.2", "3": effective counts, one decimal unless it is zero.
std::string Effective(double value);

// "1 document", "3 documents".
std::string Counted(size_t count, std::string_view singular, std::string_view plural);

// Short, for tables: "141", "> 140", "≥ 45", "~30", "10–12", "33%". Empty when nothing was stated.
std::string ShortQuantity(const common::v1::Quantity& quantity);

// "22 Nov 2016"; text that is no ISO day comes back as it is.
std::string Day(std::string_view iso_day);

// "15–22 Nov 2016", "from 19 Sep 2016", "2011"; empty when nothing is known.
std::string Window(const common::v1::DayRange& days);

// "2016-11-22 14:03:07Z"; empty for the epoch.
std::string Instant(const google::protobuf::Timestamp& time);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_NUMBERS_H_
