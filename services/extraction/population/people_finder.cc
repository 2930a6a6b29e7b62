#include "services/extraction/population/people_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "services/extraction/population/people_scan.h"

namespace consilience::extraction {
namespace {

// Words between a number and its noun: "six Islamic State of Iraq and the Levant fighters".
constexpr size_t kMaxModifiers = 9;
// Tokens of adjectives between a name and the noun of "13 Daesh fighting positions".
constexpr size_t kThingReach = 3;
// Tokens after "members of" in which the party is looked for.
constexpr size_t kMaxOfPhrase = 8;

// A number without a noun that is greater than this counts money rather than people.
constexpr double kMostPeople = 1e9;

constexpr std::string_view kStopClasses[] = {
    "$be",  "$have",  "$modal", "$do",  "$not",  "$and", "$including", "$who",
    "$in",  "$of",    "$among", "$by",  "$when", "$if",  "$plan",      "$acted",
    "$say", "$leave", "$claim", "$put", "$than", "$prep"};

}  // namespace

PeopleFinder::PeopleFinder(const PopulationLexicon& lexicon, const ClassTable& classes)
    : lexicon_(lexicon),
      and_(classes.Find("$and")),
      including_(classes.Find("$including")),
      adverb_(classes.Find("$adv")),
      determiner_(classes.Find("$det")),
      be_(classes.Find("$be")),
      say_(classes.Find("$say")),
      school_(classes.Find("$school")),
      university_(classes.Find("$university")) {
  for (size_t i = kPhraseClasses; i < classes.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    const std::string_view name = classes.Name(id);
    if (name.ends_with(".act") || name.ends_with(".die") ||
        std::find(std::begin(kStopClasses), std::end(kStopClasses), name) !=
            std::end(kStopClasses)) {
      stop_.set(id);
    }
    if (name.ends_with(".pp")) participle_.set(id);
    if (name.ends_with(".noun")) noun_.set(id);
    if (name.ends_with(".act")) act_.set(id);
    if (name.ends_with(".act") || name == "$say" || name == "$claim" || name == "$leave" ||
        name == "$plan") {
      verb_.set(id);
    }
    if (name.ends_with(".count")) count_.set(id);
  }
  state_of_.assign(classes.size(), kMaxClasses);
  for (size_t i = kPhraseClasses; i < classes.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    if (!participle_[id] && !count_[id]) continue;
    const std::string_view name = classes.Name(id);
    state_of_[id] = classes.Find(std::string(name.substr(0, name.rfind('.'))) + ".state");
  }
}

ClassSet PeopleFinder::StatesOf(const ClassSet& classes) const {
  ClassSet states;
  const ClassSet telling = classes & (participle_ | count_);
  if (telling.none()) return states;
  for (size_t id = telling._Find_first(); id < kMaxClasses; id = telling._Find_next(id)) {
    states.set(state_of_[id]);
  }
  return states;
}

std::optional<PeopleScan::Head> PeopleScan::FindHead(size_t at, bool many, People& people) const {
  for (size_t i = at; i < limit_ && i < at + kMaxModifiers;) {
    if (const size_t after = AfterAge(i); after != i) {
      if (StandsAlone(after, many)) {
        return Head{static_cast<uint32_t>(i), static_cast<uint32_t>(after), nullptr};
      }
      i = after;
      continue;
    }
    if (auto head = HeadAt(i); head && (many ? head->term->plural : head->term->singular)) {
      // "school children", "army soldiers": the last of a row of nouns is the head.
      for (size_t next = head->end; next < limit_; next = head->end) {
        if (text_.IsHyphen(next)) break;
        const auto further = HeadAt(next);
        if (!further || (many ? !further->term->plural : !further->term->singular)) break;
        if (further->term->toll) break;  // "left 11 people dead"
        if (!many && Stops(next)) break;
        head->end = further->end;
        head->term = further->term;
      }
      // "270 dead bodies"
      if (many && head->term->toll && head->end < limit_ &&
          (scene_.classes(head->end) & finder_.count_).any()) {
        head->end = scene_.note(head->end).words_end;
      }
      return head;
    }
    const ClassSet& classes = scene_.classes(i);
    if (many && (classes & finder_.count_).any()) {
      people.state |= finder_.StatesOf(classes & finder_.count_);
      return Head{static_cast<uint32_t>(i), scene_.note(i).words_end, nullptr};
    }
    const bool participle = (classes & finder_.participle_).any();
    if (many && IsReported(i)) {
      ++i;
    } else if (participle && HoldsHeadSoon(scene_.note(i).words_end)) {
      people.state |= finder_.StatesOf(classes);
      i = scene_.note(i).words_end;
    } else if (i > at && classes[finder_.and_] && HoldsHeadSoon(i + 1) && !Stops(i - 1)) {
      ++i;
    } else if (const PopulationTerm* guess = many ? Guess(i) : nullptr) {
      return Head{static_cast<uint32_t>(i), static_cast<uint32_t>(i + 1), guess};
    } else if (many && i > at && text_.Lower(i).ends_with("ing") && text_[i - 1].is_word() &&
               text_.Lower(i - 1).ends_with('s')) {
      return std::nullopt;  // "two bases housing troops"
    } else if (text_.IsHyphen(i) || text_.Lower(i) == "'s" ||
               (text_[i].is_word() && !Stops(i) && !participle)) {
      ++i;
    } else if (i + 2 < limit_ && text_[i].mark == '(' && text_[i + 2].mark == ')') {
      i += 3;  // "seven (female) civilians"
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

// "110 | confirmed | deaths", "two | reported | victims": how sure the number is, not a verb.
bool PeopleScan::IsReported(size_t at) const {
  if (!scene_.classes(at)[finder_.say_] || !text_.Lower(at).ends_with("ed")) return false;
  return at + 1 < limit_ &&
         ((scene_.classes(at + 1) & finder_.count_).any() || HoldsHeadSoon(at + 1));
}

// A plural that no list has but whose ending tells of people: "15 young Assyrians".
const PopulationTerm* PeopleScan::Guess(size_t at) const {
  if (!text_[at].is_word() || scene_.note(at).words >= 0) return nullptr;
  if (at + 1 < limit_ && text_[at + 1].is_word() && !Stops(at + 1) &&
      (scene_.classes(at + 1) & finder_.participle_).none()) {
    return nullptr;  // a modifier of the noun that follows
  }
  const std::string_view word = text_.Lower(at);
  for (const auto& [suffix, term] : lexicon_.suffixes) {
    if (word.size() > suffix.size() + 2 && word.ends_with(suffix)) return &term;
  }
  return nullptr;
}

// "rebel fighters" for "about 20 young rebel fighters": the noun, with what else its words say of
// who they are.
std::string PeopleScan::LabelOf(size_t from, const Head& head) const {
  if (head.term == nullptr) return kPeopleLabel;
  for (size_t i = from; !head.term->generic && i < head.begin; ++i) {
    const auto modifier = HeadAt(i);
    if (!modifier || modifier->end != head.begin || modifier->term->generic ||
        modifier->term->plural || modifier->term->loaded) {
      continue;
    }
    return fmt::format("{} {}", text_.Lower(modifier->begin, modifier->end), head.term->label);
  }
  return head.term->label;
}

void PeopleScan::Describe(People& people, size_t from, const Head& head) const {
  Population& population = people.population;
  population.span = text_.SpanOf(from, head.end);
  population.label = LabelOf(from, head);
  population.groups = {PopulationGroup::kPerson};
  people.words = scene_.classes(head.begin);
  people.end = head.end;
  if (head.term != nullptr) {
    population.groups = head.term->groups;
    if (head.term->pupil && IsSchool(from)) population.groups = {PopulationGroup::kChild};
    population.loaded = head.term->loaded;
    people.deaths = head.term->toll;
    if (people.deaths) people.state |= finder_.StatesOf(people.words);
  }
  const bool generic = head.term == nullptr || head.term->generic;
  for (size_t i = from; generic && i < head.begin; ++i) {
    const auto modifier = HeadAt(i);
    if (!modifier || modifier->end > head.begin || modifier->term->generic) continue;
    population.groups = modifier->term->groups;
    population.loaded = modifier->term->loaded;
  }
  ReadParty(people, from, generic);
  ReadAgeBefore(people, from, head);
  if (head.term != nullptr) ExtendList(people, from);
}

// "soldiers and fighters", "rebel fighters and people of unknown identity": one number, several
// nouns.
void PeopleScan::ExtendList(People& people, size_t from) const {
  for (;;) {
    size_t at = people.end;
    if (at < limit_ && text_[at].mark == ',') ++at;
    if (at >= limit_ || !(scene_.classes(at)[finder_.and_] || text_[at].mark == '/')) return;
    if (text_.Lower(at) == "while") return;
    ++at;
    People rest;
    const auto head = FindHead(at, true, rest);
    if (!head || head->term == nullptr || rest.state.any() || head->begin > at + 3) return;
    if (text_.Lower(head->end - 1) == "others") return;  // "left 20 dead and others injured"
    AddGroups(people.population.groups, head->term->groups);
    people.population.loaded = people.population.loaded || head->term->loaded;
    people.end = head->end;
    people.population.span = text_.SpanOf(from, head->end);
    if (head->term->label != people.population.label) {
      people.population.label += " and " + head->term->label;
    }
  }
}

// The party is named among the modifiers ("Nusra Front fighters") or after "of" ("members of the
// Nusra Front").
void PeopleScan::ReadParty(People& people, size_t from, bool generic) const {
  size_t end = people.end;
  if (end < limit_ && text_.Lower(end) == "of") end = std::min(limit_, end + kMaxOfPhrase);
  for (size_t i = from; i < end; ++i) {
    if (i > people.end + 1 && Stops(i) && text_.Lower(i) != "of") break;
    const auto match = lexicon_.parties.Longest(text_.tokens(), i, end);
    if (!match) continue;
    const Party& party = lexicon_.party[static_cast<size_t>(match->payload)];
    people.population.party = party.id;
    if (generic && party.armed && people.population.groups.size() == 1 &&
        people.population.groups[0] == PopulationGroup::kPerson) {
      people.population.groups = {PopulationGroup::kCombatant};
    }
    return;
  }
}

// "2,200 damaged | buildings"; not "50 wounded | others".
bool PeopleScan::CountsThings(size_t noun) const {
  if (noun >= limit_ || !text_[noun].is_word() || text_[noun].is(kCapitalised) || HeadAt(noun)) {
    return false;
  }
  const std::string_view word = text_.Lower(noun);
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") && !Stops(noun) &&
         scene_.note(noun).words < 0;
}

// After a number without a noun only what cannot be another noun may follow.
bool PeopleScan::IsBareNumber(size_t after) const {
  if (after >= limit_ || !text_[after].is_word()) {
    // "the eight-storey building"
    return after >= limit_ || (text_[after].kind == TokenKind::kPunct && !text_.IsHyphen(after));
  }
  if (scene_.note(after).time >= 0) return true;
  if (text_.Lower(after) == "more") return !CountsThings(after + 1);  // "5,500 more pages"
  const ClassSet& classes = scene_.classes(after);
  const bool told = (classes & finder_.participle_).any() ||
                    (classes[finder_.say_] && text_.Lower(after).ends_with("ed"));
  if (told && CountsThings(scene_.note(after).words_end)) return false;  // "two confirmed cases"
  // "several attacks", "two states": no verb of one stands after a number of many.
  if ((classes & (finder_.noun_ | finder_.verb_)).any() && text_.Lower(after).ends_with('s')) {
    return false;
  }
  if ((classes & (finder_.stop_ | finder_.participle_)).any() || classes[finder_.adverb_]) {
    return true;
  }
  if (classes[finder_.determiner_]) return true;
  return text_[after].is(kCapitalised) && !text_.all_caps() && !NamesThings(after);
}

// "34 Daesh | targets", "13 Islamic State fighting | positions".
bool PeopleScan::NamesThings(size_t name) const {
  const size_t first = name;
  while (name < limit_ && (text_[name].is(kCapitalised) ||
                           (name > first && (text_.IsHyphen(name) || text_[name].is_number())))) {
    ++name;  // "AR-15 rifles"
  }
  for (size_t i = name; i < limit_ && i < name + kThingReach && text_[i].is_word(); ++i) {
    const std::string_view word = text_.Lower(i);
    if (HeadAt(i) || (scene_.classes(i) & finder_.stop_ & ~finder_.act_).any()) return false;
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) return true;
  }
  return false;
}

std::optional<People> PeopleScan::Counted(size_t at) const {
  const TokenNote& note = scene_.note(at);
  const Quantity& quantity = scene_.quantities()[static_cast<size_t>(note.quantity)];
  if (!quantity.unit.empty()) return std::nullopt;
  const size_t joint = note.quantity_end;
  if (joint < limit_ && text_.IsHyphen(joint)) return std::nullopt;  // "a 112-member council"
  if (quantity.fraction || quantity.percent) return ShareOf(at, quantity);
  if (IsAge(at, quantity)) return std::nullopt;
  if (quantity.lower && *quantity.lower != std::floor(*quantity.lower)) return std::nullopt;
  People people;
  people.begin = static_cast<uint32_t>(at);
  people.end = note.quantity_end;
  people.quantity = quantity;
  const size_t from = AfterOf(note.quantity_end, people);
  if (people.of_them) return people;
  const bool one = quantity.lower && *quantity.lower == 1;
  const bool exactly_one = one && quantity.upper && *quantity.upper == 1 && !people.whole;
  auto head = FindHead(from, !exactly_one, people);
  if (!head && one) head = FindHead(from, false, people);
  if (!head) return BareCount(from, std::move(people));
  Describe(people, from, *head);
  people.of_dead = people.deaths && from > note.quantity_end;
  if (ReadSize(people, *head)) return people;
  ReadKin(people);
  ReadAge(people);
  return people;
}

// Passes over "of the", "of his"; for "of them" and the like, the number stands for people named
// before.
size_t PeopleScan::AfterOf(size_t from, People& people) const {
  if (from >= limit_ || text_.Lower(from) != "of") return from;
  ++from;
  if (from < limit_ &&
      IsOneOf(text_.Lower(from), {"them", "whom", "those", "these", "which", "us"})) {
    people.end = static_cast<uint32_t>(from + 1);
    people.bare = people.of_them = true;
  }
  from = AfterDeterminer(from);
  const size_t after = AfterWhole(from);
  if (after == 0) return from;
  SetWhole(from, scene_.quantities()[static_cast<size_t>(scene_.note(from).quantity)], people);
  return after;
}

// A number without a noun for people: "killed at least 16", "two of the wounded".
std::optional<People> PeopleScan::BareCount(size_t from, People people) const {
  people.state.reset();
  people.bare = true;
  if (people.quantity->lower.value_or(0) >= kMostPeople) return std::nullopt;
  if (from > people.end + 1 && from < limit_ &&
      (scene_.classes(from) & finder_.participle_).any()) {
    people.end = scene_.note(from).words_end;
    return people;
  }
  if (from != people.end || !IsBareNumber(from)) return std::nullopt;
  if (from < limit_ && text_.Lower(from) == "more") ++people.end;
  return people;
}

std::optional<People> PeopleScan::WithArticle(size_t at) const {
  People people;
  people.begin = static_cast<uint32_t>(at);
  const auto head = FindHead(at + 1, false, people);
  if (!head || head->begin > at + 6) return std::nullopt;
  if (head->term != nullptr && head->term->toll) return std::nullopt;  // "a dead heat"
  Describe(people, at + 1, *head);
  if (ReadSize(people, *head)) return people;
  AddCompanion(people);
  if (head->term != nullptr && head->term->collective) return people;
  Quantity count;
  count.span = text_[at].span;
  count.lower = count.upper = people.population.groups.size() > 1 ? 2 : 1;
  people.quantity = count;
  people.by_article = count.upper == 1;
  return people;
}

std::optional<People> PeopleScan::Uncounted(size_t at) const {
  const auto head = HeadAt(at);
  if (!head) return std::nullopt;
  if (!head->term->plural && text_.Lower(head->begin, head->end) != "family") return std::nullopt;
  const auto party = lexicon_.parties.Longest(text_.tokens(), at, limit_);
  if (party && party->end >= head->end) {
    return std::nullopt;  // a party acts, it is not counted here
  }
  People people;
  people.begin = head->begin;
  Head last = *head;
  for (auto next = HeadAt(last.end); last.end < limit_ && next && next->term->plural;
       next = HeadAt(last.end)) {
    last.end = next->end;
    last.term = next->term;
    if (last.end >= limit_) break;
  }
  Describe(people, at, last);
  return people;
}

std::vector<People> PeopleFinder::Find(const Scene& scene) const {
  return PeopleScan(*this, scene).Run();
}

}  // namespace consilience::extraction
