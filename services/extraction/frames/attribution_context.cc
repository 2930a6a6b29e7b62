#include "services/extraction/frames/attribution_context.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>

#include "services/extraction/frames/content_index.h"

namespace consilience::extraction {
namespace {

// Share of a content that assertions must cover for it not to be a statement of its own.
constexpr double kCovered = 0.6;
constexpr double kStatementConfidence = 0.8;
// From here on how many they are says something about what they say.
constexpr double kManySpeakers = 10;

size_t Length(const Spans& spans) {
  size_t length = 0;
  for (const Span& span : spans) length += span.end - span.begin;
  return length;
}

// "…, a claim denied by the army": the denial answers an assertion that somebody else makes.
bool AnswersAnother(const AttributionMention& attribution) {
  return attribution.denial && !attribution.cue.empty() && !attribution.content.empty() &&
         attribution.cue.front().begin >= Hull(attribution.content).end;
}

bool Overlaps(const Spans& spans, const Span& span) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& part) { return part.Overlaps(span); });
}

// What is said ends with its clause: "The bombing, which the army blamed on rebels, | killed 12";
// "… since the army announced the offensive, | burying hope for the truce".
bool IsAfterClause(const Text& text, const AttributionMention& attribution, const Span& span) {
  if (attribution.source.empty() || attribution.cue.empty()) return false;
  size_t source = text.TokenAtStored(attribution.source.front().begin);
  if (source > 0 && text.Lower(source - 1) == "the") --source;
  if (source < 2) return false;
  const std::string_view word = text.Lower(source - 1);
  const bool relative =
      text[source - 2].mark == ',' && (word == "which" || word == "who" || word == "whom");
  const bool temporal = word == "since" || word == "after" || word == "when";
  if (!relative && !temporal) return false;
  for (size_t i = text.TokenAtStored(attribution.cue.back().end - 1) + 1;
       i + 1 < text.size() && text[i].span.end <= span.begin; ++i) {
    if (text[i].mark == ',' && (relative || text.Lower(i + 1).ends_with("ing"))) return true;
  }
  return false;
}

// The same, of an attribution or of one that it lies in.
bool IsBeyond(const Text& text, const std::vector<AttributionMention>& attributions, int at,
              const Span& span) {
  for (size_t depth = 0; at >= 0 && depth < attributions.size(); ++depth) {
    const AttributionMention& attribution = attributions[static_cast<size_t>(at)];
    if (IsAfterClause(text, attribution, span)) return true;
    at = attribution.parent;
  }
  return false;
}

