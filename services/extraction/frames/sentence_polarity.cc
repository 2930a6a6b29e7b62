// Denial, plans, conditions and hedges around the verb of an assertion.
#include <algorithm>
#include <string_view>

#include "services/extraction/frames/sentence_drafts.h"

namespace consilience::extraction {
namespace {

// Units before a verb in which a plan or a condition governs it: "planned an operation to
// recapture".
constexpr size_t kModalReach = 8;
// Units before "chemical weapons" in which it is said what is done about them.
constexpr size_t kArmsReach = 3;
// Share of doubt that a hedge or an uncertain reading adds.
constexpr double kHedgeFactor = 0.8;

}  // namespace

// Reads denial, plans, conditions and hedges around the verb. False when nothing is asserted at
// all.
bool SentenceDrafts::SetPolarity(const Frame& frame, Draft& draft) const {
  Assertion& assertion = draft.assertion;
  const UnitRange& trigger = frame.match[Role::kTrigger];
  const size_t verb = trigger.captured() ? static_cast<size_t>(trigger.begin) : frame.match.begin;
  // "nearly killed 20 people"
  if (verb > 0 && row_.classes[verb - 1][b_.barely_]) return false;
  if (assertion.kind == Kind::kWeaponUse && !IsUseOfArms(verb)) return false;
  ReadWithin(frame, verb, assertion);
  if (assertion.polarity == Polarity::kDenied && assertion.kind == Kind::kNumericFact) return false;
  const bool infinitive = ReadBefore(frame, verb, assertion);
  if (assertion.kind == Kind::kControl && !IsStateOfControl(frame, verb, infinitive, assertion)) {
    return false;
  }
  // To plan the killing of 6,000 fighters is to say that there are 6,000.
  if (assertion.modality == Modality::kPlanned && assertion.kind == Kind::kCasualty &&
      assertion.population.groups == PopulationGroups{PopulationGroup::kCombatant}) {
    assertion.kind = Kind::kPopulation;
    assertion.measure = "PRESENT";
    assertion.modality = Modality::kFact;
  }
  if (assertion.modality != Modality::kFact) assertion.confidence *= kHedgeFactor;
  return true;
}

// "Five suspects", "twelve suspected militants", "a man suspected of arson": what they are doubted
// to be, and not what happened to them.
bool SentenceDrafts::IsOfPeople(size_t unit) const {
  if (row_.classes[unit][kPeople]) return true;
  return unit + 1 < row_.size() && Word(unit) == "suspected" && Word(unit + 1) == "of";
}

// Words of denial, doubt and possibility among those of the assertion.
void SentenceDrafts::ReadWithin(const Frame& frame, size_t verb, Assertion& assertion) const {
  const size_t begin = frame.match.begin > 2 ? frame.match.begin - 2 : 0;
  for (size_t i = begin; i < frame.match.end; ++i) {
    const ClassSet& classes = row_.classes[i];
    const bool close = i >= frame.match.begin || i + 1 == verb;
    if (classes[b_.not_] && i != verb && close) assertion.polarity = Polarity::kDenied;
    // "No violation of the truce was reported", "no deal has been reached".
    if (classes[b_.no_] && i < verb && assertion.kind == Kind::kAgreement && close) {
      assertion.polarity = Polarity::kDenied;
    }
    // "The death toll could reach 200".
    if (classes[b_.modal_] && i > verb && assertion.kind == Kind::kCasualty) {
      assertion.modality = Modality::kHypothetical;
    }
    if (classes[b_.allege_] && i < verb) assertion.modality = Modality::kAlleged;
    if (classes[b_.suspect_] && i < verb && !IsOfPeople(i))
      assertion.modality = Modality::kSuspected;
  }
}

// Plans and conditions that govern the verb from before it. True when the verb is an infinitive
// with "to".
bool SentenceDrafts::ReadBefore(const Frame& frame, size_t verb, Assertion& assertion) const {
  bool infinitive = false;
  const size_t reach = verb > kModalReach ? verb - kModalReach : 0;
  for (size_t i = verb; i-- > reach;) {
    const ClassSet& classes = row_.classes[i];
    if ((classes[kStrong] || classes[kPeople]) && i < frame.match.begin) break;
    const std::string_view word = scene_.text().Lower(row_.units[i].begin);
    if (classes[b_.modal_] && i + 4 >= verb) assertion.modality = Modality::kHypothetical;
    if (classes[b_.if_] && assertion.modality == Modality::kFact) {
      assertion.modality = Modality::kHypothetical;
    }
    if (word == "to" && i + 1 == verb) infinitive = true;
    // "Back the plan" plans nothing; "a plan to recapture the town" does.
    const bool opens = word == "plan" && i + 1 < row_.size() &&
                       scene_.text().Lower(row_.units[i + 1].begin) == "to";
    if (classes[b_.plan_] && (infinitive || opens)) {
      assertion.modality = Modality::kPlanned;
    }
  }
  return infinitive;
}

// "The Organisation for the Prohibition of Chemical Weapons", "its chemical weapons stockpile", "a
// ban on cluster munitions" tell of no use.
bool SentenceDrafts::IsUseOfArms(size_t arms) const {
  const Text& text = scene_.text();
  const Unit& unit = row_.units[arms];
  bool name = unit.end > unit.begin + 1 && !text.all_caps();
  for (size_t i = unit.begin; i < unit.end; ++i) {
    name =
        name && (!text[i].is_word() || (text[i].is(kCapitalised) && !text[i].is(kSentenceInitial)));
  }
  if (name) return false;
  if (arms + 1 < row_.size() && row_.classes[arms + 1][b_.arms_matter_]) return false;
  // "200 litres of chlorine" are an amount of it.
  if (arms >= 2 && Word(arms - 1) == "of" && row_.units[arms - 2].quantity >= 0 &&
      !scene_.quantities()[static_cast<size_t>(row_.units[arms - 2].quantity)].unit.empty()) {
    return false;
  }
  for (size_t back = 1; back <= kArmsReach && back <= arms; ++back) {
    if (row_.classes[arms - back][b_.arms_matter_]) return false;
  }
  return true;
}

// Who wishes to hold a place says nothing of who holds it.
bool SentenceDrafts::IsStateOfControl(const Frame& frame, size_t verb, bool infinitive,
                                      Assertion& assertion) const {
  if (infinitive && assertion.modality == Modality::kFact) {
    assertion.modality = Modality::kPlanned;  // "an offensive to recapture the town"
  }
  // "Recovering the town would be …": the sentence speaks of what has not happened.
  const size_t last = std::min(row_.size(), verb + 2 * kModalReach);
  for (size_t i = frame.match.end; verb <= 1 && i < last; ++i) {
    if (row_.classes[i][b_.modal_]) assertion.modality = Modality::kHypothetical;
  }
  if (assertion.modality == Modality::kPlanned) return false;
  return assertion.modality != Modality::kHypothetical || frame.match[Role::kPlace].captured();
}

}  // namespace consilience::extraction
