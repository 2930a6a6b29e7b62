// How many a family is, whose relatives people are, and who is named with them.
#include <string>
#include <vector>

#include "services/extraction/population/people_scan.h"

namespace consilience::extraction {
namespace {

// Tokens after "members of" in which their family is looked for.
constexpr size_t kMaxKinPhrase = 5;

}  // namespace

// "a family | of six", "a crew | of 12": as many people. "A father | of five" is one.
bool PeopleScan::ReadSize(People& people, const Head& head) const {
  const size_t of = head.end;
  if (of + 1 >= limit_ || text_.Lower(of) != "of") return false;
  if (head.term == nullptr || !head.term->singular) return false;  // "men of various ages"
  const TokenNote& note = scene_.note(of + 1);
  if (note.quantity < 0) return false;
  const Quantity& size = scene_.quantities()[static_cast<size_t>(note.quantity)];
  if (size.fraction || size.percent || !size.unit.empty()) return false;
  people.end = note.quantity_end;
  if (!head.term->collective) {
    const auto children = HeadAt(people.end);
    if (children && children->term->plural) people.end = children->end;
    return false;
  }
  people.quantity = size;
  if (!head.term->plural)
    people.population.label = kPeopleLabel;  // six families are another matter
  return true;
}

// "12 members | of one family", "five women | from the Masri family": whose they are.
void PeopleScan::ReadKin(People& people) const {
  const size_t of = people.end;
  if (of + 1 >= limit_ || !IsOneOf(text_.Lower(of), {"of", "from"})) return;
  for (size_t i = of + 1; i < limit_ && i <= of + kMaxKinPhrase; ++i) {
    if (const auto kin = HeadAt(i); kin && kin->term->collective && !kin->term->generic) {
      people.end = kin->end;
      if (people.population.groups == PopulationGroups{PopulationGroup::kPerson}) {
        people.population.groups = kin->term->groups;
      }
      return;
    }
    const bool name = text_[i].is_word() || text_.IsHyphen(i);
    if (!name || (i > of + 1 && Stops(i))) return;
  }
}

// "a woman and child": one article for two people.
void PeopleScan::AddCompanion(People& people) const {
  const size_t at = people.end;
  if (at + 1 >= limit_ || text_.Lower(at) != "and") return;
  const auto companion = HeadAt(at + 1);
  if (!companion || !companion->term->singular || companion->term->plural) return;
  if (companion->end < limit_ && text_[companion->end].is_word() && !Stops(companion->end)) return;
  const size_t before = people.population.groups.size();
  AddGroups(people.population.groups, companion->term->groups);
  if (people.population.groups.size() == before) return;
  people.end = companion->end;
  people.population.label += " and " + companion->term->label;
}

}  // namespace consilience::extraction
