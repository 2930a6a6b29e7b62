#include "services/corroboration/independence/origins.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "services/corroboration/independence/copies.h"
#include "services/corroboration/matching/union_find.h"
#include "services/corroboration/matching/words.h"
#include "services/corroboration/model/ids.h"

namespace consilience::corroboration {
namespace {

// Descriptions of an unnamed speaker this alike may be one and the same through two relays.
constexpr double kSameDescription = 0.5;
// Unnamed speakers that are compared with one another; beyond, only within one document.
constexpr size_t kPairwiseLimit = 256;

class OriginFinder {
 public:
  OriginFinder(const std::vector<Entry>& entries, const std::vector<size_t>& members,
               const std::map<size_t, size_t>& claim_of, const std::map<size_t, Witness>& witnesses,
               const Configuration& config)
      : entries_(entries),
        members_(members),
        claim_of_(claim_of),
        config_(config),
        sets_(members.size()),
        merges_(members.size()) {
    for (size_t m = 0; m < members_.size(); ++m) {
      place_[members_[m]] = m;
      witnesses_.push_back(&witnesses.at(members_[m]));
      named_.push_back(witnesses_[m]->level == WitnessLevel::kNamed ? witnesses_[m]->source : "");
    }
  }

  std::vector<Origin> Run() {
    MergeSources();
    MergeUtterances();
    MergePassages();
    MergeHouses();
    return Collect();
  }

 private:
  const RecordedAssertion* Said(size_t m) const { return entries_[members_[m]].assertion; }

  // Two differently named sources never become one.
  void Join(size_t a, size_t b, MergeBasis basis, std::string evidence) {
    const size_t x = sets_.Find(a);
    const size_t y = sets_.Find(b);
    if (x == y || (!named_[x].empty() && !named_[y].empty() && named_[x] != named_[y])) return;
    const std::string name = named_[x].empty() ? named_[y] : named_[x];
    sets_.Join(x, y);
    const size_t root = sets_.Find(x);
    const size_t gone = root == x ? y : x;
    named_[root] = name;
    std::move(merges_[gone].begin(), merges_[gone].end(), std::back_inserter(merges_[root]));
    merges_[root].push_back({basis, Said(a)->id, Said(b)->id, std::move(evidence), 1.0});
  }

  void MergeSources() {
    std::map<std::string, size_t> first;
    for (size_t m = 0; m < members_.size(); ++m) {
      const auto [found, is_new] = first.try_emplace(SourceKey(m), m);
      if (is_new) continue;
      const Witness& witness = *witnesses_[m];
      const bool same_outlet = Said(m)->document.outlet == Said(found->second)->document.outlet;
      if (witness.own_voice()) {
        Join(found->second, m, MergeBasis::kSameOwner,
             same_outlet ? "in the outlet's own words"
                         : fmt::format("outlets of one owner, {}", witness.display_name));
      } else if (IsEventRole(m)) {
        Join(found->second, m, MergeBasis::kSameSource, "an event has one of these");
      } else if (witness.level == WitnessLevel::kUnnamed) {
        Join(found->second, m, MergeBasis::kSameUtterance, "one speaker in one document");
      } else {
        Join(found->second, m, MergeBasis::kSameSource, "on the word of the same source");
      }
    }
  }

  // Whoever organised a march is one witness, whichever outlet quotes him without a name.
  bool IsEventRole(size_t m) const {
    return witnesses_[m]->level == WitnessLevel::kUnnamed &&
           config_.event_roles.contains(witnesses_[m]->description);
  }

  std::string SourceKey(size_t m) const {
    const Witness& witness = *witnesses_[m];
    if (IsEventRole(m)) return "role " + witness.description;
    if (witness.level == WitnessLevel::kUnnamed) {
      return fmt::format("unnamed {} {}", Said(m)->document.id, witness.description);
    }
    if (witness.level == WitnessLevel::kDocument) return "document " + Said(m)->document.id;
    return "source " + witness.source;
  }

