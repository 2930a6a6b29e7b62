#include "clients/cli/commands/support.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "fmt/format.h"
#include "services/common/time/clock.h"

namespace consilience::cli {
namespace {

constexpr std::int32_t kLargestPage = 1000;

std::string QuotedValue(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// "7d" is not a duration to Abseil, which stops at hours.
bool ParseAge(std::string_view text, absl::Duration& age) {
  if (!text.empty() && text.back() == 'd') {
    int days = 0;
    const char* end = text.data() + text.size() - 1;
    const auto [last, error] = std::from_chars(text.data(), end, days);
    age = absl::Hours(24) * days;
    return error == std::errc() && last == end;
  }
  return absl::ParseDuration(std::string(text), &age) && age > absl::ZeroDuration() &&
         age != absl::InfiniteDuration();
}

// A count, refused in words that name what would do.
CLI::Validator AtLeast(int least) {
  return CLI::Validator(
      [least](const std::string& text) {
        std::int64_t value = 0;
        const char* end = text.data() + text.size();
        const auto [last, error] = std::from_chars(text.data(), end, value);
        if (error == std::errc() && last == end && value >= least) return std::string();
        return fmt::format("\"{}\" is no number from {} up", text, least);
      },
      "");
}

}  // namespace

const char kAsOfHelp[] =
    "as it was known then, by when documents were taken in and not by when things happened: a day, "
    "an instant, or an age (2h)";

const CLI::Validator& NotNegative() {
  static const auto* const kValidator = new CLI::Validator(AtLeast(0));
  return *kValidator;
}

const CLI::Validator& Positive() {
  static const auto* const kValidator = new CLI::Validator(AtLeast(1));
  return *kValidator;
}

CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer(examples);
  command->fallthrough();
  return command;
}

FilterBuilder& FilterBuilder::And(std::string_view field, std::string_view op,
                                  std::string_view value) {
  if (value.empty()) return *this;
  return AndRaw(fmt::format("{} {} {}", field, op, QuotedValue(value)));
}

FilterBuilder& FilterBuilder::AndWord(std::string_view field, std::string_view word) {
  if (word.empty()) return *this;
  return AndRaw(fmt::format("{} = {}", field, UpperSnake(word)));
}

FilterBuilder& FilterBuilder::AndRaw(std::string filter) {
  if (filter.empty()) return *this;
  text_ = text_.empty() ? std::move(filter) : fmt::format("({}) AND {}", text_, filter);
  return *this;
}

std::string UpperSnake(std::string_view word) {
  std::string out;
  for (const char c : word) {
    out +=
        c == '-' || c == ' ' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(std::string_view text,
                                                         std::string_view flag) {
  const std::string value(text);
  absl::Time time;
  absl::Duration age;
  absl::CivilDay day;
  if (value == "now") {
    time = absl::Now();
  } else if (ParseAge(value, age)) {
    time = absl::Now() - age;
  } else if (absl::ParseCivilTime(value, &day)) {
    time = absl::FromCivil(day, absl::UTCTimeZone());
  } else if (const auto instant = common::ParseRfc3339(value)) {
    time = *instant;
  } else {
    return absl::InvalidArgumentError(
        fmt::format("{} \"{}\" is no instant; write 2016-11-22, 2016-11-22T12:00:00Z, or an age "
                    "such as 2h or 7d",
                    flag, value));
  }
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return timestamp;
}

absl::Status CheckDay(std::string_view day, std::string_view flag) {
  if (day.empty() || common::IsIsoDay(day)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      fmt::format("{} \"{}\" is no day; write year-month-day, for instance 2016-11-22", flag, day));
}

void AddListOptions(CLI::App* command, ListOptions& options, const std::string& fields,
                    const std::string& orders) {
  command->add_option("--filter", options.filter, "condition over " + fields)
      ->option_text("CONDITION");
  command->add_option("--order-by", options.order_by, orders)->option_text("FIELD");
  command->add_option("--limit", options.limit, "at most this many; 0, the default, means all")
      ->option_text("N")
      ->check(NotNegative());
  command
      ->add_option("--page-size", options.page_size, "how many to fetch with one call, up to 1000")
      ->option_text("N")
      ->check(NotNegative());
}

const char kFacts[] = "NOT (kind = STATEMENT OR kind = DENIAL)";
const char kSpeech[] = "(kind = STATEMENT OR kind = DENIAL)";

bool FactsFirst(const Context& context, const ListOptions& options, const std::string& kind) {
  return context.is_text() && options.order_by.empty() && kind.empty() &&
         options.filter.find("kind") == std::string::npos;
}

std::string AsKnown(const std::string& filter, const std::string& as_of) {
  if (as_of.empty()) return filter;
  return fmt::format("{}{}what was known at --as-of {}", filter, filter.empty() ? "" : "; ", as_of);
}

std::int32_t PageSize(const ListOptions& options) {
  if (options.page_size > 0) return options.page_size;
  if (options.limit == 0 || options.limit > kLargestPage) return kLargestPage / 4;
  return static_cast<std::int32_t>(options.limit);
}

}  // namespace consilience::cli
