#include "services/extraction/time/time_pass.h"

#include <algorithm>
#include <cmath>

#include "services/extraction/time/calendar.h"
#include "services/extraction/time/time_tagger.h"

namespace consilience::extraction {
namespace {

// What may open an expression beside the kinds of words.
constexpr TimeKinds kDigits = TimeKinds{1} << 63;
constexpr TimeKinds kNumber = TimeKinds{1} << 62;  // in digits or words, or "Q3"

}  // namespace

absl::StatusOr<TimeTagger> TimeTagger::Load(const std::filesystem::path& rules,
                                            Vocabulary& vocabulary) {
  absl::StatusOr<TimeWords> words = TimeWords::Load(rules, vocabulary);
  if (!words.ok()) return words.status();
  return TimeTagger(*std::move(words));
}

std::vector<TimeMention> TimeTagger::Tag(const Text& text, std::span<const Number> numbers,
                                         std::string_view published) const {
  return TimePass(words_, text, numbers, ParseDay(published)).Run();
}

TimePass::TimePass(const TimeWords& words, const Text& text, std::span<const Number> numbers,
                   std::optional<absl::CivilDay> published)
    : words_(words),
      text_(text),
      numbers_(numbers),
      published_(published),
      number_at_(text.size(), -1) {
  for (size_t i = 0; i < numbers.size(); ++i) {
    number_at_[numbers[i].begin] = static_cast<int32_t>(i);
  }
}

std::vector<TimeMention> TimePass::Run() {
  constexpr size_t kUsualMentions = 16;  // most texts have no more, and none is moved
  mentions_.reserve(kUsualMentions);
  const uint32_t mark = words_.phrases().mark();
  const std::span<const Token> tokens = text_.tokens();
  for (size_t at = 0; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    const bool number = number_at_[at] >= 0 || token.is_number() || token.is(kHasDigit);
    if (!number && ((token.marks & mark) == 0 || !MayStart(at))) continue;
    Found found = ReadAt(at);
    if (!found) continue;
    at = found->end - 1;
    Add(*std::move(found));
    ExtendSeries(at + 1);
  }
  return std::move(mentions_);
}

// Whether an expression may open with a word that is no number and opens a phrase of some time;
// "the", "a" and "that" need a time right after them.
bool TimePass::MayStart(size_t at) const {
  constexpr TimeKinds kNeverFirst =
      KindBits(Kind::kYearCue, Kind::kZone, Kind::kLasting, Kind::kHalfday, Kind::kAgo,
               Kind::kSince, Kind::kClause);
  constexpr TimeKinds kNeedsMore = KindBits(Kind::kThe, Kind::kArticle, Kind::kThat);
  const TimeKinds kinds = WordAt(at).kinds & ~kNeverFirst;
  if (kinds == 0) return text_[at].is(kCapitalised);
  if ((kinds & ~kNeedsMore) != 0) return true;
  return (WordAt(at + 1).kinds & ~kNeverFirst) != 0 || NumberAt(at + 1) != nullptr ||
         (IsLongUnit(at + 2) && Is(at, Kind::kArticle)) || Lower(at + 1) == "couple";
}

// The kinds of the word at a token and of the longest phrase that starts with it, and whether it is
// a number.
TimeKinds TimePass::OpeningAt(size_t at) const {
  const Token& token = text_[at];
  if (token.kind == TokenKind::kUrl) return 0;
  TimeKinds kinds = WordAt(at).kinds;
  if (const auto phrase = words_.phrases().Longest(text_.tokens(), at)) {
    kinds |= words_.Word(phrase->payload).kinds;
  }
  if (token.is_number()) kinds |= kDigits;
  if (number_at_[at] >= 0 || token.is(kHasDigit)) kinds |= kNumber;
  return kinds;
}

// The first reader that finds an expression. Most could not find any that opens as this one does,
// and are not asked.
TimePass::Found TimePass::ReadAt(size_t at) const {
  struct Reader {
    TimeKinds openings;
    Found (TimePass::*read)(size_t at) const;
  };
  static constexpr Reader kReaders[] = {
      {kDigits | KindBits(Kind::kMonth, Kind::kMonthShort, Kind::kWeekday, Kind::kWeekdayShort,
                          Kind::kHoliday, Kind::kShift, Kind::kUnit),
       &TimePass::ReadDate},
      {kDigits | KindBits(Kind::kClock, Kind::kPart), &TimePass::ReadClock},
      {kNumber | KindBits(Kind::kThe), &TimePass::ReadPeriod},
      {KindBits(Kind::kDay, Kind::kNight, Kind::kOvernight, Kind::kReference, Kind::kThe,
                Kind::kArticle, Kind::kThat, Kind::kThis, Kind::kShift, Kind::kEarlier, Kind::kLast,
                Kind::kPast, Kind::kNext, Kind::kComing, Kind::kSeason),
       &TimePass::ReadRelative},
      {kNumber | KindBits(Kind::kFrequency, Kind::kTimes, Kind::kEvery), &TimePass::ReadSet},
      {kNumber | KindBits(Kind::kArticle, Kind::kCountVague, Kind::kUnit, Kind::kUnits),
       &TimePass::ReadDuration},
      {kDigits, &TimePass::ReadYear},
  };
  const TimeKinds opening = OpeningAt(at);
  for (const Reader& reader : kReaders) {
    if ((reader.openings & opening) == 0) continue;
    if (Found found = (this->*reader.read)(at)) return found;
  }
  return {};
}

void TimePass::Add(Expression found) {
  TimeMention& mention = found.mention;
  mention.span = text_.SpanOf(found.begin, found.end);
  mention.since =
      mention.type != TimeType::kDuration && mention.type != TimeType::kSet && IsSince(found.begin);
  if (mention.since && published_ && !mention.days.from.empty()) {
    mention.days.to = std::max(mention.days.to, FormatDay(*published_));
  }
  if (found.day) last_day_ = found.day;
  last_end_ = found.end;
  mentions_.push_back(std::move(mention));
}

std::string_view TimePass::PhraseCode(size_t at) const {
  const auto match = words_.phrases().Longest(text_.tokens(), at);
  return match ? std::string_view(words_.Word(match->payload).code) : std::string_view();
}

const Number* TimePass::NumberAt(size_t at) const {
  return at < text_.size() && number_at_[at] >= 0 ? &numbers_[static_cast<size_t>(number_at_[at])]
                                                  : nullptr;
}

int TimePass::DigitsAt(size_t at, int least, int most) const {
  if (at >= text_.size() || !text_[at].is_number()) return -1;
  const std::string_view digits = text_.Folded(at);
  if (digits.size() > 4) return -1;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value >= least && value <= most ? value : -1;
}

TimePass::Expression TimePass::Make(size_t begin, size_t end, TimeType type, std::string value,
                                    const char* rule) const {
  Expression found;
  found.begin = begin;
  found.end = end;
  found.mention.type = type;
  found.mention.resolved = !value.empty();
  found.mention.value = std::move(value);
  found.mention.rule = rule;
  return found;
}

// "April 24 and 25": more days of the month just named.
void TimePass::ExtendSeries(size_t at) {
  if (!last_day_ || mentions_.back().rule != "time/month-day") return;
  if (Lower(at) != "and" && Lower(at) != "to" && Mark(at) != '-' && Lower(at) != "or") return;
  const int day = DigitsAt(at + 1, 1, 31);
  if (day <= last_day_->day() || CountsWhatFollows(at + 1) || MonthAt(at + 2, true) > 0) return;
  const absl::CivilDay meant(last_day_->year(), last_day_->month(), day);
  if (meant.day() == day) Add(MakeDay(at + 1, at + 2, meant, "time/series"));
}

}  // namespace consilience::extraction
