// What an assertion is about, reduced to the terms in which questions are compared: what kind, of
// whom, where, when.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_FACET_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_FACET_H_

#include <compare>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/config/configuration.h"
#include "services/corroboration/matching/place_hierarchy.h"
#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration {

// Days since 1970-01-01; kNoDay for a day that is not known.
inline constexpr int kNoDay = std::numeric_limits<int>::min();
int DayNumber(std::string_view iso);

struct Facet {
  const FamilyRule* rule = nullptr;
  std::string family;
  // Disjoint group counted: "", CHILD, WOMAN, COMBATANT … (+ADDITIONAL), and of those a part that
  // is counted by itself: COMBATANT/SOLDIER, /POLICE.
  std::string crowd;
  bool civilian = false;  // the count is of civilians, a part of "people" within the same crowd
  std::string subject;    // what a status or a statement is about: class of facility, speaker …
  std::string place;      // gazetteer id, or "name:…"; "document:…" when the place is unknown
  std::string sector;     // the side of the place that is meant: east, west …
  std::string anchor;     // the city or town of `place`
  std::string country;    // what `place` lies in at last; empty when that is not known
  bool at_large = false;  // `place` is known and larger than a city
  bool place_inherited = false;
  int from = kNoDay;
  int to = kNoDay;
  int as_of = kNoDay;  // the day that the answer describes: `to`, else the day of publication
  bool cumulative = false;
  // The sorts of event that the headline or the quote tells of; only of counts of what happened.
  std::vector<std::string> happenings;  // sorted

  bool dated() const { return rule->state ? as_of != kNoDay : from != kNoDay; }
  // Firm facets span the questions; the others attach to the one that fits them best, and never
  // join two.
  bool firm() const {
    const bool vague = at_large && !happenings.empty();  // "a ferry sank in the Philippines"
    return dated() && !place_inherited && !vague && !place.starts_with("document:");
  }
  // Days in the window, both ends included.
  int length() const { return from == kNoDay ? 1 : to - from + 1; }
};

Facet FacetOf(const RecordedAssertion& assertion, const Configuration& config,
              const PlaceHierarchy& places);

// Both tell of an event of one sort. Ferries do not sink every day: near one another in time and
// place they tell of one.
bool TellOneHappening(const Facet& a, const Facet& b);

enum class PlaceRelation { kDistinct, kSame, kContains, kWithin };
PlaceRelation RelatePlaces(const Facet& a, const Facet& b, const PlaceHierarchy& places);

// What is said of the hospitals or the people of "besieged Aleppo" is said of its east: reports use
// a city and a side of it ("C1007", "C1007/east") for one another when they describe a state. They
// do not when they count the dead or say who holds what.
bool SideStandsForWhole(const Facet& a, const Facet& b);

enum class WindowRelation { kDistinct, kSame, kContains, kWithin, kOverlaps };
// Two windows are the same when they begin together and are alike in length, or when both are
// running counts since the same day.
WindowRelation RelateWindows(const Facet& a, const Facet& b);

// How many days apart the starts of a window (or the days of a state) may lie, as this facet sees
// it; a pair takes the smaller of the two.
double WindowTolerance(const Facet& facet);

// The same for answers of one question that are of one time.
double PeriodTolerance(const Facet& facet);

// How many days may lie between the end of a window and a report that states none; the same for all
// facets of a family. News is a day old, and what happens over more days is told later.
double ReportTolerance(const Facet& facet);

// The same where both tell of one happening: it is in the news for some days.
inline constexpr int kHappeningDays = 3;

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_FACET_H_
