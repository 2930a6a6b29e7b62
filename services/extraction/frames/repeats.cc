#include "services/extraction/frames/repeats.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace consilience::extraction {
namespace {

// "Dozens" of a lead is the 58 of the text.
bool Paraphrases(const Assertion& a, const Assertion& b) {
  const Quantity& vague = *a.quantity;
  const Quantity& exact = *b.quantity;
  return vague.vague && !exact.vague && vague.lower && exact.lower &&
         a.population.groups == b.population.groups && *vague.lower <= *exact.lower &&
         *exact.lower < 10 * *vague.lower;
}

// Figures from here on seldom come twice by chance; the dates of a headline and of its text differ
// more often.
constexpr double kTellingFigure = 10;

// "16" and "at least 16" are one figure. "6" and "more than 6" are not, but "60" and "more than 60"
// are: headlines drop such words.
bool SameFigure(const Assertion& a, const Assertion& b) {
  if (a.kind != b.kind || a.measure != b.measure || a.polarity != b.polarity) return false;
  const Quantity& x = *a.quantity;
  const Quantity& y = *b.quantity;
  if (Paraphrases(a, b) || Paraphrases(b, a)) return true;
  const bool same_upper = x.upper == y.upper || !x.upper || !y.upper;
  if (!x.lower || x.lower != y.lower || !same_upper) return false;
  return x.lower_open == y.lower_open || *x.lower >= kTellingFigure;
}

bool IsExact(const PlaceMention& place) {
  return !place.id.empty() && place.precision == PlacePrecision::kExact;
}

// Their sentences name places that are apart.
bool AreApart(const Gazetteer& gazetteer, const Draft& a, const Draft& b) {
  const PlaceMention& one = a.assertion.place;
  const PlaceMention& other = b.assertion.place;
  return (a.placed || !one.inherited) && (b.placed || !other.inherited) && IsExact(one) &&
         IsExact(other) && gazetteer.AreApart(one.id, other.id);
}

// Named places or days of their own tell two events of small figures apart; a running count is
// another event than a day's.
bool SameEvent(const Assertion& a, const Assertion& b) {
  if (a.cumulative != b.cumulative && !a.time.empty() && !b.time.empty()) return false;
  if (*a.quantity->lower >= kTellingFigure) return true;
  const bool places =
      !a.place.inherited && !b.place.inherited && IsExact(a.place) && IsExact(b.place);
  if (places && a.place.id != b.place.id) return false;
  return a.time.empty() || b.time.empty() || a.time == b.time;
}

bool SamePeople(const Assertion& a, const Assertion& b) {
  const PopulationGroups general = {PopulationGroup::kPerson};
  return a.population.groups == b.population.groups || a.population.groups == general ||
         b.population.groups == general;
}

bool SameChain(const Assertion& a, const Assertion& b) {
  return std::equal(a.chain.begin(), a.chain.end(), b.chain.begin(), b.chain.end(),
                    [](const Speaker& x, const Speaker& y) {
                      return x.name == y.name && x.description == y.description;
                    });
}

// How much an assertion says: a speaker first, then parts, then people, then a bound that a
// headline drops.
int Weight(const Assertion& assertion) {
  int weight = assertion.attribution < 0 ? 0 : 100;
  weight -= assertion.quantity && assertion.quantity->vague ? 1000 : 0;
  weight += 20 * static_cast<int>(assertion.subgroups.size());
  weight += assertion.population.label.empty() ? 0 : 5;
  weight += assertion.place.inherited || assertion.place.name.empty() ? 0 : 3;
  weight += assertion.time.empty() ? 0 : 2;
  weight += assertion.quantity && assertion.quantity->lower_open ? 4 : 0;  // "more than 60"
  return weight;
}

// A document's first sentence says in short what the others say in full, and dates it by the day of
// the report.
bool IsOpening(const Draft& draft) { return draft.sentence == 0; }

bool OneSpeaker(const Assertion& a, const Assertion& b) {
  return a.attribution < 0 || b.attribution < 0 || SameChain(a, b);
}

// "Seven people, including two women" and "another seven people, including four women" are two.
bool DifferInParts(const Assertion& a, const Assertion& b) {
  if (a.quantity->additional != b.quantity->additional) return true;
  return std::any_of(a.subgroups.begin(), a.subgroups.end(), [&](const Subgroup& part) {
    const auto same = std::find_if(
        b.subgroups.begin(), b.subgroups.end(),
        [&](const Subgroup& other) { return other.population.groups == part.population.groups; });
    return same != b.subgroups.end() && same->quantity.lower != part.quantity.lower;
  });
}

bool Repeats(const Gazetteer& gazetteer, const Draft& a, const Draft& b) {
  const Assertion& first = a.assertion;
  const Assertion& second = b.assertion;
  if (DifferInParts(first, second) || AreApart(gazetteer, a, b)) return false;
  if (a.trigger == b.trigger || !SameFigure(first, second) || !SamePeople(first, second)) {
    return false;
  }
  const bool summary = IsOpening(a) != IsOpening(b) && first.cumulative == second.cumulative &&
                       *first.quantity->lower >= 2;
  return (summary || SameEvent(first, second)) && OneSpeaker(first, second);
}

// "Six children were among the dead", where the dead were said to include six children.
bool IsPartOf(const Gazetteer& gazetteer, const Draft& part, const Draft& whole) {
  const Assertion& own = part.assertion;
  const Assertion& other = whole.assertion;
  if (own.measure != other.measure || own.polarity != other.polarity || !own.subgroups.empty() ||
      part.sentence == whole.sentence || own.population.groups.empty() ||
      AreApart(gazetteer, part, whole)) {
    return false;
  }
  const bool known =
      std::any_of(other.subgroups.begin(), other.subgroups.end(), [&](const Subgroup& subgroup) {
        return subgroup.quantity.lower && subgroup.quantity.lower == own.quantity->lower &&
               subgroup.population.groups == own.population.groups;
      });
  return known && SameEvent(own, other) && OneSpeaker(own, other);
}

// Drafts with a figure that are compared with one another.
constexpr size_t kNearFigures = 16;

class Merger {
 public:
  Merger(const Gazetteer& gazetteer, std::vector<Draft>& drafts)
      : gazetteer_(gazetteer), drafts_(drafts), drop_(drafts.size(), false) {
    for (size_t i = 0; i < drafts.size(); ++i) {
      const Assertion& assertion = drafts[i].assertion;
      if (assertion.kind == Kind::kCasualty && assertion.quantity) counts_.push_back(i);
    }
  }

