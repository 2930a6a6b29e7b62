#include "services/corroboration/matching/relation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "services/corroboration/matching/words.h"

namespace consilience::corroboration {
namespace {

// The number that an answer stands for, where there is one.
std::optional<double> Value(const Entry& entry) {
  if (!entry.answer.kernel) return std::nullopt;
  return entry.answer.value;
}

bool Agree(const Entry& a, const Entry& b) {
  return Agreement(a.answer, b.answer) > AgreementThreshold(a.answer);
}

// A part larger than its whole: what the part says at least is more than the whole says at most,
// or, where the whole has only a lower bound, more than fits that bound.
bool PartExceedsWhole(const Entry& part, const Entry& whole) {
  if (!part.answer.kernel || !whole.answer.kernel) return false;
  const auto& upper = part.assertion->said.quantity->upper;
  const bool only_at_most = !part.assertion->said.quantity->lower && upper.has_value();
  return !only_at_most && part.answer.value > whole.answer.value &&
         part.answer.kernel->plateau_low() > whole.answer.kernel->plateau_high();
}

std::optional<double> SubgroupCount(const Entry& entry, extraction::PopulationGroup group) {
  for (const extraction::Subgroup& subgroup : entry.assertion->said.subgroups) {
    const auto& groups = subgroup.population.groups;
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) continue;
    return subgroup.quantity.lower ? subgroup.quantity.lower : subgroup.quantity.upper;
  }
  return std::nullopt;
}

// A part whose children outnumber those of its whole contradicts it even where the totals fit.
bool SubgroupExceedsWhole(const Entry& part, const Entry& whole) {
  for (const auto group : {extraction::PopulationGroup::kChild, extraction::PopulationGroup::kWoman,
                           extraction::PopulationGroup::kCivilian}) {
    const auto in_part = SubgroupCount(part, group);
    const auto in_whole = SubgroupCount(whole, group);
    if (in_part && in_whole && *in_part > *in_whole) return true;
  }
  return false;
}

Relation RelatePart(const Entry& part, const Entry& whole, bool reversed, std::string what) {
  if (PartExceedsWhole(part, whole)) {
    return {RelationType::kCompetes, fmt::format("{}: the part is larger than its whole", what),
            false};
  }
  if (SubgroupExceedsWhole(part, whole)) {
    return {RelationType::kCompetes,
            fmt::format("{}: a group in the part is larger than in its whole", what), false};
  }
  return {RelationType::kPartOf, std::move(what), reversed};
}

bool Later(const Entry& a, const Entry& b) {
  const double tolerance = std::min(PeriodTolerance(a.facet), PeriodTolerance(b.facet));
  if (a.facet.as_of == kNoDay || b.facet.as_of == kNoDay) return false;
  return a.facet.as_of - b.facet.as_of > tolerance;
}

Relation RelateOverTime(const Entry& later, const Entry& earlier, bool reversed) {
  const auto now = Value(later);
  const auto then = Value(earlier);
  const bool counts = !later.facet.rule->state && now && then;
  if (counts && *now < *then && !Agree(later, earlier)) {
    return {RelationType::kCompetes, "a later count of a growing window is lower", false};
  }
  return {RelationType::kUpdates, counts ? "a later count of the same window" : "a later state",
          reversed};
}

Relation RelateCounts(const Entry& a, const Entry& b) {
  if (a.facet.civilian != b.facet.civilian && !Agree(a, b) && Value(a) && Value(b)) {
    const bool a_is_part = a.facet.civilian;
    return a_is_part ? RelatePart(a, b, false, "civilians among the people counted")
                     : RelatePart(b, a, true, "civilians among the people counted");
  }
  if (Agree(a, b)) return {RelationType::kAgrees, "the numbers fit one another", false};
  return {RelationType::kCompetes, "the numbers do not fit one another", false};
}

bool SameWords(const Entry& a, const Entry& b, const Configuration& config) {
  const double similarity = WordSimilarity(a.words, b.words);
  return similarity >= config.quotes.same_words_similarity &&
         Agreement(a.answer, b.answer) > 1.0 - 1e-9;
}

bool SameFamily(const Entry& a, const Entry& b) {
  return a.facet.family == b.facet.family && a.facet.subject == b.facet.subject;
}

// Crowds nest when one is general: all people, or all fighters of whom some are soldiers. A count
// that is additional to another is part of their total.
bool CrowdWithin(const Facet& part, const Facet& whole) {
  return part.crowd == whole.crowd || whole.crowd.empty() ||
         part.crowd.starts_with(whole.crowd + "/");
}

bool PlaceWithin(const Facet& part, const Facet& whole, const PlaceHierarchy& places) {
  const PlaceRelation relation = RelatePlaces(part, whole, places);
  return relation == PlaceRelation::kSame || relation == PlaceRelation::kWithin ||
         (relation == PlaceRelation::kContains && part.place_inherited);
}

bool TimeWithin(const Facet& part, const Facet& whole) {
  if (!part.dated() || !whole.dated()) return false;
  const WindowRelation relation = RelateWindows(part, whole);
  return relation == WindowRelation::kSame || relation == WindowRelation::kWithin;
}

bool IsPart(const Entry& part, const Entry& whole, const PlaceHierarchy& places) {
  return CrowdWithin(part.facet, whole.facet) && PlaceWithin(part.facet, whole.facet, places) &&
         TimeWithin(part.facet, whole.facet);
}

bool DeniedBefore(const Entry& denied, const Entry& asserted, const PlaceHierarchy& places) {
  return DeniedEarlier(denied, asserted) && denied.answer.side == asserted.answer.side &&
         RelatePlaces(denied.facet, asserted.facet, places) != PlaceRelation::kDistinct;
}

Relation RelateAcross(const Entry& a, const Entry& b, const PlaceHierarchy& places) {
  if (!SameFamily(a, b)) return {};
  if (DeniedBefore(a, b, places)) return {RelationType::kUpdates, "denied first", true};
  if (DeniedBefore(b, a, places)) return {RelationType::kUpdates, "denied first", false};
  if (a.facet.rule->answer != AnswerType::kCount) return {};
  if (a.facet.rule->state) {
    const bool here = RelatePlaces(a.facet, b.facet, places) == PlaceRelation::kSame ||
                      SideStandsForWhole(a.facet, b.facet);
    if (!here || a.facet.crowd != b.facet.crowd) return {};
    if (Agree(a, b)) return {RelationType::kAgrees, "the same number at another time", false};
    return {RelationType::kUpdates, "another number at another time", Later(b, a)};
  }
  if (IsPart(a, b, places)) return RelatePart(a, b, false, "within the other's window and place");
  if (IsPart(b, a, places)) return RelatePart(b, a, true, "within the other's window and place");
  return {};
}

// A count of something that went on after its end is a matter of record, not of news.
constexpr int kToldForDays = 14;

// When those who support a claim published; unknown when one of them is.
PublicationDays Published(const ClaimGroup& claim, const std::vector<Entry>& entries) {
  std::vector<size_t> members;
  for (const ClaimSupport& support : claim.supports) members.push_back(support.entry);
  return PublishedBy(members, entries);
}

bool RisesOver(const ClaimGroup& higher, const ClaimGroup& lower,
               const std::vector<Entry>& entries) {
  const Entry& now = entries[higher.leader];
  const Entry& then = entries[lower.leader];
  if (!MayRise(now) || !Value(now) || !Value(then) || *Value(now) <= *Value(then)) return false;
  if (Agreement(now.answer, then.answer) >= kCloseAgreement) return false;
  const PublicationDays late = Published(higher, entries);
  const PublicationDays early = Published(lower, entries);
  if (late.first == kNoDay || early.last == kNoDay || late.first <= early.last) return false;
  return now.facet.to == kNoDay || late.first <= now.facet.to + kToldForDays;
}

// "Held by the rebels for four years", and then taken by the army: what had lasted for a while ends
// with the change; it does not contradict it.
bool EndedBy(const Entry& state, const Entry& change) {
  const auto lasting = [](const Entry& entry) {
    const std::vector<std::string>& measures = entry.facet.rule->lasting;
    return std::find(measures.begin(), measures.end(), entry.assertion->said.measure) !=
           measures.end();
  };
  if (!lasting(state) || lasting(change)) return false;
  if (EndedBefore(state, change)) return true;
  if (Agree(state, change)) return false;
  if (state.facet.from == kNoDay || change.facet.from == kNoDay) return false;
  return change.facet.from - state.facet.from > PeriodTolerance(state.facet);
}

}  // namespace

