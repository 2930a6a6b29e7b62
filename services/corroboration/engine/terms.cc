#include "services/corroboration/engine/terms.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "services/corroboration/engine/decisions.h"
#include "services/corroboration/model/ids.h"
#include "services/corroboration/scoring/explanation_score.h"
#include "services/corroboration/scoring/posterior.h"

namespace consilience::corroboration {
namespace {

bool Hedged(const Entry& entry) {
  const auto modality = entry.assertion->said.modality;
  return modality == extraction::Modality::kAlleged || modality == extraction::Modality::kSuspected;
}

double Confidence(const Entry& entry, const Configuration& config) {
  return entry.assertion->said.confidence * (Hedged(entry) ? config.hedge_factor : 1.0);
}

// The merges that tie `ids` together. The merges of an origin are a tree; its branches that lead to
// other answers only are taken off.
std::vector<Merge> TreeBetween(const std::set<std::string>& ids, const std::vector<Merge>& merges) {
  if (ids.size() < 2) return {};
  std::map<std::string, std::set<size_t>> at;  // the merges that are left, by assertion
  for (size_t m = 0; m < merges.size(); ++m) {
    at[merges[m].assertion].insert(m);
    at[merges[m].other_assertion].insert(m);
  }
  std::vector<std::string> leaves;
  const auto look_at = [&](const std::string& id) {
    if (!ids.contains(id) && at[id].size() == 1) leaves.push_back(id);
  };
  for (const auto& [id, left] : at) {
    if (!ids.contains(id) && left.size() == 1) leaves.push_back(id);
  }
  std::set<size_t> gone;
  while (!leaves.empty()) {
    const std::string leaf = std::move(leaves.back());
    leaves.pop_back();
    if (at[leaf].empty()) continue;
    const size_t m = *at[leaf].begin();
    gone.insert(m);
    const std::string& other =
        merges[m].assertion == leaf ? merges[m].other_assertion : merges[m].assertion;
    at[leaf].clear();
    at[other].erase(m);
    look_at(other);
  }
  std::vector<Merge> kept;
  for (size_t m = 0; m < merges.size(); ++m) {
    if (!gone.contains(m)) kept.push_back(merges[m]);
  }
  return kept;
}

// One draft an origin, in the order of the origins.
std::vector<DraftTerm> DraftsOf(const ResolvedQuestion& question,
                                const std::vector<ClaimSupport>& supports) {
  std::map<size_t, DraftTerm> by_origin;
  for (const ClaimSupport& support : supports) {
    DraftTerm& draft = by_origin[question.origin_of.at(support.entry)];
    draft.supports.push_back(support);
  }
  std::vector<DraftTerm> drafts;
  for (auto& [origin, draft] : by_origin) {
    draft.origin = origin;
    std::set<std::string> ids;
    for (const ClaimSupport& support : draft.supports) {
      ids.insert(question.entries[support.entry].assertion->id);
    }
    draft.merges = TreeBetween(ids, question.origins[origin].merges);
    drafts.push_back(std::move(draft));
  }
  return drafts;
}

void Infer(const ResolvedQuestion& question, const ClaimGroup& group, const Configuration& config,
           DraftTerm& draft) {
  const WitnessLevel level = question.origins[draft.origin].witness.level;
  if (level == WitnessLevel::kNamed || level == WitnessLevel::kWire) return;
  for (const ClaimSupport& support : draft.supports) {
    // Whoever repeats an unnamed speaker rests on him.
    if (question.witnesses.at(support.entry).level > level) continue;
    Inference found =
        InferSource(support.entry, question.entries, group.supports, question.witnesses, config);
    if (found.confidence <= draft.inference.confidence) continue;
    draft.merges.erase(
        std::remove_if(draft.merges.begin(), draft.merges.end(),
                       [](const Merge& m) { return m.basis == MergeBasis::kInferredSource; }),
        draft.merges.end());
    draft.merges.push_back(
        {MergeBasis::kInferredSource, question.entries[support.entry].assertion->id,
         question.entries[found.witness_entry].assertion->id, found.evidence, found.confidence});
    draft.inference = std::move(found);
  }
}

// Drafts whose figure their own document gives to a source become part of that source's draft.
std::vector<DraftTerm> FoldInferred(const ResolvedQuestion& question,
                                    std::vector<DraftTerm> drafts) {
  std::vector<DraftTerm> kept;
  std::vector<DraftTerm> folded;
  for (DraftTerm& draft : drafts) {
    (draft.inference.same_document ? folded : kept).push_back(std::move(draft));
  }
  for (DraftTerm& draft : folded) {
    const size_t target = question.origin_of.at(draft.inference.witness_entry);
    const auto home = std::find_if(kept.begin(), kept.end(),
                                   [&](const DraftTerm& d) { return d.origin == target; });
    home->supports.insert(home->supports.end(), draft.supports.begin(), draft.supports.end());
    std::move(draft.merges.begin(), draft.merges.end(), std::back_inserter(home->merges));
    std::sort(home->supports.begin(), home->supports.end(),
              [](const ClaimSupport& a, const ClaimSupport& b) { return a.entry < b.entry; });
  }
  return kept;
}

// Who holds a place matters to the sides: a side that reports its own loss speaks against its
// interest.
bool AgainstInterest(const Entry& entry, const Witness& witness) {
  if (entry.facet.rule->answer != AnswerType::kControl || witness.party.empty()) return false;
  const Answer& answer = entry.answer;
  if (answer.side.empty()) return false;
  const std::string party = FoldedName(witness.party);
  return answer.status == "LOST" ? answer.side == party
                                 : answer.status != "CONTESTED" && answer.side != party;
}

WitnessTerm MakeTerm(const ResolvedQuestion& question, const DraftTerm& draft,
                     const Beliefs& beliefs, const Context& context) {
  const Origin& origin = question.origins[draft.origin];
  WitnessTerm term;
  term.id = origin.id;
  term.display_name = origin.witness.display_name;
  term.source = origin.witness.source;
  double best = -1.0;
  for (const ClaimSupport& support : draft.supports) {
    const Entry& entry = question.entries[support.entry];
    term.assertions.push_back(entry.assertion->id);
    const double confidence = Confidence(entry, context.config);
    if (confidence * support.agreement <= best) continue;
    best = confidence * support.agreement;
    term.confidence = confidence;
    term.agreement = support.agreement;
  }
  const Entry& first = question.entries[draft.supports.front().entry];
  term.accuracy = beliefs.accuracy(term.source, first.facet.family, origin.witness.kind);
  term.log_odds =
      OriginWeight(term.accuracy, first.facet.rule->false_values, context.config.log_odds_cap);
  if (context.config.interest_enabled && AgainstInterest(first, origin.witness)) {
    term.interest = context.config.interest_factor;
  }
  term.merges = draft.merges;
  if (draft.inference.confidence > 0.0) {
    term.inferred_source = draft.inference.source;
    term.inferred_confidence = draft.inference.confidence;
    term.dependence_factor = 1.0 - draft.inference.confidence;
  }
  return term;
}

// Sources that share errors elsewhere: of each, counted from the most accurate down, only what does
// not depend on those before it.
void ApplyDependence(const Beliefs& beliefs, const CopyingOptions& options,
                     std::vector<WitnessTerm>& terms) {
  if (terms.size() < 2 || terms.size() > static_cast<size_t>(options.most_sources)) return;
  std::vector<size_t> order(terms.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::pair(-terms[a].accuracy, terms[a].id) < std::pair(-terms[b].accuracy, terms[b].id);
  });
  const auto dependent = [&](size_t i, size_t j) {
    const WitnessTerm& term = terms[order[i]];
    const WitnessTerm& before = terms[order[j]];
    if (term.source.empty() || before.source.empty()) return 0.0;
    return beliefs.dependence(term.source, before.source);
  };
  const std::vector<double> factors =
      IndependenceFactors(terms.size(), options.model.copy_rate, dependent);
  for (size_t i = 0; i < order.size(); ++i) {
    WitnessTerm& term = terms[order[i]];
    term.dependence_factor *= factors[i];
    for (size_t j = 0; j < i; ++j) {
      const double dependence = dependent(i, j);
      if (dependence <= term.dependence) continue;
      term.dependence = dependence;
      term.depends_on = terms[order[j]].display_name;
    }
  }
}

// The k-th origin through one relay, by falling weight, counts (1 − ρ)^(k−1). That order makes the
// sum grow with every origin that is added.
void ApplyRelays(const std::vector<DraftTerm>& drafts, const Context& context,
                 std::vector<WitnessTerm>& terms) {
  std::map<std::string, std::vector<size_t>> behind;
  for (size_t t = 0; t < terms.size(); ++t) {
    const Relay& relay = drafts[t].relay;
    terms[t].relay = relay.key;
    terms[t].relay_display_name = relay.display_name;
    if (!relay.key.empty()) behind[relay.key].push_back(t);
  }
  for (auto& [relay, list] : behind) {
    std::sort(list.begin(), list.end(), [&](size_t a, size_t b) {
      return std::pair(-TermWeight(terms[a]), terms[a].id) <
             std::pair(-TermWeight(terms[b]), terms[b].id);
    });
    for (size_t k = 0; k < list.size(); ++k) {
      terms[list[k]].relay_factor = RelayFactor(static_cast<int>(k) + 1, context.config.relay);
    }
  }
}

std::vector<WitnessTerm> Weigh(const ResolvedQuestion& question,
                               const std::vector<DraftTerm>& drafts, const Beliefs& beliefs,
                               const Context& context) {
  std::vector<WitnessTerm> terms;
  terms.reserve(drafts.size());
  for (const DraftTerm& draft : drafts)
    terms.push_back(MakeTerm(question, draft, beliefs, context));
  ApplyDependence(beliefs, context.config.copying, terms);
  ApplyRelays(drafts, context, terms);
  return terms;
}

// What does not depend on beliefs, so that a question which is weighed with several finds it once.
void DraftTerms(const Configuration& config, ResolvedQuestion& question) {
  const auto with_relays = [&](std::vector<DraftTerm> drafts) {
    std::vector<std::vector<size_t>> entries;
    for (const DraftTerm& draft : drafts) {
      std::vector<size_t>& list = entries.emplace_back();
      for (const ClaimSupport& support : draft.supports) list.push_back(support.entry);
    }
    std::vector<Relay> relays =
        FindRelays(question.entries, entries, question.witnesses, config.quotes);
    for (size_t d = 0; d < drafts.size(); ++d) drafts[d].relay = std::move(relays[d]);
    return drafts;
  };
  question.supports.clear();
  question.denials.clear();
  for (const ClaimGroup& group : question.groups) {
    std::vector<DraftTerm> drafts = DraftsOf(question, group.supports);
    if (question.inferring) {
      for (DraftTerm& draft : drafts) Infer(question, group, config, draft);
    }
    question.supports.push_back(with_relays(FoldInferred(question, std::move(drafts))));
    std::vector<ClaimSupport> denials;
    for (const size_t i : group.denials) denials.push_back({i, 1.0});
    question.denials.push_back(with_relays(DraftsOf(question, denials)));
  }
}

void SortByWeight(std::vector<WitnessTerm>& terms) {
  std::sort(terms.begin(), terms.end(), [](const WitnessTerm& a, const WitnessTerm& b) {
    return std::pair(-std::abs(a.weight), a.id) < std::pair(-std::abs(b.weight), b.id);
  });
}

}  // namespace

