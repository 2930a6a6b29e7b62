#include "services/corroboration/matching/facet.h"

#include <absl/time/civil_time.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "services/corroboration/matching/words.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

using extraction::PopulationGroup;

// Windows of one question must be alike in length: a day is not a two-day toll.
constexpr double kLengthRatio = 0.6;

// Days over which reports count the victims of one event.
constexpr int kLongestHappening = 14;

int Digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

// "/POLICE" of "Hungarian police officers"; empty where people are called something else.
std::string PartOfCrowd(const std::string& label, const Configuration& config) {
  const std::vector<std::string> words = Words(label);
  if (words.empty()) return "";
  auto found = config.apart.end();
  if (words.size() > 1) {
    found = config.apart.find(fmt::format("{} {}", words[words.size() - 2], words.back()));
  }
  if (found == config.apart.end()) found = config.apart.find(words.back());
  // "policemen and soldiers" are of two crowds.
  const bool several = std::find(words.begin(), words.end(), "and") != words.end();
  return found == config.apart.end() || several ? "" : "/" + found->second;
}

// Children, women and fighters are counted apart; civilians and people are one crowd, because
// reports use the words for one another.
std::string CrowdOf(const RecordedAssertion& assertion, const Configuration& config) {
  std::set<PopulationGroup> groups(assertion.said.population.groups.begin(),
                                   assertion.said.population.groups.end());
  std::string crowd;
  // "civilians, among them women" counts civilians, and so does "civilians and fighters" count
  // people; "rebel fighters and people of unknown identity" is a crowd of fighters.
  const bool general =
      groups.contains(PopulationGroup::kCivilian) ||
      (groups.contains(PopulationGroup::kPerson) && !groups.contains(PopulationGroup::kCombatant));
  for (const PopulationGroup group : groups) {
    if (general || group == PopulationGroup::kPerson) continue;
    crowd += fmt::format("{}{}", crowd.empty() ? "" : "+", NameOf(group));
  }
  crowd += PartOfCrowd(assertion.said.population.label, config);
  // "Five people, including two pilots": the pilots are no other count of the five.
  const std::vector<std::string> called = Words(assertion.said.population.label);
  const bool merely_people =
      crowd.empty() && !groups.contains(PopulationGroup::kCivilian) && !called.empty();
  if (!assertion.part_of.empty() && merely_people) crowd = "/" + called.back();
  if (assertion.said.quantity && assertion.said.quantity->additional) crowd += "+ADDITIONAL";
  return crowd;
}

std::string SpeakerKey(const RecordedAssertion& assertion) {
  if (assertion.said.chain.empty()) return fmt::format("document {}", assertion.document.id);
  const extraction::Speaker& speaker = assertion.said.chain.front();
  return FoldedName(speaker.name.empty() ? speaker.description : speaker.name);
}

// "all the hospitals" → "hospitals".
std::string WithoutDeterminers(std::string name, const Configuration& config) {
  while (true) {
    const size_t space = name.find(' ');
    if (space == std::string::npos || !config.determiners.contains(name.substr(0, space))) {
      return name;
    }
    name.erase(0, space + 1);
  }
}

// The number that a bare figure names: of "about 40", "40" and "more than 40" it is 40.
std::string BareNumber(const extraction::Quantity& quantity) {
  const std::optional<double> number = quantity.lower ? quantity.lower : quantity.upper;
  return number ? fmt::format("{:.15g}", *number) : std::string();
}

std::string SubjectOf(const RecordedAssertion& assertion, const FamilyRule& rule,
                      const Configuration& config) {
  const extraction::Assertion& said = assertion.said;
  if (rule.answer == AnswerType::kSpeech) return SpeakerKey(assertion);
  if (said.kind == extraction::Kind::kNumericFact) {
    const bool bare =
        said.target.empty() && said.quantity &&
        std::find(rule.bare.begin(), rule.bare.end(), said.measure) != rule.bare.end();
    // "Barrel bomb attacks" may be the attacks that another report counts; 35 survivors are not
    // some of 90 passengers who were miscounted.
    const std::vector<std::string> counted = Words(said.population.label);
    return fmt::format("{}|{}|{}{}", said.quantity ? said.quantity->unit : "",
                       FoldedName(said.target), counted.empty() ? "" : counted.back(),
                       bare ? "=" + BareNumber(*said.quantity) : "");
  }
  if (said.kind != extraction::Kind::kFacility) return "";
  const std::string target = WithoutDeterminers(FoldedName(said.target), config);
  const auto found = config.target_classes.find(target);
  return found != config.target_classes.end() ? found->second : target;
}