  void MergeUtterances() {
    std::vector<size_t> unnamed;
    for (size_t m = 0; m < members_.size() && unnamed.size() < kPairwiseLimit; ++m) {
      if (witnesses_[m]->level == WitnessLevel::kUnnamed) unnamed.push_back(m);
    }
    for (size_t x = 0; x < unnamed.size(); ++x) {
      for (size_t y = x + 1; y < unnamed.size(); ++y) JoinIfSameUtterance(unnamed[x], unnamed[y]);
    }
  }

  void JoinIfSameUtterance(size_t a, size_t b) {
    const Entry& left = entries_[members_[a]];
    const Entry& right = entries_[members_[b]];
    const auto enough = static_cast<size_t>(config_.quotes.utterance_min_words);
    if (left.words.size() < enough || right.words.size() < enough) return;
    const bool same_relay = witnesses_[a]->relay == witnesses_[b]->relay;
    const bool same_man = WordSimilarity(Words(witnesses_[a]->description),
                                         Words(witnesses_[b]->description)) >= kSameDescription;
    if (!same_relay && !same_man) return;
    const double similarity = WordSimilarity(left.words, right.words);
    if (similarity < config_.quotes.utterance_similarity) return;
    Join(a, b, MergeBasis::kSameUtterance,
         fmt::format(
             "near-identical words of an unnamed speaker, {:.0f}% alike{}", 100.0 * similarity,
             same_relay ? fmt::format(", through {}", witnesses_[a]->relay_display_name) : ""));
  }

  void MergePassages() {
    std::map<size_t, std::vector<size_t>> by_claim;
    for (const size_t i : members_) by_claim[claim_of_.at(i)].push_back(i);
    for (const auto& [claim, among] : by_claim) {
      for (CopyPair& pair : FindCopies(entries_, among, config_.quotes)) {
        Join(place_.at(pair.first), place_.at(pair.second), pair.evidence.basis,
             std::move(pair.evidence.words));
      }
    }
  }

  void MergeHouses() {
    std::vector<size_t> houseless;
    for (size_t m = 0; m < members_.size() && houseless.size() < kPairwiseLimit; ++m) {
      if (witnesses_[m]->level == WitnessLevel::kDocument) houseless.push_back(m);
    }
    for (size_t x = 0; x < houseless.size(); ++x) {
      for (size_t y = x + 1; y < houseless.size(); ++y) {
        if (!ShareHouseCopy(entries_[members_[houseless[x]]], entries_[members_[houseless[y]]])) {
          continue;
        }
        Join(houseless[x], houseless[y], MergeBasis::kHouseCopy,
             "the documents share house copy, so one outlet published both");
      }
    }
  }

  std::vector<Origin> Collect() {
    std::map<size_t, Origin> by_root;
    for (size_t m = 0; m < members_.size(); ++m) {
      Origin& origin = by_root[sets_.Find(m)];
      const bool better = origin.entries.empty() || witnesses_[m]->level < origin.witness.level;
      if (better) origin.witness = *witnesses_[m];
      origin.entries.push_back(members_[m]);
    }
    std::vector<Origin> origins;
    for (auto& [root, origin] : by_root) {
      origin.merges = std::move(merges_[root]);
      origin.id = origin.witness.source.empty()
                      ? ContentId("origin", {entries_[origin.entries.front()].assertion->id})
                      : origin.witness.source;
      origins.push_back(std::move(origin));
    }
    return origins;
  }