Relation RelateAnswers(const Entry& a, const Entry& b) {
  if (EndedBy(a, b)) return {RelationType::kUpdates, "how it stood until it changed", true};
  if (EndedBy(b, a)) return {RelationType::kUpdates, "how it stood until it changed", false};
  if (!IsOfOneTime(a.facet)) {
    if (Later(a, b)) return RelateOverTime(a, b, false);
    if (Later(b, a)) return RelateOverTime(b, a, true);
  }
  if (a.facet.rule->answer == AnswerType::kCount) return RelateCounts(a, b);
  if (Agree(a, b)) return {RelationType::kAgrees, "the answers fit one another", false};
  return {RelationType::kCompetes, "the answers exclude one another", false};
}

Relation RelateClaims(const ClaimGroup& a, const ClaimGroup& b, const std::vector<Entry>& entries) {
  constexpr char kRisen[] = "a later and higher count of the same event";
  if (RisesOver(a, b, entries)) return {RelationType::kUpdates, kRisen, false};
  if (RisesOver(b, a, entries)) return {RelationType::kUpdates, kRisen, true};
  return RelateAnswers(entries[a.leader], entries[b.leader]);
}

std::optional<Relation> RelateCorrection(const ClaimGroup& a, const ClaimGroup& b,
                                         const std::vector<Entry>& entries) {
  constexpr char kCorrected[] = "a later word of the same source";
  const PublicationDays mine = Published(a, entries);
  const PublicationDays other = Published(b, entries);
  if (mine.first == kNoDay || other.first == kNoDay) return std::nullopt;
  if (mine.first > other.last) return Relation{RelationType::kUpdates, kCorrected, false};
  if (other.first > mine.last) return Relation{RelationType::kUpdates, kCorrected, true};
  return std::nullopt;
}

Relation RelateAssertions(const Entry& a, const Entry& b, bool same_question,
                          const Configuration& config, const PlaceHierarchy& places) {
  if (!same_question) return RelateAcross(a, b, places);
  if (DeniedBefore(a, b, places)) return {RelationType::kUpdates, "denied first", true};
  if (DeniedBefore(b, a, places)) return {RelationType::kUpdates, "denied first", false};
  if (a.denial() != b.denial() && Agree(a, b)) {
    return {RelationType::kDenies, "one denies what the other says", false};
  }
  if (SameWords(a, b, config)) {
    return {RelationType::kSame, "the same words and the same answer", false};
  }
  return RelateAnswers(a, b);
}

}  // namespace consilience::corroboration