ResolvedQuestion Resolve(std::vector<Entry> entries, const Context& context) {
  ResolvedQuestion question;
  question.entries = std::move(entries);
  question.members.resize(question.entries.size());
  std::iota(question.members.begin(), question.members.end(), 0);
  question.groups = GroupIntoClaims(question.entries, question.members);
  JoinAsDecided(question.entries, question.groups);
  for (size_t g = 0; g < question.groups.size(); ++g) {
    const ClaimGroup& group = question.groups[g];
    for (const ClaimSupport& support : group.supports) question.group_of[support.entry] = g;
    for (const size_t i : group.denials) question.group_of[i] = g;
    for (const size_t i : group.mentions) question.group_of[i] = g;
  }
  for (const size_t i : question.members) {
    question.witnesses[i] =
        WitnessOf(*question.entries[i].assertion, context.config, context.directory);
  }
  question.origins = FindOrigins(question.entries, question.members, question.group_of,
                                 question.witnesses, context.config);
  for (size_t o = 0; o < question.origins.size(); ++o) {
    for (const size_t i : question.origins[o].entries) question.origin_of[i] = o;
  }
  DraftTerms(context.config, question);
  return question;
}

void TakeApart(const std::set<std::string>& origins, const Configuration& config,
               ResolvedQuestion& question) {
  std::vector<Origin> kept;
  for (Origin& origin : question.origins) {
    const std::string& first = question.entries[origin.entries.front()].assertion->document.id;
    const bool one_document =
        std::all_of(origin.entries.begin(), origin.entries.end(),
                    [&](size_t i) { return question.entries[i].assertion->document.id == first; });
    if (one_document || !origins.contains(origin.id)) {
      kept.push_back(std::move(origin));
      continue;
    }
    std::map<std::string, Origin> by_document;
    for (const size_t i : origin.entries) {
      const RecordedAssertion& assertion = *question.entries[i].assertion;
      Origin& part = by_document[assertion.document.id];
      if (part.entries.empty()) {
        part.id = ContentId("origin", {assertion.id});
        part.witness = question.witnesses.at(i);
        // Two that are one source would be one witness again, or copiers of one another.
        part.witness.source.clear();
      }
      part.entries.push_back(i);
    }
    for (auto& [document, part] : by_document) kept.push_back(std::move(part));
    // What took its figure from this origin by inference speaks for itself too.
    question.inferring = false;
  }
  question.origins = std::move(kept);
  for (size_t o = 0; o < question.origins.size(); ++o) {
    for (const size_t i : question.origins[o].entries) question.origin_of[i] = o;
  }
  DraftTerms(config, question);
}

std::vector<WitnessTerm> SupportTerms(const ResolvedQuestion& question, size_t group,
                                      const Beliefs& beliefs, const Context& context) {
  std::vector<WitnessTerm> terms = Weigh(question, question.supports[group], beliefs, context);
  for (WitnessTerm& term : terms) term.weight = TermWeight(term);
  SortByWeight(terms);
  return terms;
}

std::vector<WitnessTerm> DenialTerms(const ResolvedQuestion& question, size_t group,
                                     const Beliefs& beliefs, const Context& context) {
  std::vector<WitnessTerm> terms = Weigh(question, question.denials[group], beliefs, context);
  for (WitnessTerm& term : terms) {
    term.log_odds *= context.config.denial_factor;
    term.interest = 1.0;
    term.weight = -TermWeight(term);
  }
  SortByWeight(terms);
  return terms;
}

}  // namespace consilience::corroboration