  const std::vector<Entry>& entries_;
  const std::vector<size_t>& members_;
  const std::map<size_t, size_t>& claim_of_;
  const Configuration& config_;
  std::vector<const Witness*> witnesses_;  // by position in members_
  std::vector<std::string> named_;         // by root: the named source in the set
  std::map<size_t, size_t> place_;         // entry → position in members_
  UnionFind sets_;
  std::vector<std::vector<Merge>> merges_;  // by root
};

// A figure of a named source that the own-voice figure agrees with.
Inference Weigh(const Entry& own, const ClaimSupport& support, const Entry& other,
                const Witness& witness, const InferenceOptions& options) {
  Inference inference{witness.source, witness.display_name, 0.0, "", support.entry, false};
  if (own.assertion->document.id == other.assertion->document.id) {
    const bool same_figure = own.answer.key == other.answer.key;
    const bool dominant = own.assertion->document.dominant.source == witness.source;
    if (dominant || !same_figure) {
      inference.confidence = options.same_document;
    } else {
      inference.confidence = options.same_figure;
    }
    inference.same_document = true;
    inference.evidence =
        fmt::format("nobody is named, but the same document has it from {}", witness.display_name);
    return inference;
  }
  const DominantSource& dominant = own.assertion->document.dominant;
  if (dominant.source != witness.source || dominant.share < options.min_share) return inference;
  inference.confidence = options.dominant * dominant.share;
  inference.evidence = fmt::format(
      "nobody is named; {:.0f}% of the document's attributed figures are {}'s, who "
      "gives this answer elsewhere",
      100.0 * dominant.share, witness.display_name);
  return inference;
}

// The kind of source that the words for an unnamed speaker give away: MONITOR of "a Britain-based
// monitoring group".
std::optional<SourceKind> DescribedKind(const Witness& witness, const Configuration& config) {
  if (witness.level != WitnessLevel::kUnnamed) return std::nullopt;
  const std::vector<std::string> words = Words(witness.description);
  if (words.empty()) return std::nullopt;
  auto found = config.described_kinds.end();
  if (words.size() > 1) {
    found =
        config.described_kinds.find(fmt::format("{} {}", words[words.size() - 2], words.back()));
  }
  if (found == config.described_kinds.end()) found = config.described_kinds.find(words.back());
  if (found == config.described_kinds.end()) return std::nullopt;
  return found->second;
}

// "A monitoring group" that gives the figure of a monitor which others name.
Inference WeighDescribed(const Entry& own, const Witness& speaker, const ClaimSupport& support,
                         const Entry& other, const Witness& witness,
                         const InferenceOptions& options) {
  Inference inference{
      witness.source,    witness.display_name,
      options.described, "",
      support.entry,     own.assertion->document.id == other.assertion->document.id};
  if (inference.same_document) inference.confidence = options.same_document;
  inference.evidence = fmt::format(
      "“{}” is not named; {}, a source of that kind, gives this answer {}", speaker.description,
      witness.display_name, inference.same_document ? "in the same document" : "elsewhere");
  return inference;
}

}  // namespace

std::vector<Origin> FindOrigins(const std::vector<Entry>& entries,
                                const std::vector<size_t>& members,
                                const std::map<size_t, size_t>& claim_of,
                                const std::map<size_t, Witness>& witnesses,
                                const Configuration& config) {
  return OriginFinder(entries, members, claim_of, witnesses, config).Run();
}

Inference InferSource(size_t i, const std::vector<Entry>& entries,
                      const std::vector<ClaimSupport>& claim,
                      const std::map<size_t, Witness>& witnesses, const Configuration& config) {
  Inference best;
  if (entries[i].facet.rule->answer != AnswerType::kCount) return best;
  const Witness& own = witnesses.at(i);
  const std::optional<SourceKind> described = DescribedKind(own, config);
  if (!own.own_voice() && !described) return best;
  for (const ClaimSupport& support : claim) {
    const Witness& witness = witnesses.at(support.entry);
    if (witness.level != WitnessLevel::kNamed) continue;
    if (described && witness.kind != *described) continue;
    const Entry& other = entries[support.entry];
    Inference inference =
        described ? WeighDescribed(entries[i], own, support, other, witness, config.inferred)
                  : Weigh(entries[i], support, other, witness, config.inferred);
    if (inference.confidence > best.confidence) best = std::move(inference);
  }
  return best;
}

}  // namespace consilience::corroboration
