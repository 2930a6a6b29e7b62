#include "services/extraction/frames/attribution_context.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>

namespace consilience::extraction {
namespace {

// Share of a content that assertions must cover for it not to be a statement of its own.
constexpr double kCovered = 0.6;
constexpr double kStatementConfidence = 0.8;

bool Holds(const Span& outer, const Span& inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

bool Holds(const std::vector<Span>& outer, const Span& inner) {
  return std::any_of(outer.begin(), outer.end(),
                     [&](const Span& span) { return Holds(span, inner); });
}

size_t Length(const std::vector<Span>& spans) {
  size_t length = 0;
  for (const Span& span : spans) length += span.end - span.begin;
  return length;
}

Span Hull(const std::vector<Span>& spans) {
  Span hull = spans.front();
  for (const Span& span : spans) {
    hull.begin = std::min(hull.begin, span.begin);
    hull.end = std::max(hull.end, span.end);
  }
  return hull;
}

// Attributions by where their content begins, so that each draft looks only at those around it.
class ContentIndex {
 public:
  explicit ContentIndex(const std::vector<AttributionMention>& attributions) {
    for (size_t i = 0; i < attributions.size(); ++i) {
      if (attributions[i].content.empty() || !attributions[i].reports) continue;
      entries_.push_back({Hull(attributions[i].content), static_cast<int>(i)});
    }
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.hull.begin < b.hull.begin; });
    size_t reach = 0;
    for (Entry& entry : entries_) {
      reach = std::max<size_t>(reach, entry.hull.end);
      entry.reach = reach;
    }
  }

  // Calls visit(attribution) for every content hull that holds `span`, from the last to begin.
  template <typename Visit>
  void ForHolding(const Span& span, const Visit& visit) const {
    auto it = std::upper_bound(entries_.begin(), entries_.end(), span.begin,
                               [](size_t at, const Entry& entry) { return at < entry.hull.begin; });
    while (it != entries_.begin()) {
      --it;
      if (it->reach < span.end) return;
      if (Holds(it->hull, span)) visit(it->attribution);
    }
  }

 private:
  struct Entry {
    Span hull;
    int attribution = 0;
    size_t reach = 0;  // the farthest end of this and all entries before
  };
  std::vector<Entry> entries_;
};

// "…, a claim denied by the army": the denial answers an assertion that somebody else makes.
bool AnswersAnother(const AttributionMention& attribution) {
  return attribution.denial && !attribution.cue.empty() && !attribution.content.empty() &&
         attribution.cue.front().begin >= Hull(attribution.content).end;
}

int Innermost(const ContentIndex& index, const std::vector<AttributionMention>& attributions,
              const Span& span) {
  int best = -1;
  size_t best_length = std::numeric_limits<size_t>::max();
  index.ForHolding(span, [&](int i) {
    const auto& content = attributions[static_cast<size_t>(i)].content;
    if (AnswersAnother(attributions[static_cast<size_t>(i)])) return;
    if (Holds(content, span) && Length(content) < best_length) {
      best = i;
      best_length = Length(content);
    }
  });
  return best;
}

void Apply(const AttributionMention& attribution, Assertion& assertion) {
  assertion.chain = attribution.chain;
  assertion.mode = attribution.mode;
  if (attribution.denial) assertion.polarity = Polarity::kDenied;
  if (attribution.hedged && assertion.modality == Modality::kFact) {
    assertion.modality = Modality::kSuspected;
  }
}

Draft StatementOf(const Scene& scene, const AttributionMention& attribution, int index) {
  const Text& text = scene.text();
  Draft draft;
  const Span hull = AnswersAnother(attribution) ? Hull(attribution.cue) : Hull(attribution.content);
  draft.begin = static_cast<uint32_t>(text.TokenAtStored(hull.begin));
  draft.end = static_cast<uint32_t>(text.TokenAtStored(hull.end - 1) + 1);
  draft.trigger = draft.begin;
  draft.sentence = text[draft.begin].sentence;
  Assertion& assertion = draft.assertion;
  assertion.kind = Kind::kStatement;
  assertion.measure = "SAID";
  assertion.rule = attribution.rule;
  assertion.span = hull;
  assertion.confidence = kStatementConfidence;
  assertion.attribution = index;
  Apply(attribution, assertion);
  if (attribution.denial) {
    assertion.kind = Kind::kDenial;
    assertion.measure = "DENIED";
    assertion.polarity = Polarity::kAsserted;
  }
  return draft;
}

// Bytes of a content that assertions other than mere numbers say.
size_t CoveredBytes(const std::vector<Draft>& drafts, const Span& hull) {
  const auto first = std::lower_bound(
      drafts.begin(), drafts.end(), hull.begin,
      [](const Draft& draft, size_t at) { return draft.assertion.span.begin < at; });
  size_t covered = 0;
  size_t done = hull.begin;
  for (auto it = first; it != drafts.end() && it->assertion.span.begin < hull.end; ++it) {
    if (it->assertion.kind == Kind::kNumericFact) continue;
    const size_t begin = std::max<size_t>(done, it->assertion.span.begin);
    const size_t end = std::min<size_t>(hull.end, it->assertion.span.end);
    if (end <= begin) continue;
    covered += end - begin;
    done = end;
  }
  return covered;
}

// Attributions that a draft of kind DENIAL stands for already.
std::vector<bool> SaidDenials(const std::vector<Draft>& drafts, size_t attributions) {
  std::vector<bool> said(attributions, false);
  for (const Draft& draft : drafts) {
    const Assertion& assertion = draft.assertion;
    if (assertion.kind == Kind::kDenial && assertion.attribution >= 0) {
      said[static_cast<size_t>(assertion.attribution)] = true;
    }
  }
  return said;
}

// Some draft of kind AGREEMENT lies in the sentence of `hull`.
bool SpeaksOfAgreement(const Scene& scene, const std::vector<Draft>& drafts, const Span& hull) {
  const Text& text = scene.text();
  const uint32_t sentence = text[text.TokenAtStored(hull.begin)].sentence;
  const size_t from = text.sentences()[sentence].span.begin;
  auto it = std::lower_bound(drafts.begin(), drafts.end(), from, [](const Draft& draft, size_t at) {
    return draft.assertion.span.begin < at;
  });
  for (; it != drafts.end() && it->sentence == sentence; ++it) {
    if (it->assertion.kind == Kind::kAgreement) return true;
  }
  return false;
}

bool ComesBefore(const Draft& a, const Draft& b) {
  return a.assertion.span.begin < b.assertion.span.begin;
}

// Drafts are large and nearly in order, so they are moved only where they have to be.
void SortByText(std::vector<Draft>& drafts) {
  if (!std::is_sorted(drafts.begin(), drafts.end(), ComesBefore)) {
    std::stable_sort(drafts.begin(), drafts.end(), ComesBefore);
  }
}

// The attribution whose cue is the denial itself, -1 when there is none.
int DenialAt(const std::vector<AttributionMention>& attributions, const Span& span) {
  // Attributions are in the order of their cues; a cue before the span may reach into it.
  auto it = std::partition_point(
      attributions.begin(), attributions.end(), [&](const AttributionMention& attribution) {
        return attribution.cue.empty() || attribution.cue.front().end <= span.begin;
      });
  for (; it != attributions.end() && !it->cue.empty() && it->cue.front().begin < span.end; ++it) {
    if (it->denial) return static_cast<int>(it - attributions.begin());
  }
  return -1;
}

int AttributionOf(const Scene& scene, const ContentIndex& index,
                  const std::vector<AttributionMention>& attributions, const Draft& draft) {
  const Assertion& assertion = draft.assertion;
  if (draft.aside) return -1;
  if (assertion.kind == Kind::kDenial) return DenialAt(attributions, assertion.span);
  int found = Innermost(index, attributions, scene.text()[draft.trigger].span);
  if (found < 0 && assertion.quantity) {
    found = Innermost(index, attributions, assertion.quantity->span);
  }
  // Who rejects a proposal is not the source of the report that it was rejected.
  const bool rejects = found >= 0 && assertion.kind == Kind::kAgreement &&
                       attributions[static_cast<size_t>(found)].denial;
  return rejects ? -1 : found;
}

}  // namespace

