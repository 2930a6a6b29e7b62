// The words of time expressions and of tense, from rules/time/*.tsv.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_WORDS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_WORDS_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/extraction/lexicon/lexicon.h"
#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {

// See the head of rules/time/words.tsv. A word may be of several kinds ("may" is a month, "second"
// a unit).
enum class TimeWordKind : uint8_t {
  kMonth,
  kMonthShort,
  kWeekday,
  kWeekdayShort,
  kUnit,
  kUnits,
  kPart,
  kClock,
  kSeason,
  kDay,
  kNight,
  kOvernight,
  kReference,
  kFrequency,
  kLast,
  kPast,
  kNext,
  kComing,
  kThis,
  kThat,
  kShift,
  kEarlier,
  kAgo,
  kEvery,
  kCountVague,
  kHalfday,
  kZone,
  kArticle,
  kThe,
  kHalf,
  kYearCue,
  kHoliday,
  kNamedAfter,
  kLasting,
  kSince,
  kClause,
  kTimes,
};

// Kinds as a set.
using TimeKinds = uint64_t;

template <typename... Kinds>
constexpr TimeKinds KindBits(Kinds... kinds) {
  return (TimeKinds{0} | ... | (TimeKinds{1} << static_cast<unsigned>(kinds)));
}

struct TimeWord {
  TimeKinds kinds = 0;
  std::string code;
  int number = 0;  // the code as a number

  bool is(TimeWordKind kind) const { return (kinds & KindBits(kind)) != 0; }
};

enum class Tense : uint8_t { kUnknown, kPast, kFuture };

class TimeWords {
 public:
  static absl::StatusOr<TimeWords> Load(const std::filesystem::path& rules, Vocabulary& vocabulary);

  // The single word of a token; one that is of no kind if it does not belong to times, or if there
  // is no token.
  const TimeWord& Of(const Token* token) const {
    if (token == nullptr || !single_.Starts(*token)) return none_;
    const int32_t index = single_.Payload(token->word);
    return index < 0 ? none_ : words_[static_cast<size_t>(index)];
  }

  // The longest phrase of several words or one that starts here; its payload is an index for
  // Word().
  const Lexicon& phrases() const { return single_; }
  const TimeWord& Word(int32_t index) const { return words_[static_cast<size_t>(index)]; }

  // The tense that a word tells of; `known` says whether the lexicon has it.
  Tense TenseOf(WordId word, bool& known) const {
    const int32_t tense = tenses_.Payload(word);
    known = tense >= 0;
    return known ? static_cast<Tense>(tense) : Tense::kUnknown;
  }

 private:
  absl::Status LoadWords(const Table& table, Vocabulary& vocabulary);
  absl::Status LoadTenses(const Table& table, Vocabulary& vocabulary);

  TimeWord none_;
  std::vector<TimeWord> words_;
  Lexicon single_;
  Lexicon tenses_;
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_TIME_TIME_WORDS_H_
