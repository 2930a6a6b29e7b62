#include "services/extraction/frames/draft_builder.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace consilience::extraction {
namespace {

// Units before a verb in which a plan or a condition governs it: "planned an operation to
// recapture".
constexpr size_t kModalReach = 8;
// Units after the words of an assertion that may still say where and when: "in eastern Aleppo on
// Saturday".
constexpr size_t kAdjunctReach = 6;
// Share of doubt that a hedge or an uncertain reading adds.
constexpr double kHedgeFactor = 0.8;

// "A doctor" and "one of the roads" are no figures.
bool IsTelling(const Assertion& assertion) {
  const auto& quantity = assertion.quantity;
  return quantity && (quantity->fraction || quantity->percent || !quantity->unit.empty() ||
                      quantity->lower.value_or(2) >= 2);
}

bool IsOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
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
      det_(classes.Find("$det")) {}

// The drafts of one sentence.
class SentenceDrafts {
 public:
  SentenceDrafts(const DraftBuilder& builder, const Scene& scene, const UnitRow& row,
                 std::span<const People> people, uint32_t sentence)
      : b_(builder), scene_(scene), row_(row), people_(people), sentence_(sentence) {}

  void Add(const Frame& frame, std::vector<Draft>& drafts) {
    const int32_t victims = frame.match[Role::kVictims].begin;
    if (victims >= 0 && PeopleAt(victims) == nullptr) return;
    if (frame.rule->kind == Kind::kNumericFact && IsAmongNumbers(frame.match)) return;
    if (frame.match[Role::kWhole].captured()) {
      parts_.push_back(&frame);
      return;
    }
    Draft draft;
    draft.sentence = sentence_;
    Assertion& assertion = draft.assertion;
    assertion.kind = frame.rule->kind;
    assertion.measure = frame.rule->measure;
    assertion.rule = frame.rule->id;
    assertion.confidence = std::clamp(frame.score, 0.05, 1.0);
    assertion.modality = frame.rule->modality;
    draft.echo = frame.rule->echo;
    if (frame.rule->denied) assertion.polarity = Polarity::kDenied;
    SetExtent(frame, draft);
    draft.aside = IsAside(frame);
    SetNumbers(frame, draft);
    SetRoles(frame, draft);
    if (assertion.kind == Kind::kNumericFact && !IsTelling(assertion)) return;
    if (!SetPolarity(frame, draft)) return;
    victims_.push_back(victims);
    drafts.push_back(std::move(draft));
  }

  // Parts that were stated apart from their whole.
  void AddParts(size_t first, std::vector<Draft>& drafts) {
    for (const Frame* part : parts_) AttachPart(*part, first, drafts);
    for (size_t i = 0; i + 1 < row_.size(); ++i) {
      const int32_t index = row_.units[i].people;
      if (index >= 0) {
        const People& part = people_[static_cast<size_t>(index)];
        if (part.of_them && !part.bare) AttachIncluded(i, i, first, drafts);
      }
      if (!row_.classes[i][b_.including_]) continue;
      size_t next = i + 1;
      while (next < row_.size() && row_.classes[next][kSkip]) ++next;
      AttachIncluded(i, next, first, drafts);
    }
    DropJoined(first, drafts);
  }

 private:
  // A part says nothing of its own any more.
  void DropJoined(size_t first, std::vector<Draft>& drafts) const {
    size_t kept = first;
    for (size_t i = first; i < drafts.size(); ++i) {
      const bool joined =
          std::find(joined_.begin(), joined_.end(), victims_[i - first]) != joined_.end();
      if ((joined && victims_[i - first] >= 0) || SaysNothingNew(i, first, drafts)) continue;
      if (kept != i) drafts[kept] = std::move(drafts[i]);
      ++kept;
    }
    drafts.resize(kept);
  }

  // A mere number that another assertion of the sentence gives a meaning.
  static bool SaysNothingNew(size_t at, size_t first, const std::vector<Draft>& drafts) {
    const Assertion& fact = drafts[at].assertion;
    if (fact.kind != Kind::kNumericFact || !fact.quantity) return false;
    return std::any_of(
        drafts.begin() + static_cast<std::ptrdiff_t>(first), drafts.end(), [&](const Draft& other) {
          return other.assertion.kind != Kind::kNumericFact && other.assertion.quantity &&
                 other.assertion.quantity->span.begin == fact.quantity->span.begin;
        });
  }