// What is reported near a place and in it is told of one event; who holds the ground near it is
// another matter than who holds it. "C1007~near" → "C1007", "near handarat" → "handarat".
std::string WithoutVicinity(std::string place, char joint, const Configuration& config) {
  for (std::string words : config.vicinity_words) {
    if (joint == '~') {
      std::replace(words.begin(), words.end(), ' ', '-');
      const std::string suffix = "~" + words;
      if (place.ends_with(suffix)) return place.substr(0, place.size() - suffix.size());
    } else if (place.starts_with(words + " ")) {
      return place.substr(words.size() + 1);
    }
  }
  return place;
}

void SetPlace(const RecordedAssertion& assertion, const Configuration& config,
              const PlaceHierarchy& places, Facet& facet) {
  const extraction::PlaceMention& place = assertion.said.place;
  const bool of_ground = facet.rule->answer == AnswerType::kControl;
  facet.place_inherited = place.inherited;
  if (!place.id.empty()) {
    facet.place = of_ground ? place.id : WithoutVicinity(place.id, '~', config);
    facet.anchor = places.Anchor(facet.place);
    facet.country = places.Around(facet.place).back();
    facet.at_large = !places.InSettlement(facet.place);
  } else if (!place.name.empty()) {
    const std::string name = FoldedName(place.name);
    facet.place = "name:" + (of_ground ? name : WithoutVicinity(name, ' ', config));
    facet.anchor = facet.place;
  } else {
    // Nothing says where, so nothing outside the document can be the same question.
    facet.place = fmt::format("document:{}", assertion.document.id);
    facet.anchor = facet.place;
  }
  for (const std::string& word : Words(place.name)) {
    const auto found = config.compass_words.find(word);
    if (found != config.compass_words.end()) facet.sector = found->second;
  }
}

void SetHappenings(const RecordedAssertion& assertion, const Configuration& config, Facet& facet) {
  if (facet.rule->state || facet.rule->answer != AnswerType::kCount) return;
  // "More than 210 have drowned since January" counts many events, whatever the headline tells of.
  if (facet.length() > kLongestHappening) return;
  std::set<std::string> sorts;
  const auto add = [&](const std::string& sort) {
    const auto only = config.happening_families.find(sort);
    if (only == config.happening_families.end() ||
        std::find(only->second.begin(), only->second.end(), facet.rule->family) !=
            only->second.end()) {
      sorts.insert(sort);
    }
  };
  for (const std::string* text : {&assertion.document.title, &assertion.quote}) {
    const std::vector<std::string> words = Words(*text);
    for (size_t i = 0; i < words.size(); ++i) {
      auto found = config.happenings.find(words[i]);
      if (found != config.happenings.end()) add(found->second);
      if (i + 1 == words.size()) break;
      found = config.happenings.find(fmt::format("{} {}", words[i], words[i + 1]));
      if (found != config.happenings.end()) add(found->second);
    }
  }
  facet.happenings.assign(sorts.begin(), sorts.end());
}

void SetTime(const RecordedAssertion& assertion, Facet& facet) {
  const int published = DayNumber(assertion.document.publication_date);
  facet.from = DayNumber(assertion.said.time.from);
  facet.to = DayNumber(assertion.said.time.to);
  if (facet.to == kNoDay) facet.to = facet.from;
  // A running count runs to the day it is reported, where no later day is stated.
  if (assertion.said.cumulative && facet.to == facet.from && facet.from != kNoDay) {
    facet.to = std::max(facet.to, published);
  }
  facet.as_of = facet.to != kNoDay ? facet.to : published;
  facet.cumulative = assertion.said.cumulative;
}