int Innermost(const Text& text, const ContentIndex& index,
              const std::vector<AttributionMention>& attributions, const Span& span) {
  int best = -1;
  size_t best_length = std::numeric_limits<size_t>::max();
  index.ForHolding(span, [&](int i) {
    const auto& content = attributions[static_cast<size_t>(i)].content;
    const AttributionMention& attribution = attributions[static_cast<size_t>(i)];
    if (!attribution.reports || AnswersAnother(attribution)) return;
    // "14 miners, citing old maps": nobody says how many they are.
    if (Overlaps(attribution.source, span) || IsBeyond(text, attributions, i, span)) return;
    if (AnyContains(content, span) && Length(content) < best_length) {
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

Span StatementSpan(const AttributionMention& attribution) {
  return AnswersAnother(attribution) ? Hull(attribution.cue) : Hull(attribution.content);
}

void MakeStatement(const Scene& scene, const AttributionMention& attribution, int index,
                   Draft& draft) {
  const Text& text = scene.text();
  const Span hull = StatementSpan(attribution);
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
}

// Adds the parts of `span` that lie in `hull`.
void AddWithin(const Span& hull, const Span& span, std::vector<Span>& parts) {
  const size_t begin = std::max<size_t>(hull.begin, span.begin);
  const size_t end = std::min<size_t>(hull.end, span.end);
  if (begin < end) parts.push_back({begin, end});
}

// Bytes of a union of spans.
size_t UnionLength(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  size_t length = 0;
  size_t done = 0;
  for (const Span& span : spans) {
    if (span.end <= done) continue;
    length += span.end - std::max<size_t>(done, span.begin);
    done = span.end;
  }
  return length;
}

// Calls add(span) for the mentions, in the order of the text, that begin within `hull`.
template <typename Mentions, typename SpanOf, typename Add>
void ForWithin(const Mentions& mentions, const Span& hull, const SpanOf& span_of, const Add& add) {
  auto it =
      std::lower_bound(mentions.begin(), mentions.end(), hull.begin,
                       [&](const auto& mention, size_t at) { return span_of(mention).begin < at; });
  for (; it != mentions.end() && span_of(*it).begin < hull.end; ++it) add(*it);
}

// Bytes of a content that assertions other than mere numbers say, with the words that say when and
// where, and those of whoever answers: "…, a claim denied by the army".
size_t CoveredBytes(const Scene& scene, const std::vector<AttributionMention>& attributions,
                    const std::vector<Draft>& drafts, const Span& cue, const Span& hull) {
  std::vector<Span> parts;
  // "put | the deaths at 22": an assertion may open with the cue.
  const Span with_cue{std::min<size_t>(hull.begin, cue.begin), hull.end};
  ForWithin(
      drafts, with_cue, [](const Draft& draft) { return draft.assertion.span; },
      [&](const Draft& draft) {
        if (draft.assertion.kind != Kind::kNumericFact) {
          AddWithin(hull, draft.assertion.span, parts);
        }
      });
  if (parts.empty()) return 0;
  ForWithin(
      scene.times(), hull, [](const TimeMention& time) { return time.span; },
      [&](const TimeMention& time) { AddWithin(hull, time.span, parts); });
  ForWithin(
      scene.places(), hull, [](const FoundPlace& place) { return place.mention.span; },
      [&](const FoundPlace& place) { AddWithin(hull, place.mention.span, parts); });
  ForWithin(
      attributions, hull,
      [](const AttributionMention& other) {
        return other.cue.empty() ? Span{} : other.cue.front();
      },
      [&](const AttributionMention& other) {
        if (!AnswersAnother(other)) return;
        for (const Span& part : other.source) AddWithin(hull, part, parts);
      });
  return UnionLength(std::move(parts));
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

// ": " is no statement, and one word that nobody says neither: "cannot be considered | democratic".
bool SaysNothing(const Text& text, const AttributionMention& attribution, const Span& hull) {
  const size_t first = text.TokenAtStored(hull.begin);
  const size_t last = text.TokenAtStored(hull.end - 1);
  // "police | at 25,000": the number says it all.
  constexpr size_t kNumberWords = 3;
  if (text.Lower(first) == "at" && last <= first + kNumberWords && text[last].is_number()) {
    return true;
  }
  if (last > first + 1) return false;
  const bool word = text[first].is_word() || text[last].is_word();
  return !word || (attribution.chain.empty() && first == last && !attribution.denial);
}

bool ComesBefore(const Draft& a, const Draft& b) {
  return a.assertion.span.begin < b.assertion.span.begin;
}

// Drafts are large: where they are not in order yet, each is moved once.
void SortByText(std::vector<Draft>& drafts) {
  if (std::is_sorted(drafts.begin(), drafts.end(), ComesBefore)) return;
  std::vector<uint32_t> order(drafts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return ComesBefore(drafts[a], drafts[b]); });
  std::vector<Draft> sorted;
  sorted.reserve(drafts.size());
  for (const uint32_t index : order) sorted.push_back(std::move(drafts[index]));
  drafts = std::move(sorted);
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

bool ShareCue(const std::vector<AttributionMention>& attributions, int one, int other) {
  if (one < 0 || other < 0 || one == other) return false;
  const auto& cue = attributions[static_cast<size_t>(one)].cue;
  const auto& same = attributions[static_cast<size_t>(other)].cue;
  return !cue.empty() && !same.empty() && cue.front().begin == same.front().begin;
}

// What is told to have happened to a truce, a deal or talks, and not what somebody thinks of them.
bool IsReportable(std::string_view measure) {
  return measure.ends_with("_VIOLATED") || measure.ends_with("_ENDED");
}

int AttributionOf(const Scene& scene, const ContentIndex& index,
                  const std::vector<AttributionMention>& attributions, const Draft& draft) {
  const Assertion& assertion = draft.assertion;
  if (draft.aside) return -1;
  if (assertion.kind == Kind::kDenial) return DenialAt(attributions, assertion.span);
  int found = Innermost(scene.text(), index, attributions, scene.text()[draft.trigger].span);
  if (assertion.quantity) {
    const int counted = Innermost(scene.text(), index, attributions, assertion.quantity->span);
    // "The army put the toll at 12, rebels | at 40": two speakers share a verb.
    if (found < 0 || ShareCue(attributions, found, counted)) found = counted;
  }
  // Who rejects a proposal is not the source of the report that it was rejected; who denies that a
  // truce was broken is.
  const bool rejects = found >= 0 && assertion.kind == Kind::kAgreement &&
                       attributions[static_cast<size_t>(found)].denial &&
                       !IsReportable(assertion.measure);
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
        return one.scope.Contains(draft.assertion.span);
      });
      if (credit != credits.end()) draft.assertion.chain = {credit->wire};
      continue;
    }
    draft.assertion.attribution = found;
    Apply(attributions[static_cast<size_t>(found)], draft.assertion);
    if (draft.assertion.kind == Kind::kDenial) draft.assertion.polarity = Polarity::kAsserted;
  }
}

void DropCountedSpeakers(const std::vector<AttributionMention>& attributions,
                         std::vector<Draft>& drafts) {
  std::vector<Span> speakers;
  speakers.reserve(attributions.size());
  for (const AttributionMention& attribution : attributions) {
    speakers.insert(speakers.end(), attribution.source.begin(), attribution.source.end());
  }
  const auto begins_before = [](const Span& a, const Span& b) { return a.begin < b.begin; };
  std::sort(speakers.begin(), speakers.end(), begins_before);
  std::erase_if(drafts, [&](const Draft& draft) {
    const Assertion& fact = draft.assertion;
    if (fact.kind != Kind::kNumericFact || fact.population.span.empty()) return false;
    if (fact.quantity->lower.value_or(kManySpeakers) >= kManySpeakers) return false;
    const auto after =
        std::upper_bound(speakers.begin(), speakers.end(), fact.population.span, begins_before);
    return after != speakers.begin() && std::prev(after)->Contains(fact.population.span);
  });
}

void AddStatements(const Scene& scene, const std::vector<AttributionMention>& attributions,
                   std::vector<Draft>& drafts) {
  SortByText(drafts);
  const std::vector<bool> said = SaidDenials(drafts, attributions.size());
  std::vector<std::pair<size_t, size_t>> statements;  // where each begins, of which attribution
  statements.reserve(attributions.size());
  for (size_t i = 0; i < attributions.size(); ++i) {
    const AttributionMention& attribution = attributions[i];
    // Whom nobody speaks for ("no one has claimed the attack") and who only acts say nothing.
    if (attribution.content.empty() || !attribution.reports) continue;
    if (attribution.points && !attribution.denial) continue;
    const Span hull = Hull(attribution.content);
    if (SaysNothing(scene.text(), attribution, hull)) continue;
    if (attribution.denial && SpeaksOfAgreement(scene, drafts, hull)) continue;
    if (said[i]) continue;
    const size_t covered =
        AnswersAnother(attribution)
            ? 0
            : CoveredBytes(scene, attributions, drafts,
                           attribution.cue.empty() ? hull : attribution.cue.front(), hull);
    if (static_cast<double>(covered) > kCovered * static_cast<double>(hull.end - hull.begin)) {
      continue;
    }
    statements.emplace_back(StatementSpan(attribution).begin, i);
  }
  std::sort(statements.begin(), statements.end());
  // Drafts are large: each is moved once, and statements are made where they stay.
  std::vector<Draft> merged;
  merged.reserve(drafts.size() + statements.size());
  auto draft = drafts.begin();
  for (const auto& [begin, i] : statements) {
    for (; draft != drafts.end() && draft->assertion.span.begin <= begin; ++draft) {
      merged.push_back(std::move(*draft));
    }
    MakeStatement(scene, attributions[i], static_cast<int>(i), merged.emplace_back());
  }
  std::move(draft, drafts.end(), std::back_inserter(merged));
  drafts = std::move(merged);
}

}  // namespace consilience::extraction
