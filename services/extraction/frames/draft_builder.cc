#include "services/extraction/frames/draft_builder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "services/extraction/frames/sentence_drafts.h"

namespace consilience::extraction {
namespace {

// Units after the words of an assertion that may still say where and when: "in eastern Aleppo on
// Saturday".
constexpr size_t kAdjunctReach = 6;

// Units from "up from" to the old figure: "up from an earlier count of 17".
constexpr int32_t kOldFigureReach = 5;

// The least that a vague number tells by itself: "dozens of flights", not "several fronts".
constexpr double kLeastVague = 10;

// "A doctor", "one of the roads" and "several fronts" are no figures.
bool IsTelling(const Assertion& assertion) {
  const auto& quantity = assertion.quantity;
  if (!quantity) return false;
  if (quantity->fraction || quantity->percent) return true;
  const double least = quantity->lower.value_or(2);
  if (quantity->vague) return least >= kLeastVague;
  return !quantity->unit.empty() || least >= 2;
}

}  // namespace

DraftBuilder::DraftBuilder(const PopulationLexicon& lexicon, const ClassTable& classes)
    : lexicon_(lexicon),
      not_(classes.Find("$not")),
      modal_(classes.Find("$modal")),
      if_(classes.Find("$if")),
      plan_(classes.Find("$plan")),
      allege_(classes.Find("$allege")),
      suspect_(classes.Find("$suspect")),
      by_(classes.Find("$by")),
      in_(classes.Find("$in")),
      including_(classes.Find("$including")),
      be_(classes.Find("$be")),
      have_(classes.Find("$have")),
      no_(classes.Find("$no")),
      who_(classes.Find("$who")),
      det_(classes.Find("$det")),
      of_(classes.Find("$of")),
      dead_(classes.Find("$killed.state")),
      old_(classes.Find("$old_figure")),
      compared_(classes.Find("$compared")),
      arms_matter_(classes.Find("$arms_matter")),
      put_(classes.Find("$put")),
      poll_(classes.Find("$poll")),
      owner_(classes.Find("$owner")),
      inhabitant_(classes.Find("$inhabitant")),
      lost_(classes.Find("$lost")),
      say_(classes.Find("$say")),
      barely_(classes.Find("$barely")) {
  for (size_t i = kPhraseClasses; i < classes.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    if (classes.Name(id).ends_with(".pp")) participle_.set(id);
    if (classes.Name(id).ends_with(".die")) finite_.set(id);
  }
}

void SentenceDrafts::Add(const Frame& frame, std::vector<Draft>& drafts) {
  const int32_t victims = frame.match[Role::kVictims].begin;
  if (victims >= 0 && PeopleAt(victims) == nullptr) return;
  if (frame.rule->kind == Kind::kNumericFact &&
      (IsAmongNumbers(frame.match) || IsOldFigure(victims))) {
    return;
  }
  if (frame.match[Role::kWhole].captured()) {
    parts_.push_back(&frame);
    return;
  }
  Draft draft;
  draft.sentence = sentence_;
  Assertion& assertion = draft.assertion;
  assertion.kind = frame.rule->kind;
  assertion.measure = frame.rule->measure;
  // "Two bodies were pulled from the rubble"; lives that were saved are another matter.
  const bool dead = victims >= 0 && PeopleAt(victims)->state[b_.dead_];
  if (dead && assertion.measure == "RESCUED") assertion.measure = "KILLED";
  assertion.rule = frame.rule->id;
  assertion.confidence = std::clamp(frame.score, 0.05, 1.0);
  assertion.modality = frame.rule->modality;
  draft.echo = frame.rule->echo;
  if (frame.rule->denied) assertion.polarity = Polarity::kDenied;
  SetExtent(frame, draft);
  draft.aside = IsAside(frame);
  SetNumbers(frame, draft);
  SetRoles(frame, draft);
  if (assertion.kind == Kind::kNumericFact && DescribesThing(frame)) return;
  if (assertion.kind == Kind::kNumericFact && victims >= 0) {
    if (const int32_t things = ThingsCountedBefore(victims); things >= 0) {
      assertion.measure = kAmountMeasure;
      assertion.population = {};
      assertion.population.label = CountedAfter(static_cast<size_t>(things));
    }
  }
  if (assertion.kind == Kind::kNumericFact && !IsTelling(assertion)) return;
  if (IsLooselyTold(frame) || !SetPolarity(frame, draft)) return;
  victims_.push_back(victims);
  drafts.push_back(std::move(draft));
}

// "…, which has been held by rebels for years, …".
bool SentenceDrafts::IsAside(const Frame& frame) const {
  size_t begin = frame.match.begin;
  const auto helps = [&](const ClassSet& classes) {
    return classes[b_.be_] || classes[b_.have_] || classes[b_.modal_] || classes[b_.put_] ||
           classes[b_.det_] || classes[kSkip];
  };
  while (begin > 0 && helps(row_.classes[begin - 1])) --begin;
  if (begin > 0 && row_.classes[begin - 1][b_.who_]) --begin;
  return begin > 0 && row_.classes[begin][b_.who_] && row_.classes[begin - 1][kComma];
}

bool SentenceDrafts::IsAmongNumbers(const PatternMatch& match) const {
  if (match.end != match.begin + 1 || !IsMereNumber(match.begin)) return false;
  size_t next = match.end;
  if (next < row_.size() && row_.classes[next][kComma]) ++next;
  if (next < row_.size() && IsMereNumber(next)) return true;
  size_t before = match.begin;
  if (before > 0 && row_.classes[before - 1][kComma]) --before;
  return before > 0 && IsMereNumber(before - 1);
}

// "rose from 19", "up by three", "compared with 12 last year"; nor does a name's number count.
bool SentenceDrafts::IsOldFigure(int32_t victims) const {
  if (victims < 1 || !PeopleAt(victims)->bare) return false;
  const ClassSet& last = row_.classes[static_cast<size_t>(victims - 1)];
  if (last[b_.old_]) return true;
  // "France 24 | said"
  const auto next = static_cast<size_t>(victims + 1);
  if ((last[kName] || last[kPlace] || last[kParty]) && next < row_.size() &&
      (row_.classes[next][b_.say_] || row_.classes[next][kComma] || row_.classes[next][b_.who_])) {
    return true;
  }
  for (int32_t i = victims - 1; i >= 0 && i >= victims - kOldFigureReach; --i) {
    const ClassSet& classes = row_.classes[static_cast<size_t>(i)];
    if (classes[kComma] || classes[kStrong]) return false;
    if (classes[b_.compared_]) return true;
  }
  return false;
}

// "The 20 | of whom nine … were killed": the verb is of the whole in "four of the six people
// injured", "two of the seven kidnapped students" and "two of three men who were abducted".
bool SentenceDrafts::TellsOfWhole(const Frame& frame, const People& people) const {
  if (!people.whole) return false;
  const UnitRange& trigger = frame.match[Role::kTrigger];
  if (!trigger.captured()) return people.state.any();
  const auto next = static_cast<size_t>(frame.match[Role::kVictims].begin + 1);
  if (next >= row_.size()) return false;
  if (row_.classes[next][b_.who_]) return true;
  const auto unit = static_cast<size_t>(frame.match[Role::kVictims].begin);
  // "He is one of at least 707 people killed"
  const bool is = unit > 0 && row_.classes[unit - 1][b_.be_];
  return (people.of_the || is) && static_cast<size_t>(trigger.begin) == next &&
         (row_.classes[next] & b_.participle_).any() && (row_.classes[next] & b_.finite_).none();
}

// What a match says too little of to be told: see each case.
bool SentenceDrafts::IsLooselyTold(const Frame& frame) const {
  const int32_t unit = frame.match[Role::kVictims].begin;
  const UnitRange& trigger = frame.match[Role::kTrigger];
  if (unit < 0) return false;
  const People& people = *PeopleAt(unit);
  // "its 76,981 voters" are not those who live there; "no template for a female president".
  if (frame.rule->kind == Kind::kPopulation) {
    const bool one = people.quantity && people.quantity->upper && *people.quantity->upper <= 1;
    const bool owned =
        trigger.captured() && row_.classes[static_cast<size_t>(trigger.begin)][b_.owner_];
    return one || (owned && !people.words[b_.inhabitant_]);
  }
  if (!trigger.captured()) return false;
  const ClassSet& verb = row_.classes[static_cast<size_t>(trigger.begin)];
  if (verb[b_.lost_] && people.bare && trigger.begin < unit) return true;  // "lost billions"
  if (trigger.begin <= unit || (verb & b_.finite_).any() || (verb & b_.participle_).none()) {
    return false;
  }
  return IsLooselyFollowed(people, static_cast<size_t>(unit), static_cast<size_t>(trigger.begin),
                           static_cast<size_t>(trigger.end));
}

// A participle after its noun without a verb to help it.
bool SentenceDrafts::IsLooselyFollowed(const People& people, size_t unit, size_t verb,
                                       size_t next) const {
  bool modal = false;
  for (size_t i = unit + 1; i < verb; ++i) {
    const ClassSet& classes = row_.classes[i];
    if (classes[b_.be_] || classes[b_.have_]) return false;
    modal = modal || classes[b_.modal_];
  }
  if (modal) return true;  // "a dynasty can't hurt"
  // "families of those killed"
  if (verb > unit + 2 && Word(verb - 1) == "those" && Word(verb - 2) == "of") return true;
  // "a poll of 400 voters released on Friday"
  if (unit > 1 && Word(unit - 1) == "of" && row_.classes[unit - 2][b_.poll_]) return true;
  // "no one released part of it", "recordings, one captured by a camera"
  const bool none = people.quantity && people.quantity->upper && *people.quantity->upper <= 1;
  if (!none || !people.bare || people.whole) return false;
  return next < row_.size() && !row_.classes[next][kStrong] && !row_.classes[next][kComma] &&
         !row_.classes[next][b_.in_];
}

// "a five-storey building", "a 15-count complaint": what one thing is like. "A 6.2-magnitude quake"
// is measured.
bool SentenceDrafts::DescribesThing(const Frame& frame) const {
  const int32_t unit = frame.match[Role::kAmount].begin;
  if (unit < 0) return false;
  const Unit& amount = row_.units[static_cast<size_t>(unit)];
  if (amount.quantity < 0 || amount.end >= scene_.text().size()) return false;
  const Quantity& quantity = scene_.quantities()[static_cast<size_t>(amount.quantity)];
  const bool whole = quantity.lower && *quantity.lower == std::floor(*quantity.lower);
  return whole && quantity.unit.empty() && !quantity.percent && !quantity.fraction &&
         scene_.text().IsHyphen(amount.end);
}

// "57 suspected cases were found, | 48 confirmed", "four coaches derailed and | two burned out": a
// number without a noun stands for the things that the sentence has counted last. Their unit, or
// -1.
int32_t SentenceDrafts::ThingsCountedBefore(int32_t victims) const {
  const People& people = *PeopleAt(victims);
  if (!people.bare || people.whole) return -1;
  for (int32_t i = victims - 1; i >= 0; --i) {
    const Unit& at = row_.units[static_cast<size_t>(i)];
    // "The number of measles cases rose to | 1,644", but not of people.
    if (Word(static_cast<size_t>(i)) == "number" &&
        row_.classes[static_cast<size_t>(i + 1)][b_.of_]) {
      return CountedAfter(static_cast<size_t>(i)).empty() ? -1 : i;
    }
    if (at.people >= 0) return -1;
    if (at.quantity < 0) continue;
    const Quantity& quantity = scene_.quantities()[static_cast<size_t>(at.quantity)];
    return quantity.unit.empty() && !quantity.percent && !quantity.fraction ? i : -1;
  }
  return -1;
}

bool SentenceDrafts::IsMereNumber(size_t unit) const {
  const Unit& at = row_.units[unit];
  if (at.people >= 0) return people_[static_cast<size_t>(at.people)].bare;
  if (at.quantity < 0) return false;
  const Quantity& quantity = scene_.quantities()[static_cast<size_t>(at.quantity)];
  return quantity.unit.empty() && !quantity.percent && !quantity.fraction;
}

// The words of the match, with what follows it to say where and when.
void SentenceDrafts::SetExtent(const Frame& frame, Draft& draft) const {
  size_t begin = frame.match.begin;
  size_t end = frame.match.end;
  while (end > begin + 1 && (row_.classes[end - 1][kComma] || row_.classes[end - 1][kQuote])) --end;
  size_t last = end;
  for (size_t i = end; i < row_.size() && i < last + kAdjunctReach; ++i) {
    if (row_.classes[i][kTime] || row_.classes[i][kPlace]) {
      last = i + 1;
    } else if (row_.classes[i][kComma] || row_.classes[i][kStrong] || !(row_.classes[i][kFiller])) {
      break;
    }
  }
  end = last;
  // "the toll", "all hospitals"; not "said that 12 were killed".
  if (begin > 0 && row_.classes[begin - 1][b_.det_] && !row_.classes[begin - 1][b_.who_]) --begin;
  draft.begin = row_.units[begin].begin;
  draft.end = row_.units[end - 1].end;
  const UnitRange& trigger = frame.match[Role::kTrigger];
  const size_t unit = trigger.captured() ? static_cast<size_t>(trigger.begin) : begin;
  draft.trigger = row_.units[unit].begin;
  const Text& text = scene_.text();
  while (draft.end > draft.begin + 1 && text[draft.end - 1].mark == ',') --draft.end;
  draft.assertion.span = text.SpanOf(draft.begin, draft.end);
}

void SentenceDrafts::SetNumbers(const Frame& frame, Draft& draft) const {
  Assertion& assertion = draft.assertion;
  if (const int32_t unit = frame.match[Role::kVictims].begin; unit >= 0) {
    const People& people = *PeopleAt(unit);
    assertion.quantity = TellsOfWhole(frame, people) ? people.whole : people.quantity;
    assertion.population = people.population;
    assertion.subgroups = people.subgroups;
    if (people.bare) assertion.population.groups = {PopulationGroup::kPerson};
  }
  if (const int32_t unit = frame.match[Role::kPop].begin; unit >= 0 && PeopleAt(unit) != nullptr) {
    assertion.population = PeopleAt(unit)->population;
  }
  if (const int32_t unit = frame.match[Role::kAmount].begin; unit >= 0) {
    const int32_t index = row_.units[static_cast<size_t>(unit)].quantity;
    if (index >= 0) assertion.quantity = scene_.quantities()[static_cast<size_t>(index)];
    if (index >= 0 && assertion.kind == Kind::kNumericFact) {
      assertion.population.label = CountedAfter(static_cast<size_t>(unit));
    }
    if (assertion.kind == Kind::kCasualty && !frame.match[Role::kPop].captured()) {
      assertion.population.groups = {PopulationGroup::kPerson};
    }
  }
}

std::string SentenceDrafts::PartyAt(int32_t unit) const {
  const Unit& at = row_.units[static_cast<size_t>(unit)];
  if (at.party >= 0) return b_.lexicon_.party[static_cast<size_t>(at.party)].id;
  if (at.people >= 0) return people_[static_cast<size_t>(at.people)].population.party;
  return "";
}

std::string SentenceDrafts::Words(const UnitRange& range) const {
  return std::string(scene_.text().Lower(row_.units[static_cast<size_t>(range.begin)].begin,
                                         row_.units[static_cast<size_t>(range.end - 1)].end));
}

void SentenceDrafts::SetRoles(const Frame& frame, Draft& draft) const {
  Assertion& assertion = draft.assertion;
  const UnitRange& actor = frame.match[Role::kActor];
  for (int32_t i = actor.begin; i >= 0 && i < actor.end && assertion.actor.empty(); ++i) {
    assertion.actor = PartyAt(i);
  }
  // The party before an active verb, or after "by".
  const UnitRange& trigger = frame.match[Role::kTrigger];
  const int32_t people = frame.match[Role::kVictims].begin;
  if (assertion.actor.empty() && people >= 0 && trigger.captured() && trigger.begin < people) {
    for (int32_t i = trigger.begin - 1; i >= 0 && i + 4 >= trigger.begin; --i) {
      if (row_.classes[static_cast<size_t>(i)][kComma]) break;
      if (row_.classes[static_cast<size_t>(i)][kParty]) assertion.actor = PartyAt(i);
      if (!assertion.actor.empty()) break;
    }
  }
  for (size_t i = frame.match.end; i + 1 < row_.size() && i < frame.match.end + 3; ++i) {
    if (!row_.classes[i][b_.by_] || !assertion.actor.empty()) continue;
    for (size_t j = i + 1; j < row_.size() && j < i + 4 && assertion.actor.empty(); ++j) {
      if (row_.classes[j][kParty]) assertion.actor = PartyAt(static_cast<int32_t>(j));
    }
  }
  if (frame.match[Role::kTarget].captured()) assertion.target = Words(frame.match[Role::kTarget]);
  if (const int32_t unit = frame.match[Role::kPlace].begin; unit >= 0) {
    for (int32_t i = unit; i < frame.match[Role::kPlace].end; ++i) {
      const int32_t place = row_.units[static_cast<size_t>(i)].place;
      if (place >= 0) assertion.place = scene_.places()[static_cast<size_t>(place)].mention;
    }
  }
}

void DraftBuilder::Build(const Scene& scene, const UnitRow& row, std::span<const People> people,
                         const std::vector<Frame>& frames, uint32_t sentence,
                         std::vector<Draft>& drafts) const {
  const size_t first = drafts.size();
  SentenceDrafts builder(*this, scene, row, people, sentence);
  for (const Frame& frame : frames) builder.Add(frame, drafts);
  builder.AddParts(first, drafts);
}

}  // namespace consilience::extraction
