// Counts that are parts of a stated whole, and counts of none: "half of the 80 passengers", "nine
// of the 20 miners", "none of them", "no civilians".
#include <algorithm>
#include <cmath>
#include <string_view>

#include "services/extraction/population/people_scan.h"

namespace consilience::extraction {
namespace {

constexpr double kPercent = 100;
// Tokens of an owner: "of Syria's eastern city's 4,000 people".
constexpr size_t kOwnerReach = 4;
// Tokens between "no" and its noun: "no Israeli army soldiers".
constexpr size_t kNoReach = 3;

bool IsNone(const PartWord& part) { return part.most && *part.most == 0; }

std::optional<double> Times(const std::optional<double>& factor,
                            const std::optional<double>& whole) {
  if (!factor || !whole) return std::nullopt;
  return std::round(*factor * *whole);
}

}  // namespace

// The token after a plain number of people that a part is taken of, or 0.
size_t PeopleScan::AfterWhole(size_t at) const {
  if (at >= limit_ || scene_.note(at).quantity < 0) return 0;
  const Quantity& whole = scene_.quantities()[static_cast<size_t>(scene_.note(at).quantity)];
  if (!whole.unit.empty() || whole.fraction || whole.percent) return 0;
  return scene_.note(at).quantity_end;
}

void PeopleScan::SetWhole(size_t at, const Quantity& whole, People& people) const {
  people.whole = whole;
  people.of_the = at > 0 && text_.Lower(at - 1) != "of";
}

// Passes over "the", "his", "the town's".
size_t PeopleScan::AfterDeterminer(size_t at) const {
  while (at < limit_ &&
         IsOneOf(text_.Lower(at), {"the", "his", "her", "its", "their", "our", "these", "those"})) {
    ++at;
  }
  for (size_t i = at; i < limit_ && i < at + kOwnerReach; ++i) {
    if (text_.Lower(i) == "'s") return i + 1;
    if (!text_[i].is_word()) break;
  }
  return at;
}

// "half of the 80 passengers", "40 percent of its 120 soldiers": about so many people.
std::optional<People> PeopleScan::ShareOf(size_t at, const Quantity& share) const {
  size_t whole = scene_.note(at).quantity_end;
  if (whole < limit_ && text_.Lower(whole) == "of") ++whole;
  whole = AfterDeterminer(whole);
  if (AfterWhole(whole) == 0) return std::nullopt;
  auto people = Counted(whole);
  if (!people || people->bare || !people->quantity) return std::nullopt;
  SetWhole(whole, *people->quantity, *people);
  const double unit = share.percent ? 1 / kPercent : 1.0;
  const auto scaled = [&](const std::optional<double>& part, const std::optional<double>& all) {
    return part ? Times(*part * unit, all) : std::nullopt;
  };
  Quantity count = share;
  count.fraction = count.percent = false;
  count.approximate = true;
  count.lower = scaled(share.lower, people->whole->lower);
  count.upper = scaled(share.upper, people->whole->upper);
  people->begin = static_cast<uint32_t>(at);
  people->quantity = count;
  people->subgroups.clear();
  return people;
}

// People told by a word that is no number. "No one else" leaves those who were told of before.
std::optional<People> PeopleScan::PartOf(size_t at) const {
  const auto match = lexicon_.parts.Longest(text_.tokens(), at, limit_);
  if (!match) return std::nullopt;
  const PartWord& part = lexicon_.part[static_cast<size_t>(match->payload)];
  const size_t after = match->end + (part.except ? 1 : 0);
  if (after < limit_ && IsOneOf(text_.Lower(after), {"else", "other", "others", "more", "further",
                                                     "new", "additional", "longer"})) {
    return std::nullopt;
  }
  if (after < limit_ && text_.Lower(after) == "of") {
    if (!part.of) return std::nullopt;
    return PartOfWhole(at, after, part);
  }
  if (part.noun || part.counts) return None(at, after, part);
  if (part.alone) return Nobody(at, after);
  return std::nullopt;
}

// "Most | of the 40 passengers", "none | of them".
std::optional<People> PeopleScan::PartOfWhole(size_t at, size_t of, const PartWord& part) const {
  const size_t whole = AfterDeterminer(of + 1);
  if (whole >= limit_) return std::nullopt;
  if (IsNone(part) && IsOneOf(text_.Lower(whole), {"them", "whom", "us"})) {
    return Nobody(at, whole + 1);
  }
  const bool counted = AfterWhole(whole) != 0;
  if (!counted && !IsNone(part)) return std::nullopt;
  auto people = counted ? Counted(whole) : Uncounted(whole);
  if (!people || people->end <= whole) return std::nullopt;
  // "None of the dead had been identified" counts no dead.
  if (IsNone(part) && (people->deaths || people->state.any())) return std::nullopt;
  if (counted) SetWhole(whole, *people->quantity, *people);
  people->begin = static_cast<uint32_t>(at);
  people->subgroups.clear();
  if (!part.least && !part.most) {
    people->asked = true;
    people->quantity.reset();
    return people;
  }
  Quantity count;
  count.span = count.number = text_.SpanOf(at, of);
  count.lower = part.least;
  count.upper = part.most;
  if (part.share) {
    count.lower = Times(part.least, people->whole->lower);
    count.upper = Times(part.most, people->whole->upper);
  }
  if (!count.upper) count.upper = people->whole->upper;
  count.upper_open = part.except;
  count.vague = count.lower != count.upper;
  people->quantity = count;
  return people;
}

// "No | civilians", "without | casualties".
std::optional<People> PeopleScan::None(size_t at, size_t from, const PartWord& part) const {
  People people;
  people.begin = static_cast<uint32_t>(at);
  auto head = FindHead(from, true, people);
  if (!head) head = FindHead(from, false, people);
  if (!head || head->begin > from + kNoReach) return std::nullopt;
  for (size_t i = from; i < head->begin; ++i) {
    const bool modifies = HeadAt(i) || text_[i].is(kCapitalised) || scene_.note(i).place >= 0 ||
                          scene_.classes(i)[finder_.adverb_] ||
                          (scene_.classes(i) & finder_.participle_).any();
    if (!modifies) return std::nullopt;  // "no doubt civilians will die"
  }
  Describe(people, from, *head);
  if (!part.least && !part.most) {
    people.asked = true;
    return people;
  }
  // That no bodies were found does not say that none died.
  if (IsOneOf(text_.Lower(head->end - 1), {"body", "bodies"})) return std::nullopt;
  if (part.counts && people.state.none()) return std::nullopt;
  Quantity none;
  none.span = none.number = text_.SpanOf(at, from);
  none.lower = none.upper = 0;
  people.quantity = none;
  return people;
}

std::optional<People> PeopleScan::Nobody(size_t at, size_t end) const {
  People people;
  people.begin = static_cast<uint32_t>(at);
  people.end = static_cast<uint32_t>(end);
  people.bare = true;
  people.population.span = text_.SpanOf(at, end);
  people.population.groups = {PopulationGroup::kPerson};
  Quantity none;
  none.span = none.number = people.population.span;
  none.lower = none.upper = 0;
  people.quantity = none;
  return people;
}

}  // namespace consilience::extraction
