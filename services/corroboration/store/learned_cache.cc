#include "services/corroboration/store/learned_cache.h"

#include <utility>

#include "services/corroboration/reliability/lesson_sums.h"

namespace consilience::corroboration {
namespace {

std::string KeyOf(std::string_view a, std::string_view b) {
  std::string key;
  key.reserve(a.size() + b.size() + 1);
  key.append(a).append(1, '\n').append(b);
  return key;
}

}  // namespace

const SourceCounts* LearnedCache::FindCounts(std::string_view source,
                                             std::string_view family) const {
  const auto found = counts_.find(KeyOf(source, family));
  return found == counts_.end() ? nullptr : &found->second;
}

const std::vector<PairCounts>* LearnedCache::FindPair(std::string_view first,
                                                      std::string_view second) const {
  const auto found = pairs_.find(KeyOf(first, second));
  return found == pairs_.end() ? nullptr : &found->second;
}

void LearnedCache::PutCounts(const SourceCounts& counts) {
  if (counts_.size() >= kMost) counts_.clear();
  counts_.insert_or_assign(KeyOf(counts.source, counts.family), counts);
}

void LearnedCache::PutPair(std::string_view first, std::string_view second,
                           std::vector<PairCounts> counts) {
  if (pairs_.size() >= kMost) pairs_.clear();
  pairs_.insert_or_assign(KeyOf(first, second), std::move(counts));
}

void LearnedCache::Add(const ChangeSet& changes) {
  for (const SourceCounts& added : changes.add_counts) {
    const auto found = counts_.find(KeyOf(added.source, added.family));
    if (found == counts_.end()) continue;
    found->second.right += added.right;
    found->second.wrong += added.wrong;
  }
  for (const PairCounts& added : changes.add_pairs) {
    const auto found = pairs_.find(KeyOf(added.first, added.second));
    if (found == pairs_.end()) continue;
    AddTo(added, found->second);
  }
}

void LearnedCache::Clear() {
  counts_.clear();
  pairs_.clear();
}

}  // namespace consilience::corroboration