double Ratio(int a, int b) {
  return static_cast<double>(std::min(a, b)) / static_cast<double>(std::max(a, b));
}

}  // namespace

int DayNumber(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return kNoDay;
  const int year = Digits(iso.substr(0, 4));
  const int month = Digits(iso.substr(5, 2));
  const int day = Digits(iso.substr(8, 2));
  if (year < 0 || month < 1 || day < 1) return kNoDay;
  const absl::CivilDay civil(year, month, day);
  if (civil.month() != month || civil.day() != day) return kNoDay;
  return static_cast<int>(civil - absl::CivilDay(1970, 1, 1));
}

Facet FacetOf(const RecordedAssertion& assertion, const Configuration& config,
              const PlaceHierarchy& places) {
  const extraction::Assertion& said = assertion.said;
  Facet facet;
  facet.rule = &config.RuleFor(said.kind, said.measure);
  facet.family = facet.rule->family;
  if (facet.rule->by_measure) facet.family += fmt::format("/{}", said.measure);
  facet.crowd = CrowdOf(assertion, config);
  facet.civilian = std::find(said.population.groups.begin(), said.population.groups.end(),
                             PopulationGroup::kCivilian) != said.population.groups.end();
  facet.subject = SubjectOf(assertion, *facet.rule, config);
  SetPlace(assertion, config, places, facet);
  SetTime(assertion, facet);
  SetHappenings(assertion, config, facet);
  return facet;
}

bool TellOneHappening(const Facet& a, const Facet& b) {
  return std::any_of(a.happenings.begin(), a.happenings.end(), [&](const std::string& sort) {
    return std::binary_search(b.happenings.begin(), b.happenings.end(), sort);
  });
}

PlaceRelation RelatePlaces(const Facet& a, const Facet& b, const PlaceHierarchy& places) {
  if (a.place == b.place) {
    const bool apart = !a.sector.empty() && !b.sector.empty() && a.sector != b.sector;
    return apart ? PlaceRelation::kDistinct : PlaceRelation::kSame;
  }
  if (places.Contains(a.place, b.place)) return PlaceRelation::kContains;
  if (places.Contains(b.place, a.place)) return PlaceRelation::kWithin;
  return PlaceRelation::kDistinct;
}

bool SideStandsForWhole(const Facet& a, const Facet& b) {
  if (!a.rule->state || a.rule->answer == AnswerType::kControl) return false;
  return a.place.starts_with(b.place + "/") || b.place.starts_with(a.place + "/");
}

double WindowTolerance(const Facet& facet) {
  return std::max(facet.rule->window_days, facet.rule->window_share * facet.length());
}

double PeriodTolerance(const Facet& facet) {
  return facet.rule->period_days < 0.0 ? WindowTolerance(facet) : facet.rule->period_days;
}

double ReportTolerance(const Facet& facet) { return std::max(1.0, facet.rule->window_days); }

WindowRelation RelateWindows(const Facet& a, const Facet& b) {
  const double tolerance = std::min(WindowTolerance(a), WindowTolerance(b));
  const auto within = [&](int x, int y) { return std::abs(x - y) <= tolerance; };
  if (a.rule->state) {
    return within(a.as_of, b.as_of) ? WindowRelation::kSame : WindowRelation::kDistinct;
  }
  if (within(a.from, b.from)) {
    const bool running = a.cumulative && b.cumulative;
    // A day and "this summer" may both be when a thing happened that happens once.
    const bool once = a.rule->answer == AnswerType::kOnce;
    const bool alike =
        within(a.to, b.to) && (once || Ratio(a.length(), b.length()) >= kLengthRatio);
    if (running || alike) return WindowRelation::kSame;
  }
  if (a.from <= b.from && b.to <= a.to) return WindowRelation::kContains;
  if (b.from <= a.from && a.to <= b.to) return WindowRelation::kWithin;
  if (a.from <= b.to && b.from <= a.to) return WindowRelation::kOverlaps;
  return WindowRelation::kDistinct;
}

}  // namespace consilience::corroboration