void JoinAttributions(const Scene& scene, const std::vector<AttributionMention>& attributions,
                      const std::vector<WireCredit>& credits, std::vector<Draft>& drafts) {
  const ContentIndex index(attributions);
  for (Draft& draft : drafts) {
    const int found = AttributionOf(scene, index, attributions, draft);
    if (found < 0) {
      const auto credit = std::find_if(credits.begin(), credits.end(), [&](const WireCredit& one) {
        return Holds(one.scope, draft.assertion.span);
      });
      if (credit != credits.end()) draft.assertion.chain = {credit->wire};
      continue;
    }
    draft.assertion.attribution = found;
    Apply(attributions[static_cast<size_t>(found)], draft.assertion);
    if (draft.assertion.kind == Kind::kDenial) draft.assertion.polarity = Polarity::kAsserted;
  }
}

void AddStatements(const Scene& scene, const std::vector<AttributionMention>& attributions,
                   std::vector<Draft>& drafts) {
  SortByText(drafts);
  const std::vector<bool> said = SaidDenials(drafts, attributions.size());
  std::vector<Draft> statements;
  for (size_t i = 0; i < attributions.size(); ++i) {
    const AttributionMention& attribution = attributions[i];
    if (attribution.content.empty()) continue;
    const Span hull = Hull(attribution.content);
    if (attribution.denial && SpeaksOfAgreement(scene, drafts, hull)) continue;
    if (said[i]) continue;
    const size_t covered = AnswersAnother(attribution) ? 0 : CoveredBytes(drafts, hull);
    if (static_cast<double>(covered) > kCovered * static_cast<double>(hull.end - hull.begin)) {
      continue;
    }
    statements.push_back(StatementOf(scene, attribution, static_cast<int>(i)));
  }
  SortByText(statements);
  std::vector<Draft> merged;
  merged.reserve(drafts.size() + statements.size());
  std::merge(std::make_move_iterator(drafts.begin()), std::make_move_iterator(drafts.end()),
             std::make_move_iterator(statements.begin()), std::make_move_iterator(statements.end()),
             std::back_inserter(merged), ComesBefore);
  drafts = std::move(merged);
}

void LinkDenials(std::vector<Draft>& drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].assertion.kind != Kind::kDenial) continue;
    for (size_t j = i; j-- > 0;) {
      const Draft& before = drafts[j];
      if (before.sentence + 1 < drafts[i].sentence) break;
      if (before.assertion.kind == Kind::kNumericFact || before.assertion.kind == Kind::kDenial) {
        continue;
      }
      drafts[i].assertion.denies = static_cast<int>(j);
      break;
    }
  }
}

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
