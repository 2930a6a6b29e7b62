#include "services/extraction/frames/units.h"

#include <algorithm>
#include <string_view>

namespace consilience::extraction {
namespace {

constexpr std::string_view kClauseClasses[] = {"$be",  "$have", "$modal", "$do",   "$say",
                                               "$who", "$when", "$and",   "$leave"};

void AddPunctuation(const Text& text, size_t at, ClassSet& classes) {
  const char mark = text[at].mark;
  if (text.IsHyphen(at)) {
    classes.set(kFiller);
    classes.set(kSkip);
  } else if (mark == '"' || mark == '\'') {
    classes.set(kQuote);
    classes.set(kSkip);
  } else if (mark == ';' || mark == ':' || mark == '.' || mark == '?' || mark == '!') {
    // A full stop within a sentence is an abbreviation's, or stands in a quote.
    const bool last = at + 1 >= text.sentences()[text[at].sentence].end;
    if (mark == ';' || mark == ':' || last) {
      classes.set(kStrong);
    } else {
      classes.set(kSkip);
    }
  } else {
    classes.set(kComma);
  }
}

// Which phrases, by their payload, end a gap between the parts of a pattern: auxiliaries, reporting
// verbs, triggers. "The toll from the strikes": a word that is a noun as well does not.
std::vector<bool> EndsGap(const RulePacks& packs) {
  ClassSet ending;
  ClassSet noun;
  for (size_t i = kPhraseClasses; i < packs.classes().size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    const std::string_view name = packs.classes().Name(id);
    if (name.ends_with(".act") || name.ends_with(".die") || name.ends_with(".pp") ||
        std::find(std::begin(kClauseClasses), std::end(kClauseClasses), name) !=
            std::end(kClauseClasses)) {
      ending.set(id);
    }
    if (name.ends_with(".noun") || name == "$adjective") noun.set(id);
  }
  const PackWords& words = packs.words();
  std::vector<bool> ends(static_cast<size_t>(words.size()));
  for (int32_t i = 0; i < words.size(); ++i) {
    ends[static_cast<size_t>(i)] =
        (words.classes(i) & ending).any() && (words.classes(i) & noun).none();
  }
  return ends;
}

}  // namespace

size_t UnitRow::UnitAt(size_t token) const {
  const auto it = std::upper_bound(units.begin(), units.end(), token,
                                   [](size_t at, const Unit& unit) { return at < unit.end; });
  return static_cast<size_t>(it - units.begin());
}

UnitBuilder::UnitBuilder(const PopulationLexicon& lexicon, const RulePacks& packs)
    : lexicon_(lexicon),
      ends_gap_(EndsGap(packs)),
      adverb_(packs.classes().Find("$adv")),
      say_(packs.classes().Find("$say")),
      be_(packs.classes().Find("$be")),
      have_(packs.classes().Find("$have")) {
  const ClassTable& classes = packs.classes();
  for (size_t i = kPhraseClasses; i < classes.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    const std::string_view name = classes.Name(id);
    if (name.ends_with(".pp") || name.ends_with(".dead") || name.ends_with(".die")) {
      participle_.set(id);
    }
  }
}

void AddClassesOf(const People& people, ClassSet& classes) {
  if (people.asked) {
    classes.set(kFiller);
    return;
  }
  if (!people.quantity) {
    classes.set(kPop);
    classes.set(kFiller);
    if (people.deaths) classes |= people.words;  // "among the dead"
    return;
  }
  classes.set(kPeople);
  classes |= people.state | people.words;
  if (people.of_dead) classes.set(kToll);
  if (people.by_article) classes.set(kOne);
}

void UnitBuilder::MakeUnit(const Scene& scene, size_t at, size_t limit, Unit& unit,
                           ClassSet& classes) const {
  const TokenNote& note = scene.note(at);
  unit.begin = static_cast<uint32_t>(at);
  unit.end = static_cast<uint32_t>(at + 1);
  if (note.time >= 0) {
    unit.time = note.time;
    unit.end = note.time_end;
    classes.set(kTime);
    classes.set(kSkip);
    classes.set(kFiller);
  } else if (note.quantity >= 0) {
    const Quantity& quantity = scene.quantities()[static_cast<size_t>(note.quantity)];
    unit.quantity = note.quantity;
    unit.end = note.quantity_end;
    classes.set(quantity.fraction || quantity.percent ? kFraction : kNumber);
    classes.set(kFiller);
  } else if (!MakeNamed(scene, at, limit, unit, classes)) {
    MakeWord(scene, at, unit, classes);
  }
}

// A place or a party, whichever name is longer; one name may be both.
bool UnitBuilder::MakeNamed(const Scene& scene, size_t at, size_t limit, Unit& unit,
                            ClassSet& classes) const {
  const TokenNote& note = scene.note(at);
  const auto party = lexicon_.parties.Longest(scene.text().tokens(), at, limit);
  const uint32_t party_end = party ? party->end : 0;
  if (note.place >= 0 && scene.places()[static_cast<size_t>(note.place)].end >= party_end) {
    unit.place = note.place;
    unit.end = scene.places()[static_cast<size_t>(note.place)].end;
    classes.set(kPlace);
    if (unit.end == party_end) {
      unit.party = party->payload;
      classes.set(kParty);
    }
    return true;
  }
  if (!party || party_end < note.words_end) return false;
  unit.party = party->payload;
  unit.end = party_end;
  classes.set(kParty);
  classes.set(kFiller);
  if (party_end == note.words_end) classes |= scene.classes(at);
  return true;
}

// "A resident said that the town …", but "was said to …" and "12 people reported killed".
bool UnitBuilder::IsMainVerb(const Scene& scene, size_t at, const ClassSet& classes) const {
  if (!classes[say_] || at == 0 || at + 1 >= scene.text().size()) return false;
  const ClassSet& before = scene.classes(at - 1);
  if (before[be_] || before[have_] || before[adverb_]) return false;
  return scene.text().Lower(at + 1) != "to" && (scene.classes(at + 1) & participle_).none();
}

void UnitBuilder::MakeWord(const Scene& scene, size_t at, Unit& unit, ClassSet& classes) const {
  const Text& text = scene.text();
  const TokenNote& note = scene.note(at);
  if (text[at].is_number() && note.words < 0) {
    classes.set(kFiller);  // "Route 4", "under the age of 15"
    return;
  }
  if (!text[at].is_word() && note.words < 0) {
    AddPunctuation(text, at, classes);
    return;
  }
  classes.set(kWord);
  if (note.words >= 0) {
    unit.end = std::max(unit.end, note.words_end);
    classes |= scene.classes(at);
    if (classes[adverb_] && !IsMainVerb(scene, at, classes)) classes.set(kSkip);
  } else if (text[at].is(kCapitalised)) {
    classes.set(kName);
  }
  if (note.words < 0 || !ends_gap_[static_cast<size_t>(note.words)]) classes.set(kFiller);
}

void UnitBuilder::Build(const Scene& scene, const Sentence& sentence,
                        std::span<const People> people, size_t& next_people, UnitRow& row) const {
  row.units.clear();
  row.classes.clear();
  row.present.reset();
  for (size_t at = sentence.begin; at < sentence.end;) {
    while (next_people < people.size() && people[next_people].begin < at) ++next_people;
    ClassSet& classes = row.classes.emplace_back();
    Unit& unit = row.units.emplace_back();
    if (next_people < people.size() && people[next_people].begin == at) {
      unit.begin = people[next_people].begin;
      unit.end = people[next_people].end;
      unit.people = static_cast<int32_t>(next_people);
      AddClassesOf(people[next_people], classes);
      const auto party = lexicon_.parties.Longest(scene.text().tokens(), at, sentence.end);
      if (classes[kPop] && party && party->end == unit.end) {  // "rebels" are people and a party
        unit.party = party->payload;
        classes.set(kParty);
      }
    } else {
      MakeUnit(scene, at, sentence.end, unit, classes);
      // A phrase may hold a word for people ("the number of civilians killed"), but no count of
      // them.
      for (size_t next = next_people; next < people.size() && people[next].begin < unit.end;
           ++next) {
        if (people[next].quantity || people[next].end > unit.end) {
          unit.end = std::max(unit.begin + 1, people[next].begin);
        } else if (unit.party >= 0 && people[next].end == unit.end) {
          unit.people = static_cast<int32_t>(next);  // "rebel fighters" are a party and people
          classes.set(kPop);
        }
      }
    }
    at = unit.end;
    row.present |= classes;
  }
}

}  // namespace consilience::extraction