  void Run() {
    DropParts();
    DropRepeats();
    size_t kept = 0;
    for (size_t i = 0; i < drafts_.size(); ++i) {
      if (drop_[i]) continue;
      if (kept != i) drafts_[kept] = std::move(drafts_[i]);
      ++kept;
    }
    drafts_.resize(kept);
  }

 private:
  void DropParts() {
    for (size_t a = 0; a < counts_.size(); ++a) {
      const size_t last = std::min(counts_.size(), a + kNearFigures);
      for (size_t b = a > kNearFigures ? a - kNearFigures : 0; b < last; ++b) {
        if (a != b && IsPartOf(gazetteer_, drafts_[counts_[a]], drafts_[counts_[b]]))
          drop_[counts_[a]] = true;
      }
    }
  }

  void DropRepeats() {
    std::stable_sort(counts_.begin(), counts_.end(), [&](size_t a, size_t b) {
      const Quantity& x = *drafts_[a].assertion.quantity;
      const Quantity& y = *drafts_[b].assertion.quantity;
      return x.lower.value_or(-1) < y.lower.value_or(-1);
    });
    for (size_t a = 0; a < counts_.size(); ++a) {
      for (size_t b = a + 1; b < counts_.size() && b < a + kNearFigures; ++b) {
        const size_t i = counts_[a];
        const size_t j = counts_[b];
        if (drop_[i] || drop_[j] || !Repeats(gazetteer_, drafts_[i], drafts_[j])) continue;
        drop_[Weight(drafts_[j].assertion) > Weight(drafts_[i].assertion) ? i : j] = true;
      }
    }
  }

  const Gazetteer& gazetteer_;
  std::vector<Draft>& drafts_;
  std::vector<bool> drop_;
  std::vector<size_t> counts_;  // drafts with a figure of casualties
};

}  // namespace

void SettleOthers(std::vector<Draft>& drafts) {
  std::set<std::string> counted;      // measures so far
  std::set<std::string> of_sentence;  // measures so far of the sentence
  uint32_t sentence = 0;
  for (const size_t at : InOrderOfText(drafts)) {
    Assertion& own = drafts[at].assertion;
    if (own.kind != Kind::kCasualty) continue;
    if (drafts[at].sentence != sentence) of_sentence.clear();
    sentence = drafts[at].sentence;
    const bool others = of_sentence.size() > of_sentence.count(own.measure);
    if (own.quantity && own.quantity->additional && others && !counted.contains(own.measure)) {
      own.quantity->additional = false;
    }
    counted.insert(own.measure);
    of_sentence.insert(own.measure);
  }
}

void MergeRepeats(const Gazetteer& gazetteer, std::vector<Draft>& drafts) {
  Merger(gazetteer, drafts).Run();
}

}  // namespace consilience::extraction
