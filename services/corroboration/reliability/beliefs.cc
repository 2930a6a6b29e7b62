#include "services/corroboration/reliability/beliefs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "services/corroboration/reliability/accuracies.h"

namespace consilience::corroboration {
namespace {

constexpr double kMillion = 1e6;
constexpr double kStep = 0.05;

std::vector<PairCounts> WithoutOwn(std::vector<PairCounts> counts, const Lessons& own) {
  for (PairCounts& pair : counts) {
    for (const PairCounts& mine : own.pairs) {
      if (mine.first != pair.first || mine.second != pair.second || mine.family != pair.family) {
        continue;
      }
      pair.same_true -= mine.same_true;
      pair.same_false -= mine.same_false;
      pair.different -= mine.different;
    }
  }
  return counts;
}

}  // namespace

double PublishedDependence(const CopyPosterior& posterior, const Configuration& config) {
  const double prior = CopyPrior(config.copying.model).dependent();
  const double excess = (posterior.dependent() - prior) / (1.0 - prior);
  return std::max(0.0, std::floor(excess / kStep + 1e-9) * kStep);
}

absl::StatusOr<CopyPosterior> JudgePair(const std::vector<PairCounts>& counts,
                                        const Learned& learned, SourceKind first, SourceKind second,
                                        const Configuration& config) {
  std::vector<SharedEvidence> evidence;
  for (const PairCounts& pair : counts) {
    const auto of_first = learned.counts(pair.first, pair.family);
    if (!of_first.ok()) return of_first.status();
    const auto of_second = learned.counts(pair.second, pair.family);
    if (!of_second.ok()) return of_second.status();
    evidence.push_back({{static_cast<double>(pair.same_true) / kMillion,
                         static_cast<double>(pair.same_false) / kMillion,
                         static_cast<double>(pair.different) / kMillion},
                        PublishedAccuracy(*of_first, first, config),
                        PublishedAccuracy(*of_second, second, config),
                        config.FalseValuesOf(pair.family)});
  }
  return DetectCopying(evidence, config.copying.model);
}

absl::StatusOr<bool> UpdateBeliefs(const Learned& learned, const Configuration& config,
                                   QuestionBeliefs& beliefs) {
  const auto before = std::pair(beliefs.sources, std::exchange(beliefs.dependences, {}));
  const Learned elsewhere{
      [&](const std::string& source, const std::string& family) -> absl::StatusOr<SourceCounts> {
        auto counts = learned.counts(source, family);
        if (!counts.ok()) return counts;
        return Without(*std::move(counts), beliefs.lessons.accuracies);
      },
      learned.pair};
  for (auto& [source, use] : beliefs.sources) {
    const auto counts = elsewhere.counts(source, beliefs.family);
    if (!counts.ok()) return counts.status();
    use.accuracy = PublishedAccuracy(*counts, use.kind, config);
  }
  const bool few = beliefs.sources.size() <= static_cast<size_t>(config.copying.most_sources);
  for (auto a = beliefs.sources.begin(); few && a != beliefs.sources.end(); ++a) {
    for (auto b = std::next(a); b != beliefs.sources.end(); ++b) {
      auto counts = learned.pair(a->first, b->first);
      if (!counts.ok()) return counts.status();
      if (counts->empty()) continue;
      const auto posterior = JudgePair(WithoutOwn(*std::move(counts), beliefs.lessons), elsewhere,
                                       a->second.kind, b->second.kind, config);
      if (!posterior.ok()) return posterior.status();
      const double dependence = PublishedDependence(*posterior, config);
      if (dependence > 0.0) beliefs.dependences[PairKey(a->first, b->first)] = dependence;
    }
  }
  return before != std::pair(beliefs.sources, beliefs.dependences);
}

Learned Remembered(Learned learned) {
  using Key = std::pair<std::string, std::string>;
  const auto counts = std::make_shared<std::map<Key, SourceCounts>>();
  const auto pairs = std::make_shared<std::map<Key, std::vector<PairCounts>>>();
  return {
      [counts, look_up = std::move(learned.counts)](
          const std::string& source, const std::string& family) -> absl::StatusOr<SourceCounts> {
        const auto found = counts->find({source, family});
        if (found != counts->end()) return found->second;
        auto fresh = look_up(source, family);
        if (fresh.ok()) counts->emplace(Key(source, family), *fresh);
        return fresh;
      },
      [pairs, look_up = std::move(learned.pair)](
          const std::string& first,
          const std::string& second) -> absl::StatusOr<std::vector<PairCounts>> {
        const auto found = pairs->find({first, second});
        if (found != pairs->end()) return found->second;
        auto fresh = look_up(first, second);
        if (fresh.ok()) pairs->emplace(Key(first, second), *fresh);
        return fresh;
      }};
}

}  // namespace consilience::corroboration
