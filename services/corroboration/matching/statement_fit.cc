#include "services/corroboration/matching/statement_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace consilience::corroboration {
namespace {

// What is left of a fit when the statement leaves a facet unsaid …
constexpr double kUnsaidPlace = 0.7;
constexpr double kUnsaidTime = 0.8;
// … or names a place that is a side of, lies in, or holds the other.
constexpr double kSameAnchor = 0.8;
constexpr double kWiderPlace = 0.6;
constexpr double kNarrowerPlace = 0.4;
// Names that hold one another, "Handarat" and "Handarat camp", may be one place.
constexpr double kLikeName = 0.7;
// Windows that overlap fit from the first share to all of it, by how much they have in common.
constexpr double kTouching = 0.5;
// Windows that lie apart by no more days than this may be a slip of the calendar.
constexpr int kSlipDays = 3;
constexpr double kSlip = 0.4;
// A state that was reported on another day holds less surely the further away that day is, and
// after a season no more.
constexpr double kStateFadesPerDay = 0.03;
constexpr double kOldestState = 0.3;
constexpr int kStateDays = 90;
// From here on two statements are of one matter, so that answers which differ exclude each other …
constexpr double kSameMatter = 0.5;
// … if their windows have at least this share in common: the toll of a day is a part of the week's.
constexpr double kSameWindow = 0.5;
// A count over so many days is one for the whole course of events.
constexpr int kWholeCourseDays = 180;

bool Unplaced(const Facet& facet) { return facet.place.starts_with("document:"); }

bool LikeNames(const Entry& a, const Entry& b) {
  const std::vector<std::string> mine = Words(a.assertion->said.place.name);
  const std::vector<std::string> other = Words(b.assertion->said.place.name);
  const auto holds = [](const std::vector<std::string>& all, const std::vector<std::string>& some) {
    return !some.empty() && std::all_of(some.begin(), some.end(), [&](const std::string& word) {
      return std::find(all.begin(), all.end(), word) != all.end();
    });
  };
  return holds(mine, other) || holds(other, mine);
}

// The city itself or a side of it, and not one of its neighbourhoods.
bool IsOfTheCity(const Facet& facet) { return facet.place.starts_with(facet.anchor); }

double PlaceFit(const Entry& a, const Entry& b, const PlaceHierarchy& places) {
  const Facet& statement = a.facet;
  const Facet& known = b.facet;
  if (Unplaced(statement)) return kUnsaidPlace;
  if (Unplaced(known)) return 0.0;
  const PlaceRelation relation = RelatePlaces(statement, known, places);
  if (relation == PlaceRelation::kSame) return 1.0;
  if (relation == PlaceRelation::kDistinct) return LikeNames(a, b) ? kLikeName : 0.0;
  // A city and the province of its name are written alike, and so are a city and a side of it.
  const bool one_city =
      statement.anchor == known.anchor && IsOfTheCity(statement) && IsOfTheCity(known);
  if (one_city || LikeNames(a, b)) return kSameAnchor;
  return relation == PlaceRelation::kContains ? kWiderPlace : kNarrowerPlace;
}

double StateFit(const Facet& statement, const Facet& known) {
  if (known.as_of == kNoDay) return kUnsaidTime;
  const int apart = std::abs(statement.as_of - known.as_of);
  return apart > kStateDays ? 0.0 : std::max(1.0 - kStateFadesPerDay * apart, kOldestState);
}

// Days of both windows, as a share of the days of either.
double SharedDays(const Facet& a, const Facet& b) {
  const int common = std::min(a.to, b.to) - std::max(a.from, b.from) + 1;
  const int all = std::max(a.to, b.to) - std::min(a.from, b.from) + 1;
  return common <= 0 ? 0.0 : static_cast<double>(common) / all;
}

double WindowFit(const Facet& statement, const Facet& known) {
  if (RelateWindows(statement, known) == WindowRelation::kSame) return 1.0;
  const int common = std::min(statement.to, known.to) - std::max(statement.from, known.from) + 1;
  if (common <= 0) return -common < kSlipDays ? kSlip : 0.0;
  const int all = std::max(statement.to, known.to) - std::min(statement.from, known.from) + 1;
  return kTouching + (1.0 - kTouching) * common / all;
}

double TimeFit(const Facet& statement, const Facet& known) {
  if (statement.rule->state) {
    return statement.as_of == kNoDay ? kUnsaidTime : StateFit(statement, known);
  }
  if (statement.from == kNoDay || known.from == kNoDay) return kUnsaidTime;
  return WindowFit(statement, known);
}

std::string Days(const extraction::DayRange& days) {
  if (days.to.empty() || days.from == days.to) return days.from;
  return fmt::format("{} to {}", days.from.empty() ? "…" : days.from, days.to);
}

std::string Difference(const Entry& statement, const Entry& known) {
  const extraction::Assertion& mine = statement.assertion->said;
  const extraction::Assertion& other = known.assertion->said;
  std::string text;
  if (mine.place.name != other.place.name && !Unplaced(statement.facet)) {
    text = fmt::format("of {}, not {}", other.place.name, mine.place.name);
  }
  const bool dated = !mine.time.from.empty() && !other.time.from.empty();
  if (dated && (mine.time.from != other.time.from || mine.time.to != other.time.to)) {
    text += fmt::format("{}for {}, not {}", text.empty() ? "" : "; ", Days(other.time),
                        Days(mine.time));
  }
  return text;
}

// Whether answers that differ exclude each other.
bool OneMatter(const Facet& statement, const Facet& known, double fit) {
  if (fit < kSameMatter || Unplaced(statement)) return false;
  if (statement.rule->state) return true;
  if (statement.from == kNoDay || known.from == kNoDay) {
    // "The toll of the earthquake is 300", said while it was in the news.
    const bool in_the_news = TellOneHappening(statement, known) && statement.as_of != kNoDay &&
                             known.as_of != kNoDay &&
                             std::abs(statement.as_of - known.as_of) <= kHappeningDays;
    return in_the_news || known.length() >= kWholeCourseDays;
  }
  return RelateWindows(statement, known) == WindowRelation::kSame ||
         SharedDays(statement, known) >= kSameWindow;
}

Relation RelationOf(const Entry& statement, const Entry& known, double fit, double place_fit,
                    const Configuration& config, const PlaceHierarchy& places) {
  // What holds of a city does not hold of each of its parts, nor the other way round.
  if (place_fit == kWiderPlace || place_fit == kNarrowerPlace) {
    return {RelationType::kPartOf, "of a place around it or within it", place_fit == kWiderPlace};
  }
  if (statement.answer.tells() && !known.answer.tells()) {
    return {RelationType::kUnrelated, "what is known names no number", false};
  }
  constexpr char kBefore[] = "how it stood until it changed";
  if (EndedBefore(known, statement)) return {RelationType::kUpdates, kBefore, false};
  if (EndedBefore(statement, known)) return {RelationType::kUpdates, kBefore, true};
  const bool agree =
      Agreement(statement.answer, known.answer) > AgreementThreshold(statement.answer);
  if (agree && statement.denial() != known.denial()) {
    return {RelationType::kDenies, "one denies what the other says", false};
  }
  if (agree) return {RelationType::kAgrees, "the answers fit one another", false};
  return RelateAssertions(statement, known, OneMatter(statement.facet, known.facet, fit), config,
                          places);
}

}  // namespace

StatementFit FitStatement(const Entry& statement, const Entry& known, const Configuration& config,
                          const PlaceHierarchy& places) {
  const Facet& a = statement.facet;
  const Facet& b = known.facet;
  if (a.family != b.family || a.crowd != b.crowd || a.subject != b.subject) return {};
  StatementFit result;
  const bool speech = a.rule->answer == AnswerType::kSpeech;
  const double place_fit = speech ? 1.0 : PlaceFit(statement, known, places);
  result.fit = speech ? 1.0 : place_fit * TimeFit(a, b);
  if (result.fit <= 0.0) return result;
  result.agreement = Agreement(statement.answer, known.answer);
  result.difference = Difference(statement, known);
  result.relation = RelationOf(statement, known, result.fit, place_fit, config, places);
  return result;
}

}  // namespace consilience::corroboration