  // Whether an assertion other than a mere number is about the people of a unit.
  bool IsClaimed(int32_t unit, size_t first, const std::vector<Draft>& drafts) const {
    for (size_t i = first; i < drafts.size(); ++i) {
      const bool number = drafts[i].assertion.kind == Kind::kNumericFact;
      if (!number && victims_[i - first] == unit) return true;
    }
    return false;
  }

  const People* PeopleAt(int32_t unit) const {
    const int32_t index = row_.units[static_cast<size_t>(unit)].people;
    return index < 0 ? nullptr : &people_[static_cast<size_t>(index)];
  }

  // "…, which has been held by rebels for years, …".
  bool IsAside(const Frame& frame) const {
    size_t begin = frame.match.begin;
    const auto helps = [&](const ClassSet& classes) {
      return classes[b_.be_] || classes[b_.have_] || classes[b_.modal_] || classes[kSkip];
    };
    while (begin > 0 && helps(row_.classes[begin - 1])) --begin;
    if (begin > 0 && row_.classes[begin - 1][b_.who_]) --begin;
    return begin > 0 && row_.classes[begin][b_.who_] && row_.classes[begin - 1][kComma];
  }
  // A number of a row of numbers, as in a table, of which nobody says what they count.
  bool IsAmongNumbers(const PatternMatch& match) const {
    if (match.end != match.begin + 1 || !IsMereNumber(match.begin)) return false;
    size_t next = match.end;
    if (next < row_.size() && row_.classes[next][kComma]) ++next;
    if (next < row_.size() && IsMereNumber(next)) return true;
    size_t before = match.begin;
    if (before > 0 && row_.classes[before - 1][kComma]) --before;
    return before > 0 && IsMereNumber(before - 1);
  }

  bool IsMereNumber(size_t unit) const {
    const Unit& at = row_.units[unit];
    if (at.people >= 0) return people_[static_cast<size_t>(at.people)].bare;
    if (at.quantity < 0) return false;
    const Quantity& quantity = scene_.quantities()[static_cast<size_t>(at.quantity)];
    return quantity.unit.empty() && !quantity.percent && !quantity.fraction;
  }

  void SetExtent(const Frame& frame, Draft& draft) const;
  void SetNumbers(const Frame& frame, Draft& draft) const;
  void SetRoles(const Frame& frame, Draft& draft) const;
  bool SetPolarity(const Frame& frame, Draft& draft) const;
  void ReadWithin(const Frame& frame, size_t verb, Assertion& assertion) const;
  bool ReadBefore(const Frame& frame, size_t verb, Assertion& assertion) const;
  bool IsStateOfControl(const Frame& frame, size_t verb, bool infinitive,
                        Assertion& assertion) const;
  std::string PartyAt(int32_t unit) const;
  std::string Words(const UnitRange& range) const;
  void AttachPart(const Frame& part, size_t first, std::vector<Draft>& drafts) const;
  void AttachIncluded(size_t including, size_t people, size_t first, std::vector<Draft>& drafts);

