// What was learned of pairs of sources, with the claims that show it.
#include <algorithm>
#include <map>
#include <utility>

#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration {
namespace {

constexpr double kMillion = 1e6;
// Questions of a pair that are looked at for its most telling claims, and how many are given.
constexpr size_t kQuestionsLookedAt = 200;
constexpr size_t kMostClaims = 10;

SharedCounts Sum(const std::vector<PairCounts>& counts) {
  SharedCounts sum;
  for (const PairCounts& pair : counts) {
    sum.same_true += static_cast<double>(pair.same_true) / kMillion;
    sum.same_false += static_cast<double>(pair.same_false) / kMillion;
    sum.different += static_cast<double>(pair.different) / kMillion;
  }
  return sum;
}

bool Names(const ClaimRow& row, const std::string& source) {
  return std::binary_search(row.sources.begin(), row.sources.end(), source);
}

}  // namespace

absl::StatusOr<std::vector<SourceDependence>> Engine::DependencesOf(const Source& source) {
  const auto pairs = parts_.store.PairsWith(source.id);
  if (!pairs.ok()) return pairs.status();
  std::map<std::string, std::vector<PairCounts>> by_other;
  for (const PairCounts& pair : *pairs) {
    by_other[pair.first == source.id ? pair.second : pair.first].push_back(pair);
  }
  std::vector<SourceDependence> dependences;
  for (const auto& [id, counts] : by_other) {
    const auto met = parts_.store.FindSource(id);
    if (!met.ok()) return met.status();
    SourceDependence dependence;
    dependence.other.id = id;
    if (*met) dependence.other = **met;
    const bool is_first = counts.front().first == source.id;
    const auto posterior =
        JudgePair(counts, LearnedSoFar(), is_first ? source.kind : dependence.other.kind,
                  is_first ? dependence.other.kind : source.kind, parts_.config);
    if (!posterior.ok()) return posterior.status();
    dependence.posterior = *posterior;
    if (!is_first) {
      std::swap(dependence.posterior.first_copies_second, dependence.posterior.second_copies_first);
    }
    dependence.counts = Sum(counts);
    dependences.push_back(std::move(dependence));
  }
  std::sort(dependences.begin(), dependences.end(),
            [](const SourceDependence& a, const SourceDependence& b) {
              return std::pair(-a.posterior.dependent(), a.other.id) <
                     std::pair(-b.posterior.dependent(), b.other.id);
            });
  return dependences;
}

absl::StatusOr<std::vector<std::string>> Engine::SharedErrors(const std::string& source,
                                                              const std::string& other) {
  const auto mine = parts_.store.QuestionsOfSource(source);
  if (!mine.ok()) return mine.status();
  const auto theirs = parts_.store.QuestionsOfSource(other);
  if (!theirs.ok()) return theirs.status();
  std::vector<std::string> both;
  std::set_intersection(mine->begin(), mine->end(), theirs->begin(), theirs->end(),
                        std::back_inserter(both));
  if (both.size() > kQuestionsLookedAt) both.resize(kQuestionsLookedAt);
  std::vector<std::pair<double, std::string>> claims;  // score, id
  for (const std::string& id : both) {
    const auto question = parts_.store.FindQuestion(id);
    if (!question.ok()) return question.status();
    if (*question == nullptr) continue;
    for (const ClaimRow& row : (*question)->claims) {
      const bool wrong = row.corroboration.score < 0.5;
      if (wrong && Names(row, source) && Names(row, other)) {
        claims.emplace_back(row.corroboration.score, row.id);
      }
    }
  }
  std::sort(claims.begin(), claims.end());
  std::vector<std::string> ids;
  for (size_t i = 0; i < std::min(claims.size(), kMostClaims); ++i) ids.push_back(claims[i].second);
  return ids;
}

}  // namespace consilience::corroboration
