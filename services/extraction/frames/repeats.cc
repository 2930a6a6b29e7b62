#include "services/extraction/frames/repeats.h"

#include <algorithm>
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

// "16" and "at least 16" are one figure, "16" and "more than 16" are not.
bool SameFigure(const Assertion& a, const Assertion& b) {
  if (a.kind != b.kind || a.measure != b.measure || a.polarity != b.polarity) return false;
  const Quantity& x = *a.quantity;
  const Quantity& y = *b.quantity;
  if (Paraphrases(a, b) || Paraphrases(b, a)) return true;
  const bool same_upper = x.upper == y.upper || !x.upper || !y.upper;
  return x.lower && x.lower == y.lower && x.lower_open == y.lower_open && same_upper;
}

// Figures from here on seldom come twice by chance; the dates of a headline and of its text differ
// more often.
constexpr double kTellingFigure = 10;

// Named places or days of their own tell two events of small figures apart; a running count is
// another event than a day's.
bool SameEvent(const Assertion& a, const Assertion& b) {
  if (a.cumulative != b.cumulative && !a.time.empty() && !b.time.empty()) return false;
  if (*a.quantity->lower >= kTellingFigure) return true;
  const bool places = !a.place.inherited && !b.place.inherited && !a.place.id.empty() &&
                      !b.place.id.empty() && a.place.precision == PlacePrecision::kExact &&
                      b.place.precision == PlacePrecision::kExact;
  if (places && a.place.id != b.place.id) return false;
  return a.time.empty() || b.time.empty() || a.time == b.time;
}

bool SamePeople(const Assertion& a, const Assertion& b) {
  const auto& general = std::vector{PopulationGroup::kPerson};
  return a.population.groups == b.population.groups || a.population.groups == general ||
         b.population.groups == general;
}

bool SameChain(const Assertion& a, const Assertion& b) {
  return std::equal(a.chain.begin(), a.chain.end(), b.chain.begin(), b.chain.end(),
                    [](const Speaker& x, const Speaker& y) {
                      return x.name == y.name && x.description == y.description;
                    });
}

// How much an assertion says: a speaker first, then parts, then people.
int Weight(const Assertion& assertion) {
  int weight = assertion.attribution < 0 ? 0 : 100;
  weight -= assertion.quantity && assertion.quantity->vague ? 1000 : 0;
  weight += 20 * static_cast<int>(assertion.subgroups.size());
  weight += assertion.population.label.empty() ? 0 : 5;
  weight += assertion.place.inherited || assertion.place.name.empty() ? 0 : 3;
  weight += assertion.time.empty() ? 0 : 2;
  return weight;
}

}  // namespace

void MergeRepeats(std::vector<Draft>& drafts) {
  std::vector<bool> drop(drafts.size(), false);
  // Figures by measure; a text repeats few of them, so each list stays short.
  std::vector<size_t> counts;
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Assertion& assertion = drafts[i].assertion;
    if (assertion.kind == Kind::kCasualty && assertion.quantity) counts.push_back(i);
  }
  std::stable_sort(counts.begin(), counts.end(), [&](size_t a, size_t b) {
    const Quantity& x = *drafts[a].assertion.quantity;
    const Quantity& y = *drafts[b].assertion.quantity;
    return x.lower.value_or(-1) < y.lower.value_or(-1);
  });
  for (size_t a = 0; a < counts.size(); ++a) {
    for (size_t b = a + 1; b < counts.size() && b < a + 16; ++b) {
      const size_t i = counts[a];
      const size_t j = counts[b];
      const Assertion& first = drafts[i].assertion;
      const Assertion& second = drafts[j].assertion;
      if (drop[i] || drop[j] || !SameFigure(first, second) || !SamePeople(first, second) ||
          !SameEvent(first, second)) {
        continue;
      }
      const bool one_speaker =
          first.attribution < 0 || second.attribution < 0 || SameChain(first, second);
      if (!one_speaker || drafts[i].trigger == drafts[j].trigger) continue;
      drop[Weight(second) > Weight(first) ? i : j] = true;
    }
  }
  size_t kept = 0;
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drop[i]) continue;
    if (kept != i) drafts[kept] = std::move(drafts[i]);
    ++kept;
  }
  drafts.resize(kept);
}

}  // namespace consilience::extraction