  const DraftBuilder& b_;
  const Scene& scene_;
  const UnitRow& row_;
  std::span<const People> people_;
  uint32_t sentence_;
  std::vector<const Frame*> parts_;
  std::vector<int32_t> victims_;  // by draft of this sentence: unit of its people, or -1
  std::vector<int32_t> joined_;   // units of people that became part of a whole
};

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
    assertion.quantity = people.quantity;
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
    if (assertion.kind == Kind::kCasualty) {
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

// Reads denial, plans, conditions and hedges around the verb. False when nothing is asserted at
// all.
bool SentenceDrafts::SetPolarity(const Frame& frame, Draft& draft) const {
  Assertion& assertion = draft.assertion;
  const UnitRange& trigger = frame.match[Role::kTrigger];
  const size_t verb = trigger.captured() ? static_cast<size_t>(trigger.begin) : frame.match.begin;
  ReadWithin(frame, verb, assertion);
  if (assertion.polarity == Polarity::kDenied && assertion.kind == Kind::kNumericFact) return false;
  const bool infinitive = ReadBefore(frame, verb, assertion);
  if (assertion.kind == Kind::kControl && !IsStateOfControl(frame, verb, infinitive, assertion)) {
    return false;
  }
  // To plan the killing of 6,000 fighters is to say that there are 6,000.
  if (assertion.modality == Modality::kPlanned && assertion.kind == Kind::kCasualty &&
      assertion.population.groups == std::vector{PopulationGroup::kCombatant}) {
    assertion.kind = Kind::kPopulation;
    assertion.measure = "PRESENT";
    assertion.modality = Modality::kFact;
  }
  if (assertion.modality != Modality::kFact) assertion.confidence *= kHedgeFactor;
  return true;
}

// Words of denial, doubt and possibility among those of the assertion.
void SentenceDrafts::ReadWithin(const Frame& frame, size_t verb, Assertion& assertion) const {
  const size_t begin = frame.match.begin > 2 ? frame.match.begin - 2 : 0;
  for (size_t i = begin; i < frame.match.end; ++i) {
    const ClassSet& classes = row_.classes[i];
    const bool close = i >= frame.match.begin || i + 1 == verb;
    if (classes[b_.not_] && i != verb && close) assertion.polarity = Polarity::kDenied;
    // "The death toll could reach 200".
    if (classes[b_.modal_] && i > verb && assertion.kind == Kind::kCasualty) {
      assertion.modality = Modality::kHypothetical;
    }
    if (classes[b_.allege_] && i < verb) assertion.modality = Modality::kAlleged;
    if (classes[b_.suspect_] && i < verb) assertion.modality = Modality::kSuspected;
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

// "Six civilians were among at least 22 people killed": the six are part of the 22.
void SentenceDrafts::AttachPart(const Frame& part, size_t first, std::vector<Draft>& drafts) const {
  const People* people = PeopleAt(part.match[Role::kVictims].begin);
  if (people == nullptr || !people->quantity) return;
  for (size_t i = first; i < drafts.size(); ++i) {
    Assertion& whole = drafts[i].assertion;
    if (victims_[i - first] != part.match[Role::kWhole].begin ||
        whole.measure != part.rule->measure) {
      continue;
    }
    whole.rule = part.rule->id;
    whole.subgroups.push_back({*people->quantity, people->population});
    for (const Subgroup& nested : people->subgroups) whole.subgroups.push_back(nested);
    drafts[i].begin = std::min(drafts[i].begin, people->begin);
    whole.span = scene_.text().SpanOf(drafts[i].begin, drafts[i].end);
    return;
  }
}

// "At least 11 people were killed, including two children": the part follows the verb.
void SentenceDrafts::AttachIncluded(size_t including, size_t people, size_t first,
                                    std::vector<Draft>& drafts) {
  Draft* whole = nullptr;
  for (size_t i = first; i < drafts.size(); ++i) {
    const int32_t victims = victims_[i - first];
    if (drafts[i].assertion.kind == Kind::kNumericFact) continue;
    if (victims >= 0 && victims < static_cast<int32_t>(including)) whole = &drafts[i];
  }
  for (size_t at = people; whole != nullptr && at < row_.size(); ++at) {
    const ClassSet& classes = row_.classes[at];
    if (!classes[kPeople]) {
      const bool joins = classes[kComma] || classes[kSkip] ||
                         IsOneOf(scene_.text().Lower(row_.units[at].begin),
                                 {"and", "another", "her", "his", "their"});
      if (!joins) return;
      continue;
    }
    const People& part = *PeopleAt(static_cast<int32_t>(at));
    const auto& least = part.quantity->lower;
    const auto& most = whole->assertion.quantity ? whole->assertion.quantity->upper : std::nullopt;
    const bool claimed = IsClaimed(static_cast<int32_t>(at), first, drafts);
    if (part.bare || (least && most && *least > *most) || (claimed && at != people)) return;
    whole->assertion.subgroups.push_back({*part.quantity, part.population});
    joined_.push_back(static_cast<int32_t>(at));
    if (whole->end < part.end) whole->end = part.end;
    whole->assertion.span = scene_.text().SpanOf(whole->begin, whole->end);
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
