#include "services/extraction/time/time_words.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>

namespace consilience::extraction {
namespace {

using Kind = TimeWordKind;

const std::map<std::string_view, Kind>& KindNames() {
  static const std::map<std::string_view, Kind> kNames = {{"month", Kind::kMonth},
                                                          {"month_short", Kind::kMonthShort},
                                                          {"weekday", Kind::kWeekday},
                                                          {"weekday_short", Kind::kWeekdayShort},
                                                          {"unit", Kind::kUnit},
                                                          {"units", Kind::kUnits},
                                                          {"part", Kind::kPart},
                                                          {"clock", Kind::kClock},
                                                          {"season", Kind::kSeason},
                                                          {"day", Kind::kDay},
                                                          {"night", Kind::kNight},
                                                          {"overnight", Kind::kOvernight},
                                                          {"reference", Kind::kReference},
                                                          {"frequency", Kind::kFrequency},
                                                          {"last", Kind::kLast},
                                                          {"past", Kind::kPast},
                                                          {"next", Kind::kNext},
                                                          {"coming", Kind::kComing},
                                                          {"this", Kind::kThis},
                                                          {"that", Kind::kThat},
                                                          {"shift", Kind::kShift},
                                                          {"earlier", Kind::kEarlier},
                                                          {"ago", Kind::kAgo},
                                                          {"every", Kind::kEvery},
                                                          {"count_vague", Kind::kCountVague},
                                                          {"halfday", Kind::kHalfday},
                                                          {"zone", Kind::kZone},
                                                          {"article", Kind::kArticle},
                                                          {"the", Kind::kThe},
                                                          {"half", Kind::kHalf},
                                                          {"year_cue", Kind::kYearCue},
                                                          {"holiday", Kind::kHoliday},
                                                          {"named_after", Kind::kNamedAfter},
                                                          {"lasting", Kind::kLasting},
                                                          {"since", Kind::kSince},
                                                          {"clause", Kind::kClause},
                                                          {"times", Kind::kTimes}};
  return kNames;
}

constexpr bool IsMarker(Kind kind) { return kind == Kind::kYearCue || kind == Kind::kCountVague; }

}  // namespace

absl::StatusOr<TimeWords> TimeWords::Load(const std::filesystem::path& rules,
                                          Vocabulary& vocabulary) {
  TimeWords words;
  const absl::StatusOr<Table> table =
      Table::Load(rules / "time" / "words.tsv", {"time-words", 1, {"phrase", "kind", "code"}});
  if (!table.ok()) return table.status();
  if (absl::Status s = words.LoadWords(*table, vocabulary); !s.ok()) return s;
  const absl::StatusOr<Table> tenses =
      Table::Load(rules / "time" / "tense.tsv", {"tense-cues", 1, {"phrase", "tense"}});
  if (!tenses.ok()) return tenses.status();
  if (absl::Status s = words.LoadTenses(*tenses, vocabulary); !s.ok()) return s;
  return words;
}

// A phrase may stand on several rows; the code is that of the first row whose kind has one.
absl::Status TimeWords::LoadWords(const Table& table, Vocabulary& vocabulary) {
  std::map<std::string, int32_t> known;
  for (const Table::Row& row : table.rows()) {
    const auto kind = KindNames().find(row[1]);
    if (kind == KindNames().end()) {
      return table.Error(row, fmt::format("unknown kind \"{}\"", row[1]));
    }
    const auto [it, added] = known.try_emplace(row[0], static_cast<int32_t>(words_.size()));
    if (added) {
      words_.emplace_back();
      if (absl::Status s = single_.Add(vocabulary, row[0], it->second); !s.ok()) {
        return table.Error(row, std::string(s.message()));
      }
    }
    TimeWord& word = words_[static_cast<size_t>(it->second)];
    word.kinds |= KindBits(kind->second);
    if (word.code.empty() && !IsMarker(kind->second)) {
      word.code = row[2];
      word.number = std::atoi(row[2].c_str());
    }
  }
  return absl::OkStatus();
}

absl::Status TimeWords::LoadTenses(const Table& table, Vocabulary& vocabulary) {
  static const std::map<std::string_view, Tense> kTenses = {
      {"neutral", Tense::kUnknown}, {"past", Tense::kPast}, {"future", Tense::kFuture}};
  for (const Table::Row& row : table.rows()) {
    const auto tense = kTenses.find(row[1]);
    if (tense == kTenses.end()) {
      return table.Error(row, fmt::format("unknown tense \"{}\"; past, future or neutral", row[1]));
    }
    const absl::Status added = tenses_.Add(vocabulary, row[0], static_cast<int32_t>(tense->second));
    if (!added.ok()) return table.Error(row, std::string(added.message()));
  }
  return absl::OkStatus();
}

}  // namespace consilience::extraction
