// How old people are: "eight students between 7 and 12 years old", "pupils of a primary school".
#include <algorithm>
#include <charconv>
#include <string_view>

#include "services/extraction/population/people_scan.h"

namespace consilience::extraction {
namespace {

constexpr int kAdult = 18;
// Tokens of a phrase such as "between the ages of 7 and 12 years old".
constexpr size_t kAgeReach = 10;

int YearsOf(std::string_view digits) {
  int years = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), years);
  return error == std::errc() && end == digits.data() + digits.size() ? years : -1;
}

}  // namespace

// "children under five"
bool PeopleScan::IsAge(size_t at, const Quantity& quantity) const {
  return at > 0 && !quantity.lower && quantity.upper && *quantity.upper <= kAdult &&
         HeadAt(at - 1).has_value();
}

// The token after "14-year-old", "six-month-old" or "14 year old", which stands before a noun or
// for one; `at` where no age begins.
size_t PeopleScan::AfterAge(size_t at) const {
  const auto unit = [&](size_t i) {
    return IsOneOf(text_.Lower(i), {"year", "years", "month", "week", "day"});
  };
  if (at + 4 < limit_ && text_.IsHyphen(at + 1) && text_.IsHyphen(at + 3) && unit(at + 2) &&
      text_.Lower(at + 4).starts_with("old")) {
    return at + 5;
  }
  const bool apart = at + 2 < limit_ && text_[at].is_number() && unit(at + 1) &&
                     text_.Lower(at + 2).starts_with("old");
  return apart ? at + 3 : at;
}

// "A 16-year-old | was shot", "two 15-year-olds | died": nobody else is meant by the age that ends
// before `after`.
bool PeopleScan::StandsAlone(size_t after, bool many) const {
  if (many) return text_.Lower(after - 1) == "olds";
  if (after >= limit_ || !text_[after].is_word() || Stops(after)) return true;
  return (scene_.classes(after) & finder_.participle_).any() &&
         !HeadAt(scene_.note(after).words_end);
}

// "a 14-year-old student": the first of the words of `people` that tells an age.
void PeopleScan::ReadAgeBefore(People& people, size_t from, const Head& head) const {
  auto& groups = people.population.groups;
  if (groups.size() != 1 || groups[0] == PopulationGroup::kCombatant) return;
  for (size_t i = from; i < head.end; ++i) {
    if (AfterAge(i) == i) continue;
    const int years = text_[i].is_number() ? YearsOf(text_.Lower(i)) : -1;
    const bool young = text_.Lower(text_.IsHyphen(i + 1) ? i + 2 : i + 1).starts_with("year")
                           ? years >= 0 && years < kAdult
                           : true;  // months, weeks, days
    if (young && groups[0] != PopulationGroup::kWoman) groups = {PopulationGroup::kChild};
    return;
  }
}

// The age that is told right after people makes children of them, and belongs to their words.
void PeopleScan::ReadAge(People& people) const {
  size_t at = people.end;
  if (at < limit_ && text_[at].mark == ',') ++at;
  if (at >= limit_ ||
      !IsOneOf(text_.Lower(at), {"aged", "ages", "between", "from", "under", "below", "younger"})) {
    return;
  }
  bool years = IsOneOf(text_.Lower(at), {"aged", "ages"});
  int oldest = -1;
  size_t end = at;
  for (size_t i = at + 1; i < std::min(limit_, at + kAgeReach); ++i) {
    const std::string_view word = text_.Lower(i);
    // An age is no quantity; a number that is one counts others.
    if (text_[i].is_number() && scene_.note(i).quantity < 0) {
      oldest = std::max(oldest, YearsOf(word));
      end = i + 1;
    } else if (IsOneOf(word, {"old", "age", "ages"})) {
      years = true;
      end = i + 1;
    } else if (!IsOneOf(word, {"and", "to", "or", "the", "of", "than", "between", "from", "years",
                               "year"}) &&
               text_[i].mark != '-' && !(text_[i].mark == ',' && years)) {
      break;
    }
  }
  if (!years || oldest < 0) return;
  if (at > people.end && end < limit_ && text_[end].mark == ',') ++end;  // "men, aged 20 to 40,"
  people.end = static_cast<uint32_t>(end);
  auto& groups = people.population.groups;
  const bool adults = std::any_of(groups.begin(), groups.end(), [](PopulationGroup group) {
    return group == PopulationGroup::kCombatant || group == PopulationGroup::kWoman;
  });
  if (oldest < kAdult && !adults) groups = {PopulationGroup::kChild};
}

// The sentence speaks of a school and of no university.
bool PeopleScan::IsSchool(size_t at) const {
  const Sentence& sentence = text_.sentences()[text_[at].sentence];
  bool school = false;
  for (size_t i = sentence.begin; i < sentence.end; ++i) {
    const ClassSet& classes = scene_.classes(i);
    if (classes[finder_.university_]) return false;
    school = school || classes[finder_.school_];
  }
  return school;
}

}  // namespace consilience::extraction
