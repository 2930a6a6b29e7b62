// What every two sources share: counted over the items that both answer.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_PAIR_COUNTS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_PAIR_COUNTS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/corroboration/scoring/dependence.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// An item with more claims than this says too little about each of its pairs for the work of
// looking at all of them.
inline constexpr std::size_t kMostPairedClaims = 500;

// Calls visit(item, a, b) for every two claims of an item by different sources; b < a are indexes
// into TruthTable::claims.
template <typename Visit>
void ForEachClaimPair(const TruthTable& table, Visit visit) {
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    const std::size_t begin = table.items[i].first_claim;
    const std::size_t end = table.end_claim(i);
    if (end - begin > kMostPairedClaims) continue;
    for (std::size_t a = begin + 1; a < end; ++a) {
      for (std::size_t b = begin; b < a; ++b) {
        if (table.claims[a].source != table.claims[b].source) visit(i, a, b);
      }
    }
  }
}

// The pairs of sources that share at least `min_overlap` items, numbered by (first, second). Few
// sources get a full triangle of slots; many get a hash of the pairs that qualify.
class SourcePairs {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  SourcePairs(const TruthTable& table, std::size_t min_overlap);

  std::size_t size() const { return pairs_.size(); }
  std::pair<std::uint32_t, std::uint32_t> pair(std::size_t slot) const { return pairs_[slot]; }

  // The pair's number, or kNone when the two share too little.
  std::uint32_t Find(std::uint32_t a, std::uint32_t b) const;

 private:
  static std::uint64_t Key(std::uint32_t a, std::uint32_t b);

  std::size_t sources_ = 0;
  bool dense_ = false;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::vector<std::uint32_t> triangle_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> slots_;
};

// kt, kf and kd of every pair under the given probabilities of the values. An item counts 1: two
// sources that give several answers share, of each, the smaller of their weights on it.
std::vector<SharedCounts> CountShared(const TruthTable& table, const SourcePairs& pairs,
                                      std::span<const double> probability);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_PAIR_COUNTS_H_
