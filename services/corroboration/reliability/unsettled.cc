#include "services/corroboration/reliability/unsettled.h"

#include <algorithm>

#include "services/corroboration/reliability/accuracies.h"
#include "services/corroboration/reliability/lesson_sums.h"

namespace consilience::corroboration {
namespace {

constexpr int64_t kMillion = 1'000'000;
constexpr int64_t kMostOwn = kMostJudgedInOneQuestion * kMillion;

// The lowest and the highest that a question may believe, by what it leaves out: nothing but right
// answers, or nothing but wrong ones. The mean is monotone between.
std::pair<double, double> Believed(const SourceCounts& counts, SourceKind kind,
                                   const Configuration& config) {
  SourceCounts low = counts;
  SourceCounts high = counts;
  low.right = std::max<int64_t>(0, low.right - kMostOwn);
  high.wrong = std::max<int64_t>(0, high.wrong - kMostOwn);
  return {PublishedAccuracy(low, kind, config), PublishedAccuracy(high, kind, config)};
}

// A pair without the most that one question can have taught of it, in one direction.
std::vector<PairCounts> WithoutOne(std::vector<PairCounts> counts, const std::string& family,
                                   int64_t PairCounts::*which) {
  for (PairCounts& pair : counts) {
    if (pair.family == family) pair.*which = std::max<int64_t>(0, pair.*which - kMillion);
  }
  return counts;
}

std::vector<PairCounts> WithoutAdded(std::vector<PairCounts> now,
                                     const std::map<std::string, PairCounts>& added) {
  for (PairCounts& pair : now) {
    const auto found = added.find(pair.family);
    if (found == added.end()) continue;
    pair.same_true -= found->second.same_true;
    pair.same_false -= found->second.same_false;
    pair.different -= found->second.different;
  }
  return now;
}

}  // namespace

bool SameAccuracy(const SourceCounts& before, const SourceCounts& now,
                  const Configuration& config) {
  for (const auto& [kind, prior] : config.accuracy_by_kind) {
    const auto then = Believed(before, kind, config);
    if (then.first != then.second || then != Believed(now, kind, config)) return false;
  }
  return true;
}

void Unsettled::Inherit(const std::vector<std::string>& sources) {
  inherited_.insert(sources.begin(), sources.end());
}

void Unsettled::Add(const SourceCounts& delta) {
  AddTo(delta, counts_[delta.source][delta.family]);
}

void Unsettled::Add(const PairCounts& delta) {
  AddTo(delta, pairs_[{delta.first, delta.second}][delta.family]);
}

void Unsettled::Add(const ChangeSet& changes) {
  for (const SourceCounts& delta : changes.add_counts) Add(delta);
  for (const PairCounts& delta : changes.add_pairs) Add(delta);
  for (const QuestionPtr& question : changes.put_questions) questions_.insert(question->id);
}

void Unsettled::Add(const PendingLessons& lessons) {
  for (const SourceCounts& delta : lessons.counts) Add(delta);
  for (const PairCounts& delta : lessons.pairs) Add(delta);
  questions_.insert(lessons.questions.begin(), lessons.questions.end());
}

absl::StatusOr<bool> Unsettled::SameDependence(
    const PairId& pair, const Learned& now,
    const std::function<SourceKind(const std::string&)>& kind_of,
    const Configuration& config) const {
  const auto counts = now.pair(pair.first, pair.second);
  if (!counts.ok()) return counts.status();
  const std::map<std::string, PairCounts>& added = pairs_.at(pair);
  std::vector<std::vector<PairCounts>> states = {*counts, WithoutAdded(*counts, added)};
  for (const auto& [family, delta] : added) {
    for (const auto which :
         {&PairCounts::same_true, &PairCounts::same_false, &PairCounts::different}) {
      states.push_back(WithoutOne(states[0], family, which));
      states.push_back(WithoutOne(states[1], family, which));
    }
  }
  double first = -1.0;
  for (const std::vector<PairCounts>& state : states) {
    const auto posterior = JudgePair(state, now, kind_of(pair.first), kind_of(pair.second), config);
    if (!posterior.ok()) return posterior.status();
    const double believed = PublishedDependence(*posterior, config);
    if (first < 0.0) first = believed;
    if (believed != first) return false;
  }
  return true;
}

absl::StatusOr<Unsettled::Due> Unsettled::Concerned(
    const std::vector<std::string>& sources, const Learned& now,
    const std::function<SourceKind(const std::string&)>& kind_of,
    const Configuration& config) const {
  Due due;
  due.questions = questions_;
  const std::set<std::string> asked(sources.begin(), sources.end());
  for (const auto& [pair, added] : pairs_) {
    if (!asked.contains(pair.first) && !asked.contains(pair.second)) continue;
    const auto same = SameDependence(pair, now, kind_of, config);
    if (!same.ok()) return same.status();
    if (!*same) due.pairs.insert(pair);
  }
  std::set<std::string> paired;
  for (const auto& [pair, added] : pairs_) paired.insert({pair.first, pair.second});
  for (const std::string& source : sources) {
    const auto found = counts_.find(source);
    // Somebody else unsettled it, and how far is not known here.
    const bool known = found != counts_.end() || paired.contains(source);
    if (!known || inherited_.contains(source)) due.sources.insert(source);
    if (found == counts_.end()) continue;
    for (const auto& [family, delta] : found->second) {
      const auto counts = now.counts(source, family);
      if (!counts.ok()) return counts.status();
      SourceCounts before = *counts;
      before.right -= delta.right;
      before.wrong -= delta.wrong;
      if (!SameAccuracy(before, *counts, config)) due.sources.insert(source);
    }
  }
  return due;
}

Learned Unsettled::Before(const Learned& now) const {
  return {[this, now](const std::string& source,
                      const std::string& family) -> absl::StatusOr<SourceCounts> {
            auto counts = now.counts(source, family);
            if (!counts.ok()) return counts;
            const auto found = counts_.find(source);
            if (found == counts_.end()) return counts;
            const auto added = found->second.find(family);
            if (added == found->second.end()) return counts;
            counts->right -= added->second.right;
            counts->wrong -= added->second.wrong;
            return counts;
          },
          [this, now](const std::string& first,
                      const std::string& second) -> absl::StatusOr<std::vector<PairCounts>> {
            auto counts = now.pair(first, second);
            const auto found = pairs_.find({first, second});
            if (!counts.ok() || found == pairs_.end()) return counts;
            return WithoutAdded(*std::move(counts), found->second);
          }};
}

bool Unsettled::Moved(const std::string& source) const {
  return counts_.contains(source) ||
         std::any_of(pairs_.begin(), pairs_.end(), [&](const auto& entry) {
           return entry.first.first == source || entry.first.second == source;
         });
}

void Unsettled::Settle(const std::vector<std::string>& sources, const Unsettled& since) {
  for (const std::string& source : sources) {
    counts_.erase(source);
    inherited_.erase(source);
    const auto later = since.counts_.find(source);
    if (later != since.counts_.end()) counts_.insert(*later);
  }
  const std::set<std::string> settled(sources.begin(), sources.end());
  const auto is_settled = [&](const PairId& pair) {
    return settled.contains(pair.first) && settled.contains(pair.second);
  };
  std::erase_if(pairs_, [&](const auto& entry) { return is_settled(entry.first); });
  for (const auto& entry : since.pairs_) {
    if (is_settled(entry.first)) pairs_.insert(entry);
  }
  questions_ = since.questions_;
}

}  // namespace consilience::corroboration
