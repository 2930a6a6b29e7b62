#include "services/corroboration/reliability/lesson_sums.h"

#include <algorithm>

namespace consilience::corroboration {

void LessonSums::Add(const Lessons& lessons, int sign) {
  for (const Contribution& c : lessons.accuracies) {
    SourceCounts& sum =
        counts_.try_emplace({c.source, c.family}, SourceCounts{c.source, c.family, 0, 0})
            .first->second;
    sum.right += sign * c.right;
    sum.wrong += sign * c.wrong;
  }
  for (const PairCounts& p : lessons.pairs) {
    PairCounts& sum = pairs_
                          .try_emplace({p.first, p.second, p.family},
                                       PairCounts{p.first, p.second, p.family, 0, 0, 0})
                          .first->second;
    sum.same_true += sign * p.same_true;
    sum.same_false += sign * p.same_false;
    sum.different += sign * p.different;
  }
}

std::vector<SourceCounts> LessonSums::Counts() const {
  std::vector<SourceCounts> counts;
  for (const auto& [key, sum] : counts_) {
    if (sum.right != 0 || sum.wrong != 0) counts.push_back(sum);
  }
  return counts;
}

std::vector<PairCounts> LessonSums::Pairs() const {
  std::vector<PairCounts> pairs;
  for (const auto& [key, sum] : pairs_) {
    if (sum.same_true != 0 || sum.same_false != 0 || sum.different != 0) pairs.push_back(sum);
  }
  return pairs;
}

void AddTo(const SourceCounts& added, SourceCounts& sum) {
  sum = {added.source, added.family, sum.right + added.right, sum.wrong + added.wrong};
}

void AddTo(const PairCounts& added, PairCounts& sum) {
  sum = {added.first,
         added.second,
         added.family,
         sum.same_true + added.same_true,
         sum.same_false + added.same_false,
         sum.different + added.different};
}

void AddTo(const PairCounts& added, std::vector<PairCounts>& families) {
  auto sum = std::lower_bound(
      families.begin(), families.end(), added.family,
      [](const PairCounts& pair, const std::string& family) { return pair.family < family; });
  if (sum == families.end() || sum->family != added.family) {
    sum = families.insert(sum, PairCounts());
  }
  AddTo(added, *sum);
}

}  // namespace consilience::corroboration
