// Disjoint sets over 0 … n−1. The representative of a set is its smallest element, so the partition
// and its names depend on the joins alone and not on their order.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_MATCHING_UNION_FIND_H_
#define CONSILIENCE_SERVICES_CORROBORATION_MATCHING_UNION_FIND_H_

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace consilience::corroboration {

class UnionFind {
 public:
  explicit UnionFind(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }

  size_t Find(size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }

  void Join(size_t a, size_t b) {
    const size_t first = Find(a);
    const size_t second = Find(b);
    parent_[std::max(first, second)] = std::min(first, second);
  }

 private:
  std::vector<size_t> parent_;
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_MATCHING_UNION_FIND_H_
